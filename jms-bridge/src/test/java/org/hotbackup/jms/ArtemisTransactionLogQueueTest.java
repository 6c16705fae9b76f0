package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtemisTransactionLogQueueTest {

    @TempDir
    Path home;

    private final Semaphore woken = new Semaphore(0);
    private Broker broker;
    private ArtemisTransactionLogQueue queue;

    @BeforeEach
    void start() throws QueueUnavailableException {
        broker = new Broker(home.resolve("data"), new NodeKeys(home.resolve("keys"), "unused"), () -> {});
        broker.start();
        queue = new ArtemisTransactionLogQueue(broker);
    }

    @AfterEach
    void stop() {
        queue.close();
        broker.stop();
    }

    private void restart() throws QueueUnavailableException {
        stop();
        start();
    }

    @Test
    void shouldKeepEntriesAndTheirOrderOverARestart() throws QueueUnavailableException {
        queue.define("todev");
        queue.append(entries(1, 1000));

        restart();

        assertThat(lsns(poll("todev", 1000))).containsExactlyElementsOf(range(1, 1000));
        assertThat(queue.state("todev").depth()).isEqualTo(1000);
    }

    @Test
    void shouldRemoveWhatIsAcknowledgedAndNothingElse() throws QueueUnavailableException {
        queue.define("todev");
        queue.append(entries(1, 100));
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            poll(reader, 70);
            reader.acknowledge(60);
        }

        restart();

        assertThat(lsns(poll("todev", 40))).containsExactlyElementsOf(range(61, 100));
    }

    @Test
    void shouldSkipEntriesThatAnEarlierHandOverStoredAlready() throws QueueUnavailableException {
        queue.define("todev");
        queue.append(entries(1, 50));
        restart();

        queue.append(entries(1, 50));
        queue.append(entries(41, 60));

        assertThat(lsns(poll("todev", 60))).containsExactlyElementsOf(range(1, 60));
        assertThat(queue.state("todev").depth()).isEqualTo(60);
    }

    @Test
    void shouldKeepAnEntryForEachServerUntilThatServerAcknowledgesIt() throws QueueUnavailableException {
        queue.define("one");
        queue.define("two");
        queue.append(entries(1, 10));
        try (TransactionLogQueue.Reader reader = queue.open("one", woken::release)) {
            poll(reader, 10);
            reader.acknowledge(10);
        }

        assertThat(lsns(poll("two", 10))).containsExactlyElementsOf(range(1, 10));
    }

    @Test
    void shouldGiveBackAnEntryOfTheLargestSize() throws QueueUnavailableException {
        byte[] large = new byte[65 << 20];
        Arrays.fill(large, (byte) 0xFE);
        queue.define("todev");
        queue.append(List.of(new LogEntry(1, 0, 5, large), new LogEntry(2, 1, 6, new byte[] {2})));

        restart();

        List<LogEntry> polled = poll("todev", 2);
        assertThat(Arrays.equals(polled.get(0).payload(), large)).isTrue();
        assertThat(polled.get(1).payload()).containsExactly(2);
    }

    @Test
    void shouldWakeItsReaderWhenAnEntryIsAppended() throws Exception {
        queue.define("todev");
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            assertThat(reader.poll()).isEmpty();
            queue.append(entries(1, 1));

            assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(reader.poll()).get().extracting(LogEntry::lsn).isEqualTo(1L);
        }
    }

    @Test
    void shouldBrowseWhatIsDeliveredAndWhatIsNot() throws QueueUnavailableException {
        queue.define("todev");
        queue.append(entries(1, 20));
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            poll(reader, 3);

            assertThat(lsns(queue.browse("todev", 1, 1000))).startsWith(2L, 3L);
            assertThat(queue.state("todev").oldestCommittedAtMillis()).isEqualTo(1001);
        }
        assertThat(lsns(queue.browse("todev", 15, 3))).containsExactly(16L, 17L, 18L);
    }

    @Test
    void shouldGoOnBeyondWhatFitsIntoMemory() throws QueueUnavailableException {
        queue.define("todev");
        byte[] body = new byte[100_000];
        int count = (int) (Runtime.getRuntime().maxMemory() / 6 / body.length) + 200;
        long previous = 0;
        for (long lsn = 1; lsn <= count; lsn++) {
            queue.append(List.of(new LogEntry(lsn, previous, lsn, body)));
            previous = lsn;
            if (lsn == 300 && count > 3000) {
                return; // a test JVM with so much memory does not page; the others do
            }
        }
        long expected = 1;
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            for (; expected <= count; expected++) {
                LogEntry entry = poll(reader, 1).get(0);
                assertThat(entry.lsn()).isEqualTo(expected);
                reader.acknowledge(entry.lsn());
            }
        }
    }

    @Test
    void shouldTurnAwayASecondBrokerOnTheSameJournal() {
        Broker second = new Broker(home.resolve("data"), new NodeKeys(home.resolve("keys"), "unused"), () -> {});

        assertThatThrownBy(second::start)
                .isInstanceOf(QueueUnavailableException.class)
                .hasMessageContaining("is open already");
    }

    @Test
    void shouldSayThatAServerHasNoQueueOnceItIsRemoved() throws QueueUnavailableException {
        queue.define("todev");
        queue.remove("todev");

        assertThatThrownBy(() -> queue.state("todev")).hasMessageContaining("has no queue");
    }

    private List<LogEntry> poll(String server, int count) throws QueueUnavailableException {
        try (TransactionLogQueue.Reader reader = queue.open(server, woken::release)) {
            return poll(reader, count);
        }
    }

    private static List<LogEntry> poll(TransactionLogQueue.Reader reader, int count) throws QueueUnavailableException {
        List<LogEntry> polled = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (polled.size() < count && System.nanoTime() < deadline) {
            Optional<LogEntry> entry = reader.poll();
            entry.ifPresent(polled::add);
        }
        assertThat(polled).hasSize(count);
        return polled;
    }

    private static List<LogEntry> entries(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(lsn -> new LogEntry(lsn, lsn - 1, 1000 + lsn, ("entry " + lsn).getBytes()))
                .toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<Long> lsns(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::lsn).toList();
    }
}
