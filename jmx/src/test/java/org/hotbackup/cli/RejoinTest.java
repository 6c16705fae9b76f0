package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RejoinTest {

    /** {@code keep=maybe} was said to be missing, and {@code --limit 0} listed one transaction. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keep=maybe port=2001 | 'maybe' is not valid for keep; give keep=yes or keep=no.",
                "keep=YES port=2001 | 'YES' is not valid for keep; give keep=yes or keep=no.",
                "port=2001 | keep is missing; give keep=yes or keep=no.",
                "keep=yes port=any | 'any' is not valid for port; give port=PORT, where the slave server listens.",
                "keep=yes | port is missing; give port=PORT, where the slave server listens.",
                "--list --limit 0 | --limit is from 1 to 1000.",
                "--list --limit -1 | --limit is from 1 to 1000.",
                "--list --limit 1001 | --limit is from 1 to 1000."
            })
    void shouldSayWhatCannotBeUsedBeforeAnythingIsDone(String line, String sentence) {
        Rejoin rejoin = new Rejoin();
        new CommandLine(rejoin).parseArgs(line.split(" "));

        assertThatThrownBy(() -> rejoin.rejoin(() -> {
                    throw new AssertionError("no server is to be asked");
                }))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
    }
}
