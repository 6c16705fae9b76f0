package org.hotbackup.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.RemoteAccess;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;

/** A pair of nodes, whose JMX is open to others, with a user of each role, and a slave server that never ran. */
final class TwoNodes implements AutoCloseable {

    private final Map<String, RemoteAccess> access = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private final Path folder;
    private final Path newPassword;
    private final Pair pair;

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
        OperationReceipt idle = pair.slave()
                .control()
                .node()
                .setup(EveryOperation.IDLE, "type=slave port=" + Ports.free(Set.of(pair.slavePort())));
        if (idle.outcome() != OperationReceipt.Outcome.DONE) {
            throw new IllegalStateException(idle.message());
        }
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
                    case EveryOperation.FOLDER -> folder.resolve("never").toString();
                    case EveryOperation.NEW_FILE -> folder.resolve("new-" + made.incrementAndGet())
                            .toString();
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
