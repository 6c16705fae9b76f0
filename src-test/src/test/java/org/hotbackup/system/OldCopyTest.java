package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.Folders;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose data came back from an older copy is found out and refused by name; nothing is lost by it (I7). */
@Tag("system")
class OldCopyTest {

    private static final String ACCOUNT = "books";
    private static final FilePath FILE = FilePath.data(ACCOUNT, "ledger");
    private static final int ITEMS = 50;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void shouldRefuseWhoeverComesBackFromAnOlderCopyAndLoseNothing() {
        try (Pair pair = Pair.start(folder.resolve("homes"), StoreKind.H2)) {
            pair.master().rest().createAccount(ACCOUNT, DPointer.of("DL", 7));
            pair.master().rest().createFile(FILE, DPointer.of("DL", 7));
            write(pair, "before");
            pair.awaitAcknowledged(PATIENCE_SECONDS);
            Pair.both(pair.master()::stop, pair.slave()::stop);
            copyData(pair.master(), "older master");
            copyData(pair.slave(), "older slave");
            Pair.both(pair.master()::start, pair.slave()::start);
            write(pair, "after");
            pair.awaitAcknowledged(PATIENCE_SECONDS);
            pair.slave().stop();
            copyData(pair.slave(), "newer slave");

            comesBack(pair.slave(), "older slave");
            write(pair, "meanwhile");
            awaitMessage(pair.masterServer(), "resynchronise the slave");
            assertOlderSlaveIsRefused(pair);

            pair.slave().stop();
            comesBack(pair.slave(), "newer slave");
            pair.awaitAcknowledged(PATIENCE_SECONDS);
            assertImagesAreEqual(pair, 3 * ITEMS);

            pair.master().stop();
            comesBack(pair.master(), "older master");
            write(pair, "of another history");
            awaitMessage(pair.masterServer(), "restored from an older copy");
            assertOlderMasterFeedsNobody(pair);
            assertOlderMasterComesBackWithoutLoss(pair);
        }
    }

    private static void assertOlderSlaveIsRefused(Pair pair) {
        assertThat(pair.masterServer().status(50)).contains("Refused: the slave stands at transaction");
        assertThat(pair.masterServer().getLagTransactions()).isEqualTo(ITEMS);
        assertThat(Pair.image(pair.slave(), FILE))
                .as("the refused slave, untouched")
                .hasSize(ITEMS)
                .containsKey("before 1");
    }

    private static void assertImagesAreEqual(Pair pair, int items) {
        Map<String, byte[]> expected = Pair.image(pair.master(), FILE);
        assertThat(expected).hasSize(items);
        assertThat(Pair.image(pair.slave(), FILE)).usingRecursiveComparison().isEqualTo(expected);
        assertThat(pair.slave().control().node().digest(FILE.toString()))
                .isEqualTo(pair.master().control().node().digest(FILE.toString()));
    }

    private static void assertOlderMasterFeedsNobody(Pair pair) {
        assertThat(pair.masterServer().getLagTransactions()).isPositive();
        assertThat(Pair.image(pair.slave(), FILE))
                .as("the slave has the only copy of what the master forgot")
                .hasSize(3 * ITEMS)
                .containsKeys("after 1", "meanwhile 1")
                .doesNotContainKey("of another history 1");
    }

    /** The new entries of an older copy had LSNs below the slave's: rejoin dropped them and said that there were none. */
    private static void assertOlderMasterComesBackWithoutLoss(Pair pair) {
        done(pair.masterServer().stop(Pair.MASTER));
        done(pair.slaveServer().promote("", Pair.SLAVE, "the master is an older copy"));
        done(pair.masterServer().start());
        awaitMessage(pair.masterServer(), "superseded");
        assertThat(pair.masterServer().rejoinList(0, 10)).contains("restored from an older copy");
        int port = Ports.free(Set.of(pair.slavePort(), pair.line().port()));

        done(pair.masterServer().rejoin(true, port, Pair.MASTER, "a test"));

        List<LostRecord> kept = pair.master().control().lostAndFound().list("", 1_000);
        String all = kept.stream()
                .map(record -> pair.master().control().lostAndFound().show(record.id()))
                .collect(Collectors.joining());
        for (int i = 1; i <= ITEMS; i++) {
            assertThat(all).contains("of another history " + i);
        }
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }

    private static void write(Pair pair, String what) {
        for (int i = 1; i <= ITEMS; i++) {
            String name = what + " " + i;
            pair.master().rest().write(FILE, ItemId.of(name), name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void copyData(TestNode stopped, String name) {
        Folders.copy(stopped.home().folder().resolve("data"), folder.resolve(name));
    }

    private void comesBack(TestNode stopped, String copy) {
        Path data = stopped.home().folder().resolve("data");
        Folders.delete(data);
        Folders.copy(folder.resolve(copy), data);
        stopped.start();
    }

    private static void awaitMessage(ServerMXBean server, String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!server.status(50).contains(text)) {
            assertThat(System.nanoTime()).as(server.status(50)).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
