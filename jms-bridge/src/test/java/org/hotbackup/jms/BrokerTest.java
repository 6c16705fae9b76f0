package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hotbackup.jms.Entries.lsns;
import static org.hotbackup.jms.Entries.peek;
import static org.hotbackup.jms.Entries.range;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.hotbackup.txlog.QueueUnavailableException;
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
