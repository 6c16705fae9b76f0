package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hotbackup.jms.Entries.lsns;
import static org.hotbackup.jms.Entries.peek;
import static org.hotbackup.jms.Entries.poll;
import static org.hotbackup.jms.Entries.range;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BrokerTest {

    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path home;

    private final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);
    private final List<String> failures = new CopyOnWriteArrayList<>();

    private Broker broker() {
        return new Broker(home.resolve("data"), new DiskSpace(usable::get, 64 * MEGABYTE), failures::add);
    }

    @Test
    void shouldTakeNothingWhileTheDiskIsFullAndGoOnByItself() throws Exception {
        Broker broker = broker();
        broker.start();
        ArtemisTransactionLogQueue queue = new ArtemisTransactionLogQueue(broker);
        try {
            queue.define("todev");
            queue.append(range(1, 10));
            usable.set(60 * MEGABYTE);

            assertThatThrownBy(() -> queue.append(range(11, 20)))
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("only 60 MB left")
                    .hasMessageContaining("goes on by itself");

            usable.set(70 * MEGABYTE);
            queue.append(range(11, 20));
            assertThat(lsns(peek(queue, "todev", 20))).containsExactlyElementsOf(lsns(1, 20));
        } finally {
            queue.close();
            broker.stop();
        }
    }

    /** A small disk with nothing on it but the journal: only what is acknowledged can make room again. */
    @Test
    void shouldGiveBackTheSpaceOfWhatIsAcknowledgedThoughNothingIsAppended() throws Exception {
        DiskSpace disk = new DiskSpace(() -> 250 * MEGABYTE - bytesUnder(home.toFile()), 64 * MEGABYTE);
        Broker broker = new Broker(home.resolve("data"), disk, failures::add);
        broker.start();
        ArtemisTransactionLogQueue queue = new ArtemisTransactionLogQueue(broker);
        try {
            queue.define("todev");
            long full = 1;
            while (isTaken(queue, full)) {
                full++;
            }
            assertThat(full).isGreaterThan(300);
            Semaphore woken = new Semaphore(0);
            try (TransactionLogQueue.Reader reader = queue.open("todev", woken::release)) {
                poll(reader, woken, (int) full - 1);
                reader.acknowledge(full - 1);

                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                while (!isTaken(queue, full)) {
                    assertThat(System.nanoTime()).isLessThan(deadline);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
                assertThat(lsns(poll(reader, woken, 1))).containsExactly(full);
            }
        } finally {
            queue.close();
            broker.stop();
        }
    }

    private static boolean isTaken(ArtemisTransactionLogQueue queue, long lsn) {
        try {
            queue.append(List.of(Entries.entry(lsn, new byte[300_000])));
            return true;
        } catch (QueueUnavailableException e) {
            assertThat(e).hasMessageContaining("are kept in reserve");
            return false;
        }
    }

    private static long bytesUnder(File folder) {
        long bytes = 0;
        // none of a plain file, or of one that went away meanwhile
        for (File file : Objects.requireNonNullElse(folder.listFiles(), new File[0])) {
            bytes += file.length() + bytesUnder(file);
        }
        return bytes;
    }

    @Test
    void shouldKeepTheReserveEvenForALargeEntry() throws Exception {
        Broker broker = broker();
        broker.start();
        ArtemisTransactionLogQueue queue = new ArtemisTransactionLogQueue(broker);
        try {
            usable.set(66 * MEGABYTE);

            assertThatThrownBy(() -> queue.append(List.of(Entries.entry(1, new byte[3 << 20]))))
                    .isInstanceOf(QueueUnavailableException.class);
            queue.append(range(1, 1));
        } finally {
            queue.close();
            broker.stop();
        }
    }

    @Test
    void shouldSayOnceThatItsJournalFailedAndTakeNothingMore() throws Exception {
        Broker broker = broker();
        broker.start();
        ArtemisTransactionLogQueue queue = new ArtemisTransactionLogQueue(broker);
        try {
            queue.define("todev");
            queue.append(range(1, 1));

            broker.server().getStorageManager().criticalError(new IOException("Input/output error"));

            assertThat(failures).hasSize(1);
            assertThat(failures.get(0)).contains("cannot be written", "Input/output error");
            assertThatThrownBy(() -> queue.append(range(2, 2)))
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("Input/output error");
        } finally {
            queue.close();
            broker.stop();
        }
    }

    @Test
    void shouldTurnAwayASecondBrokerOnTheSameJournal() throws Exception {
        Broker first = broker();
        first.start();
        try {
            assertThatThrownBy(broker()::start)
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("is in use already");
        } finally {
            first.stop();
        }
        Broker next = broker();
        next.start();
        next.stop();
        next.stop();
    }

    @Test
    void shouldNotStartWithoutForcedWrites() throws Exception {
        System.setProperty("brokerconfig.journalSyncTransactional", "false");
        try {
            Broker broker = broker();
            assertThatThrownBy(broker::start)
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("brokerconfig");
        } finally {
            System.clearProperty("brokerconfig.journalSyncTransactional");
        }
    }

    @Test
    void shouldSayThatItsFolderCannotBeUsed() throws Exception {
        Files.writeString(home.resolve("data"), "a file");

        assertThatThrownBy(broker()::start)
                .isInstanceOf(QueueUnavailableException.class)
                .hasMessageContaining("cannot be used");
    }
}
