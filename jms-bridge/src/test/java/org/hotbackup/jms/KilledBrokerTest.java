package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.hotbackup.txlog.LogEntry;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class KilledBrokerTest {

    @TempDir
    Path home;

    @RepeatedTest(3)
    void shouldLoseNothingAndDoubleNothingWhenItsProcessIsKilled() throws Exception {
        long stored;
        try (AppendingProcess process = AppendingProcess.start(home)) {
            for (int i = 0; i < 40; i++) {
                assertThat(process.line()).isNotNull();
            }
            stored = process.kill();
        }
        Broker broker = TestBroker.in(home);
        broker.start();
        ArtemisTransactionLogQueue queue = new ArtemisTransactionLogQueue(broker);
        try {
            assertThat(stored).isGreaterThanOrEqualTo(800);
            long depth = queue.state("todev").depth();
            // what was under way when it died is stored as a whole or not at all
            assertThat(depth).isIn(stored, stored + 20);

            queue.append(AppendingProcess.entries(stored - 50, stored + 200));

            List<LogEntry> kept = Entries.peek(queue, "todev", (int) stored + 200);
            assertThat(Entries.lsns(kept)).containsExactlyElementsOf(Entries.lsns(1, stored + 200));
            assertThat(kept).allSatisfy(entry -> assertThat(entry.payload())
                    .hasSameSizeAs(AppendingProcess.entry(entry.lsn()).payload()));
            assertThat(queue.state("todev").depth()).isEqualTo(stored + 200);
        } finally {
            queue.close();
            broker.stop();
        }
    }

    @Test
    void shouldTurnAwayASecondProcess() throws Exception {
        Broker broker = TestBroker.in(home);
        broker.start();
        try (AppendingProcess second = AppendingProcess.start(home)) {
            assertThat(second.line()).contains("is in use already");
            assertThat(second.line()).isNull();
        } finally {
            broker.stop();
        }
    }
}
