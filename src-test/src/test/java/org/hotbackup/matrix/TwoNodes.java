package org.hotbackup.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.RemoteAccess;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;

/** A pair of nodes, whose JMX is open to others, with a user of each role, and a slave server that never ran. */
final class TwoNodes implements AutoCloseable {

    private static final DPointer DL = DPointer.of("DL", 7);
    private static final long PATIENCE_SECONDS = 60;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Map<String, RemoteAccess> access = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private final Path folder;
    private final Path newPassword;
    private final Pair pair;
    private String lsn;
    private String lost;

    /** Starts them. */
    TwoNodes(Path folder) throws IOException {
        this.folder = folder;
        newPassword = Files.createFile(
                folder.resolve("new-password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(newPassword, "short");
        pair = Pair.start(
                folder, StoreKind.H2, node -> access.put(node.home().name(), RemoteAccess.configure(node, folder)));
        for (TestNode node : nodes()) {
            access(node).makeUsers();
            for (String role : RemoteAccess.ROLES) {
                // trusts the certificate
                access(node).connect(role).close();
            }
        }
        haveSomethingToShow();
        // where a device's tape should be
        Files.createDirectories(pair.master().home().folder().resolve("tapes").resolve(EveryOperation.UNUSABLE));
        done(pair.master()
                .control()
                .tapeSocket()
                .setup(
                        EveryOperation.TAPE,
                        "direction=output host=127.0.0.1 pipe=" + folder.resolve("none") + " port="
                                + Ports.free(Set.of(pair.slavePort()))));
    }

    /** An update in the queue of a server that does not run, one in lost+found, and a task that is over. */
    private void haveSomethingToShow() {
        FilePath orders = FilePath.data("matrix", "orders");
        pair.master().rest().createAccount(orders.account(), DL);
        pair.master().rest().createFile(orders, DL);
        done(pair.master().control().verification(Pair.MASTER).start(100, 1));
        await(() -> pair.master().control().tasks().getUnderWay() == 0);
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        done(pair.slaveServer().stop(Pair.SLAVE));
        done(pair.slave().control().node().setup(Pair.SLAVE, "auto-create=off"));
        done(pair.slaveServer().start());
        pair.slave().rest().deleteFile(orders.definedIn());
        String settings = "type=master host=127.0.0.1 port=" + pair.line().port();
        done(pair.master().control().node().setup(EveryOperation.IDLE, settings));
        pair.master().rest().write(orders, ItemId.of("1"), new byte[] {'a'});
        await(() ->
                !entries().isEmpty() && pair.slave().control().lostAndFound().getCount() == 1);
        lsn = Long.toString(entries().get(0).lsn());
        lost = pair.slave().control().lostAndFound().list("", 1).get(0).id();
    }

    private List<QueueEntry> entries() {
        return pair.master().control().transactionLogQueue().list(EveryOperation.IDLE, 0, 1);
    }

    private static void done(OperationReceipt receipt) {
        if (receipt.outcome() == OperationReceipt.Outcome.REFUSED) {
            throw new IllegalStateException(receipt.message());
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("there is nothing to show after " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The server that a bean of the node itself is asked at in the menu. */
    String server(EveryOperation row) {
        return row.onSlave() ? Pair.SLAVE : Pair.MASTER;
    }

    /** Master and slave. */
    List<TestNode> nodes() {
        return List.of(pair.master(), pair.slave());
    }

    Pair pair() {
        return pair;
    }

    /** The node whose operation it is. */
    TestNode node(EveryOperation row) {
        return row.onSlave() ? pair.slave() : pair.master();
    }

    RemoteAccess access(TestNode node) {
        return access.get(node.home().name());
    }

    RemoteAccess access(EveryOperation row) {
        return access(node(row));
    }

    /** Arguments or words of a row for the user of a role. */
    List<String> filled(EveryOperation row, String role, List<String> words) {
        return words.stream()
                .map(word -> switch (word) {
                    case EveryOperation.PASSWORD -> access(row).password(role);
                    case EveryOperation.NEW_FILE -> folder.resolve("new-" + made.incrementAndGet())
                            .toString();
                    case EveryOperation.LSN -> lsn;
                    case EveryOperation.LOST -> lost;
                    case EveryOperation.PASSWORD_FILE -> newPassword.toString();
                    default -> word;
                })
                .toList();
    }

    @Override
    public void close() {
        pair.close();
    }
}
