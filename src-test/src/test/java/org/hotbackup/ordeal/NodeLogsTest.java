package org.hotbackup.ordeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogsTest {

    private static final String TIME = "[2026-11-21T12:12:48.407+0000] [] ";

    @TempDir
    Path folder;

    @Test
    void shouldFindWhatANodeMustNotSayAndNothingElse() {
        String log = TIME + "[INFO] ready\n" + TIME + "[SEVERE] [[\n  AMQ214016: Failed to create netty connection\n"
                + "java.lang.IllegalStateException: No ActiveMQChannelHandler\n\tat a.b.C\n" + TIME
                + "[\u001b[1;91mSEVERE\u001b[0m] [[\n something broke\n" + TIME + "[WARNING] HB1020 Something failed\n";
        assertThat(NodeLogs.wrong(log)).hasSize(2);
        assertThat(NodeLogs.wrong(log).get(0)).contains("something broke");
        String handshake =
                TIME + "[SEVERE] [[\n  AMQ224126: Failure during protocol handshake on connection to a from b\n";
        assertThat(NodeLogs.wrong(
                        handshake + "recvAddress(..) failed with error(-104): Connection reset by peer\n]]\n"))
                .isEmpty();
        assertThat(NodeLogs.wrong(handshake + "java.lang.ClassCastException\n]]\n"))
                .hasSize(1);
        assertThat(NodeLogs.wrong(TIME + "[WARNING] HB2022 The link is down")).isEmpty();
    }

    @Test
    void shouldKeepInTheJournalWhatWasWrong() {
        Journal journal = new Journal(folder.resolve("journal.txt"));
        journal.say("an action");
        assertThat(journal.isClean()).isTrue();
        journal.violation("I4: something differs");
        assertThat(journal.isClean()).isFalse();
        assertThat(journal.report()).contains("I4: something differs", "an action");
        assertThat(folder.resolve("journal.txt")).content().contains("VIOLATION I4: something differs");
    }
}
