package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hotbackup.jms.Entries.entry;
import static org.hotbackup.jms.Entries.lsns;
import static org.hotbackup.jms.Entries.peek;
import static org.hotbackup.jms.Entries.poll;
import static org.hotbackup.jms.Entries.range;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueEmptiedException;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.hotbackup.txlog.TransactionLogQueue.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArtemisTransactionLogQueueTest {

    @TempDir
    Path home;

    private final Semaphore woken = new Semaphore(0);
    private Broker broker;
    private ArtemisTransactionLogQueue queue;

    @BeforeEach
    void start() throws QueueUnavailableException {
        broker = TestBroker.in(home);
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
    @Tag("HB-012")
    void shouldKeepEntriesAndTheirOrderOverARestart() throws Exception {
        queue.define("todev");
        queue.append(range(1, 1000));

        restart();

        List<LogEntry> kept = peek(queue, "todev", 1000);
        assertThat(lsns(kept)).containsExactlyElementsOf(lsns(1, 1000));
        assertThat(kept.get(6)).usingRecursiveComparison().isEqualTo(range(7, 7).get(0));
        assertThat(queue.state("todev").depth()).isEqualTo(1000);
    }

    /** A lag is never 0 because something stopped (I9). */
    @Test
    void shouldNeverLookEmptyWhileAReaderLeaves() throws Exception {
        queue.define("todev");
        queue.append(range(1, 300));
        for (int round = 0; round < 40; round++) {
            TransactionLogQueue.Reader reader = queue.open("todev", woken::release);
            woken.acquire(300);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(reader::close);
            while (!closed.isDone()) {
                State state = queue.state("todev");
                assertThat(state.depth()).isEqualTo(300);
                assertThat(state.oldestCommittedAtMillis()).isPositive();
            }
            closed.join();
            assertThat(queue.state("todev").depth()).isEqualTo(300);
        }
    }

    @Test
    @Tag("HB-014")
    void shouldRemoveWhatIsAcknowledgedAndNothingElse() throws Exception {
        queue.define("todev");
        queue.append(range(1, 100));
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            poll(reader, woken, 70);
            reader.acknowledge(60);
        }

        restart();

        assertThat(lsns(peek(queue, "todev", 40))).containsExactlyElementsOf(lsns(61, 100));
    }

    @Test
    @Tag("HB-012")
    @Tag("HB-014")
    void shouldGiveBackInOrderWhatIsNotAcknowledged() throws Exception {
        queue.define("todev");
        queue.append(range(1, 3000));
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            poll(reader, woken, 1700);
            reader.acknowledge(5);
        }

        assertThat(lsns(peek(queue, "todev", 2995))).containsExactlyElementsOf(lsns(6, 3000));
    }

    @Test
    void shouldSkipEntriesThatAnEarlierHandOverStoredAlready() throws Exception {
        queue.define("todev");
        queue.append(range(1, 50));
        restart();

        queue.append(range(1, 50));
        queue.append(range(41, 60));

        assertThat(lsns(peek(queue, "todev", 60))).containsExactlyElementsOf(lsns(1, 60));
        assertThat(queue.state("todev").depth()).isEqualTo(60);
    }

    @Test
    void shouldRecogniseEntriesThatWereAcknowledgedLongAgo() throws Exception {
        queue.define("todev");
        queue.append(range(1, 20));
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            poll(reader, woken, 20);
            reader.acknowledge(20);
        }
        restart();

        queue.append(range(11, 25));

        assertThat(lsns(peek(queue, "todev", 5))).containsExactlyElementsOf(lsns(21, 25));
    }

    @Test
    void shouldKeepAnEntryForEachServerUntilThatServerAcknowledgesIt() throws Exception {
        queue.define("one");
        queue.define("two");
        queue.append(range(1, 100));
        try (TransactionLogQueue.Reader fast = queue.open("one", woken::release);
                TransactionLogQueue.Reader slow = queue.open("two", woken::release)) {
            assertThat(lsns(poll(slow, woken, 3))).containsExactly(1L, 2L, 3L);
            poll(fast, woken, 100);
            fast.acknowledge(100);
            slow.acknowledge(2);
        }
        restart();

        assertThat(queue.state("one").depth()).isZero();
        assertThat(lsns(peek(queue, "two", 98))).containsExactlyElementsOf(lsns(3, 100));
    }

    @Test
    void shouldLetEntriesVanishThatNoServerIsDefinedFor() throws Exception {
        queue.append(range(1, 10));
        queue.define("todev");
        queue.append(range(11, 12));

        assertThat(lsns(peek(queue, "todev", 2))).containsExactly(11L, 12L);
    }

    @Test
    void shouldGiveBackAnEntryOfTheLargestSize() throws Exception {
        byte[] large = new byte[65 << 20];
        Arrays.fill(large, (byte) 0xFE);
        large[large.length - 1] = 1;
        queue.define("todev");
        queue.append(List.of(entry(1, large), entry(2, new byte[] {2})));

        restart();

        List<LogEntry> polled = peek(queue, "todev", 2);
        assertThat(Arrays.equals(polled.get(0).payload(), large)).isTrue();
        assertThat(polled.get(1).payload()).containsExactly(2);
        assertThat(Arrays.equals(queue.browse("todev", 0, 5).get(0).payload(), large))
                .isTrue();
    }

    /** The reader returned it unread, and the client waited ten seconds for what its own closing kept from coming. */
    @Test
    void shouldCloseAtOnceWhileALargeEntryWaitsForRoom() throws Exception {
        queue.define("todev");
        queue.append(List.of(entry(1, new byte[64 << 20]), entry(2, new byte[64 << 20])));
        TransactionLogQueue.Reader reader = queue.open("todev", woken::release);
        assertThat(woken.tryAcquire(60, TimeUnit.SECONDS))
                .as("the first fills the inbox")
                .isTrue();
        long before = System.nanoTime();
        reader.close();
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void shouldCloseAtOnceWhileALargeEntryIsArriving() throws Exception {
        queue.define("todev");
        queue.append(List.of(entry(1, new byte[64 << 20])));
        for (int afterMillis = 0; afterMillis <= 100; afterMillis += 20) {
            TransactionLogQueue.Reader reader = queue.open("todev", woken::release);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(afterMillis));
            long before = System.nanoTime();
            reader.close();
            assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(5));
        }

        assertThat(lsns(peek(queue, "todev", 1))).containsExactly(1L);
    }

    @Test
    void shouldWakeItsReaderWhenAnEntryIsAppended() throws Exception {
        queue.define("todev");
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            assertThat(reader.poll()).isEmpty();
            queue.append(range(1, 1));

            assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(reader.poll()).get().extracting(LogEntry::lsn).isEqualTo(1L);
        }
    }

    @Test
    void shouldHoldBackTheBrokerWhileNobodyPolls() throws Exception {
        byte[] body = new byte[200_000];
        queue.define("todev");
        for (long lsn = 1; lsn <= 100; lsn++) {
            queue.append(List.of(entry(lsn, body)));
        }
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            assertThat(lsns(poll(reader, woken, 10))).containsExactlyElementsOf(lsns(1, 10));

            assertThat(broker.server().locateQueue(Names.txlogQueue("todev")).getDeliveringCount())
                    .isBetween(10, 60);
        }
        assertThat(lsns(peek(queue, "todev", 100))).containsExactlyElementsOf(lsns(1, 100));
    }

    @Test
    void shouldBrowseWhatIsDeliveredAndWhatIsNot() throws Exception {
        queue.define("todev");
        queue.append(range(1, 5000));
        restart();
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            poll(reader, woken, 3);
            reader.acknowledge(1);

            assertThat(lsns(queue.browse("todev", 1, 4000))).containsExactlyElementsOf(lsns(2, 4001));
            assertThat(queue.state("todev").oldestCommittedAtMillis()).isEqualTo(1002);
        }
        assertThat(lsns(queue.browse("todev", 15, 3))).containsExactly(16L, 17L, 18L);
    }

    @Test
    void shouldTellDepthBytesAndAge() throws Exception {
        queue.define("todev");
        assertThat(queue.state("todev")).isEqualTo(new State(0, 0, 0));

        queue.append(List.of(entry(7, new byte[10_000]), entry(8, new byte[20_000])));
        // what is stored is counted a moment later
        restart();

        State state = queue.state("todev");
        assertThat(state.depth()).isEqualTo(2);
        assertThat(state.bytes()).isBetween(30_000L, 31_000L);
        assertThat(state.oldestCommittedAtMillis()).isEqualTo(1007);
    }

    @Test
    void shouldGoOnBeyondWhatFitsIntoMemory() throws Exception {
        queue.define("todev");
        broker.server().locateQueue(Names.txlogQueue("todev")).getPagingStore().startPaging();
        byte[] body = new byte[100_000];
        for (long lsn = 1; lsn <= 300; lsn++) {
            queue.append(List.of(entry(lsn, body)));
        }
        queue.append(range(290, 310));
        restart();

        assertThat(queue.state("todev").depth()).isEqualTo(310);
        assertThat(queue.state("todev").oldestCommittedAtMillis()).isEqualTo(1001);
        assertThat(lsns(queue.browse("todev", 100, 5))).containsExactlyElementsOf(lsns(101, 105));
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            assertThat(lsns(poll(reader, woken, 310))).containsExactlyElementsOf(lsns(1, 310));
            reader.acknowledge(310);
        }
        assertThat(queue.browse("todev", 0, 5)).isEmpty();
    }

    /** Its reader took a clear for a failure, and a connected server said so in red (found by the ordeal, seed 1234). */
    @Test
    void shouldTellItsReaderThatTheQueueWasCleared() throws Exception {
        queue.define("todev");
        queue.append(range(1, 10));
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            poll(reader, woken, 5);
            queue.clear("todev");

            assertThatThrownBy(reader::poll)
                    .isInstanceOf(QueueEmptiedException.class)
                    .hasMessageContaining("was cleared");
            assertThatThrownBy(() -> reader.acknowledge(5)).isInstanceOf(QueueEmptiedException.class);
        }
        assertThat(queue.browse("todev", 0, 100)).isEmpty();
    }

    @Test
    void shouldHaveOneReaderOnly() throws Exception {
        queue.define("todev");
        TransactionLogQueue.Reader reader = queue.open("todev", woken::release);

        assertThatThrownBy(() -> queue.open("todev", woken::release)).isInstanceOf(QueueUnavailableException.class);

        reader.close();
        reader.close();
        queue.open("todev", woken::release).close();
    }

    @Test
    void shouldTellItsReaderThatTheQueueIsGone() throws Exception {
        queue.define("todev");
        queue.append(range(1, 10));
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            poll(reader, woken, 10);
            queue.remove("todev");

            assertThatThrownBy(() -> queue.state("todev")).hasMessageContaining("has no queue");
            assertThatThrownBy(reader::poll).isInstanceOf(QueueEmptiedException.class);
        }
        queue.define("todev");
        assertThat(queue.browse("todev", 0, 100)).isEmpty();
    }

    @Test
    @Tag("HB-125")
    void shouldClearOneQueueWithWhatIsDeliveredAndGoOn() throws Exception {
        queue.define("todev");
        queue.define("other");
        queue.append(range(1, 3000));
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            poll(reader, woken, 10);
            reader.acknowledge(5);
            queue.clear("todev");
            queue.clear("todev");

            assertThatThrownBy(reader::poll)
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("cleared");
        }
        assertThat(queue.state("todev").depth()).isZero();
        assertThat(queue.browse("todev", 0, 10)).isEmpty();
        assertThat(queue.state("other").depth()).isEqualTo(3000);

        queue.append(range(3001, 3002));
        restart();

        assertThat(lsns(peek(queue, "todev", 2))).containsExactly(3001L, 3002L);
        assertThat(queue.state("other").depth()).isEqualTo(3002);
    }

    /** Once it was destroyed under its reader, and Artemis said SEVERE AMQ224095 that it counts consumers below 0. */
    @Test
    @Tag("HB-125")
    void shouldClearAQueueThatIsReadWithoutAComplaintOfTheBroker() throws Exception {
        Logger logger = Logger.getLogger("org.apache.activemq.artemis.core.server");
        List<String> severe = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
                    severe.add(line.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            queue.define("todev");
            queue.append(range(1, 100));
            for (int i = 0; i < 3; i++) {
                try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
                    queue.clear("todev");
                    assertThatThrownBy(reader::poll).hasMessageContaining("cleared");
                }
            }
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(severe).isEmpty();
    }

    /** The only queue, too: the broker must not forget who sends to its address. */
    @Test
    @Tag("HB-125")
    void shouldClearTheOnlyQueueWhateverItHoldsInPages() throws Exception {
        queue.define("todev");
        broker.server().locateQueue(Names.txlogQueue("todev")).getPagingStore().startPaging();
        for (long lsn = 1; lsn <= 100; lsn++) {
            queue.append(List.of(entry(lsn, new byte[100_000])));
        }
        queue.clear("todev");
        assertThat(queue.state("todev").depth()).isZero();

        queue.append(range(101, 103));
        restart();

        assertThat(lsns(peek(queue, "todev", 3))).containsExactly(101L, 102L, 103L);
    }

    @Test
    void shouldTellItsReaderThatTheBrokerIsGone() throws Exception {
        queue.define("todev");
        queue.append(range(1, 10));
        try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
            poll(reader, woken, 10);
            woken.drainPermits();
            broker.stop();

            assertThat(woken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(reader::poll).isInstanceOf(QueueUnavailableException.class);
            assertThatThrownBy(() -> reader.acknowledge(10)).isInstanceOf(QueueUnavailableException.class);
        }
        assertThatThrownBy(() -> queue.append(range(11, 11)))
                .isInstanceOf(QueueUnavailableException.class)
                .hasMessageContaining("not running");
    }
}
