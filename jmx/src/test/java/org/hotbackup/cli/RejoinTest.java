package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RejoinTest {

    /** {@code keep=maybe} was said to be missing, {@code --limit 0} listed one transaction, and what was missing ended with status 1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | keep=maybe port=2001 | 'maybe' is not valid for keep; give keep=yes, and what the new master does not have is kept in lost+found, or keep=no, and it is dropped.",
                "1 | keep=YES port=2001 | 'YES' is not valid for keep; give keep=yes, and what the new master does not have is kept in lost+found, or keep=no, and it is dropped.",
                "2 | port=2001 | keep is missing; give keep=yes, and what the new master does not have is kept in lost+found, or keep=no, and it is dropped.",
                "1 | keep=yes port=any | 'any' is not valid for port; give port=PORT, where the slave server listens.",
                "2 | keep=yes | port is missing; give port=PORT, where the slave server listens.",
                "2 | --list --limit 0 | --limit is from 1 to 1000.",
                "2 | --list --limit -1 | --limit is from 1 to 1000.",
                "2 | --list --limit 1001 | --limit is from 1 to 1000."
            })
    void shouldSayWhatCannotBeUsedBeforeAnythingIsDone(int status, String line, String sentence) {
        Rejoin rejoin = new Rejoin();
        new CommandLine(rejoin).parseArgs(line.split(" "));

        assertThatThrownBy(() -> rejoin.rejoin(() -> {
                    throw new AssertionError("no server is to be asked");
                }))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence)
                .satisfies(e -> assertThat(Failure.of(e).status()).isEqualTo(status));
    }
}
