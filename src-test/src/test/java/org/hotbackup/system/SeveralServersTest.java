package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes: prod has two slaves, left and right; left is also the master of a second slave server on right. Each pair
 * goes its own way, whatever becomes of the others.
 */
@Tag("system")
class SeveralServersTest {

    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final FilePath NOTES = FilePath.data("local", "notes");
    private static final DPointer LOGGED = DPointer.of("DL", 7);
    private static final long PATIENCE_SECONDS = 90;

    @TempDir
    Path homes;

    private final Set<Integer> ports = new HashSet<>();
    private int written;

    @Test
    @Tag("HB-012")
    @Tag("HB-112")
    @Tag("HB-132")
    @Tag("HB-064")
    @Tag("HB-185")
    void shouldLetNoServerHoldTheOthers() {
        NodeHomes all = new NodeHomes(homes);
        try (TestNode prod = TestNode.create(all, "prod", StoreKind.H2);
                TestNode left = TestNode.create(all, "left", StoreKind.H2);
                TestNode right = TestNode.create(all, "right", StoreKind.H2)) {
            trustEachOther(prod, left, right);
            prod.start();
            Pair.both(left::start, right::start);
            pair(prod, "toleft", left, "fromprod");
            pair(prod, "toright", right, "fromprod");
            pair(left, "todown", right, "fromleft");
            prod.rest().createAccount(ORDERS.account(), LOGGED);
            prod.rest().createFile(ORDERS, LOGGED);
            write(prod, 100);
            awaitEqual(prod, "toleft", left, ORDERS);
            awaitEqual(prod, "toright", right, ORDERS);

            left.kill();
            write(prod, 100);

            awaitEqual(prod, "toright", right, ORDERS);
            ServerMXBean toLeft = prod.control().server("toleft");
            assertThat(toLeft.getLagTransactions()).isEqualTo(100);
            assertThat(prod.control().transactionLogQueue().list("toleft", 0, 1000))
                    .hasSize(100);
            assertThat(prod.control().transactionLogQueue().list("toright", 0, 1000))
                    .isEmpty();
            awaitStatus(toLeft, "Wait response to call");
            awaitStatus(prod.control().server("toright"), "Idle");
            awaitStatus(right.control().server("fromprod"), "Reading network");
            awaitStatus(right.control().server("fromleft"), "Wait incoming call");

            left.start();
            awaitEqual(prod, "toleft", left, ORDERS);
            assertThat(prod.control().server("toright").stop("toright").outcome())
                    .isEqualTo(OperationReceipt.Outcome.DONE);
            write(prod, 50);
            awaitEqual(prod, "toleft", left, ORDERS);
            assertThat(prod.control().server("toright").getLagTransactions()).isEqualTo(50);
            assertThat(prod.control().server("toright").getStatus()).isEqualTo("Stopped");

            left.rest().createAccount(NOTES.account(), LOGGED);
            left.rest().createFile(NOTES, LOGGED);
            left.rest().write(NOTES, ItemId.of("1"), bytes("left is a slave and a master"));
            awaitEqual(left, "todown", right, NOTES);
            assertThat(prod.rest().hasAccount(NOTES.account())).isFalse();
            assertThat(left.control().node().getServerNames()).containsExactly("fromprod", "todown");

            done(prod.control().server("toright").start());
            awaitEqual(prod, "toright", right, ORDERS);
            for (String side : new String[] {"left", "right"}) {
                TestNode slave = side.equals("left") ? left : right;
                assertThat(slave.control().server("fromprod").getAckedTransaction())
                        .as(side)
                        .isEqualTo(prod.control().server("to" + side).getAckedTransaction())
                        .isGreaterThanOrEqualTo(252);
            }
        }
    }

    private static void trustEachOther(TestNode... nodes) {
        for (TestNode one : nodes) {
            for (TestNode other : nodes) {
                if (one != other) {
                    one.trust(other);
                }
            }
        }
    }

    private void pair(TestNode master, String masterServer, TestNode slave, String slaveServer) {
        for (TestNode node : new TestNode[] {master, slave}) {
            ports.add(node.home().httpPort());
            ports.add(node.home().jmxPort());
        }
        int port = Ports.free(ports);
        ports.add(port);
        done(slave.control().node().setup(slaveServer, "type=slave port=" + port));
        done(master.control().node().setup(masterServer, "type=master host=127.0.0.1 port=" + port));
        done(slave.control().server(slaveServer).start());
        done(master.control().server(masterServer).start());
    }

    private void write(TestNode master, int items) {
        for (int i = 0; i < items; i++) {
            written++;
            master.rest().write(ORDERS, ItemId.of("order-" + written % 150), bytes("version " + written));
        }
    }

    private static void awaitEqual(TestNode master, String server, TestNode slave, FilePath file) {
        Pair.awaitAcknowledged(master.control().server(server), PATIENCE_SECONDS);
        assertThat(slave.control().node().digest(file.toString()))
                .as(server)
                .isEqualTo(master.control().node().digest(file.toString()));
    }

    private static void awaitStatus(ServerMXBean server, String status) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!server.getStatus().equals(status)) {
            assertThat(System.nanoTime()).as(server.getStatus()).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
