package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hotbackup.system.Orders.await;
import static org.hotbackup.system.Orders.lines;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.Ports;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.FrameCodec;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.Stranger;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A master is killed with updates that its slave does not have, the slave is promoted, the old master comes back, is told,
 * and becomes the slave: equal to the new master, with what it had alone in lost+found.
 */
@Tag("system")
@Tag("FAULT-F14")
class PromoteAndRejoinTest {

    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final FilePath RETURNS = FilePath.data("sales", "returns");
    private static final FilePath ALONE = FilePath.data("alone", "file");
    private static final String BACK = "toprod";
    private static final long PATIENCE_SECONDS = 120;
    private static final int ITEMS = 100;
    private static final int STARTED = 12;

    @TempDir
    Path homes;

    private int unsent;

    @Test
    void shouldPromoteTheSlaveAndBringTheOldMasterBackAsItsSlave() {
        try (Pair pair = Pair.start(homes, StoreKind.H2)) {
            load(pair);
            assertThat(pair.slaveServer().promote("", Pair.SLAVE, "test").messageId())
                    .as("its master is connected")
                    .isEqualTo(MessageCode.MASTER_CONNECTED.id());
            pair.line().cut();
            writeWhatTheSlaveNeverGets(pair);
            pair.master().kill();

            // stopped, it has to listen all the same once it is promoted
            done(pair.slaveServer().stop(Pair.SLAVE));
            promote(pair.slave(), Pair.SLAVE, 2);
            writeOnTheNewMaster(pair.slave());
            pair.line().mend();
            pair.master().start();

            assertOldMasterIsTold(pair);
            assertListIsExact(pair);
            int port = rejoin(pair);
            ServerMXBean newMaster = resync(pair, port);
            Pair.awaitAcknowledged(newMaster, PATIENCE_SECONDS);

            assertImagesAreEqual(pair.slave(), pair.master());
            assertLostAndFoundHoldsWhatWasUnsent(pair.master());
            assertUpdatesAreRefused(pair.master());
            assertAnOlderEpochIsRefusedInOneLine(pair, port);
            write(pair.slave(), ORDERS, "goes on", "and on");
            Pair.awaitAcknowledged(newMaster, PATIENCE_SECONDS);
            assertImagesAreEqual(pair.slave(), pair.master());

            // and the other way round, as a planned switch
            done(newMaster.stop(BACK));
            promote(pair.master(), Pair.MASTER, 3);
            write(pair.master(), ORDERS, "home", "again");
            done(newMaster.start());
            await("the second master is told", () -> newMaster.getPromotion().startsWith("superseded"));
            assertUpdatesAreRefused(pair.slave());
            assertThat(newMaster.rejoinEntries(0, 10))
                    .as("a planned switch loses nothing")
                    .isEmpty();
            rejoinOnThePortOfThePromotedServer(pair, newMaster);
        }
    }

    private static void load(Pair pair) {
        pair.master().rest().createAccount("sales", DPointer.of("DL", 7));
        pair.master().rest().createFile(ORDERS, DPointer.of("DL", 7));
        for (int i = 0; i < ITEMS; i++) {
            write(pair.master(), ORDERS, "order " + i, "first state of " + i);
        }
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        await("the slave is connected", () -> pair.slaveServer().getStatus().equals("Reading network"));
    }

    private void writeWhatTheSlaveNeverGets(Pair pair) {
        TestNode master = pair.master();
        for (int i = 0; i < 10; i++) {
            write(master, ORDERS, "order " + i, "only on the old master " + i);
            write(master, ORDERS, "unsent " + i, "only on the old master " + i);
        }
        master.rest().delete(ORDERS, ItemId.of("order 50"));
        master.rest().createFile(RETURNS, DPointer.of("DL", 7));
        write(master, RETURNS, "return", "never sent");
        master.rest().createAccount("alone", DPointer.of("DL", 7));
        master.rest().createFile(ALONE, DPointer.of("DL", 7));
        write(master, ALONE, "item", "never sent");
        unsent = 26;
        assertThat(pair.masterServer().getLagTransactions()).isEqualTo(unsent);
    }

    private static void promote(TestNode node, String server, long epoch) {
        ServerMXBean slave = node.control().server(server);
        NodeMXBean promoted = node.control().node();
        assertThat(slave.promote("", "other", "test").messageId()).isEqualTo(MessageCode.CONFIRM_BY_NAME.id());
        assertThat(slave.promote("", server, " ").messageId()).isEqualTo(MessageCode.REASON_MISSING.id());
        assertThat(promoted.getEpoch()).isEqualTo(epoch - 1);
        await("its master is gone", () -> !slave.getStatus().equals("Reading network"));
        done(slave.promote("", server, "the master is gone"));

        assertThat(promoted.getEpoch()).isEqualTo(epoch);
        assertThat(promoted.isOpenForUpdates()).isTrue();
        assertThat(slave.getPromotion())
                .startsWith("promoted in epoch " + epoch)
                .endsWith("by local: the master is gone");
        assertThat(slave.promote("", server, "again").messageId()).isEqualTo(MessageCode.PROMOTED_ALREADY.id());
        assertThat(slave.query()).endsWith("Status Wait incoming call");
        assertThat(record(node, server).extract(STARTED)).isEqualTo("1");
    }

    private static DynamicArray record(TestNode node, String server) {
        return DynamicArray.of(Pair.image(node, FilePath.data("dm", "hb.log")).get(server));
    }

    /** What was promoted before has nobody left to tell. */
    private static void rejoinOnThePortOfThePromotedServer(Pair pair, ServerMXBean old) {
        OperationReceipt rejoined = old.rejoin(false, pair.slavePort(), BACK, "a test");
        done(rejoined);
        assertThat(rejoined.message()).contains("Promoted slave server '" + Pair.SLAVE + "' is deleted");
        assertThat(pair.slave()
                        .control()
                        .node()
                        .deleteServer(Pair.SLAVE, Pair.SLAVE, "a test")
                        .messageId())
                .isEqualTo(MessageCode.NO_SERVER.id());
        assertThat(pair.slave().control().server(BACK).getStatus()).isEqualTo("Wait incoming call");
    }

    private static void writeOnTheNewMaster(TestNode node) {
        write(node, ORDERS, "order 1", "of the new master");
        write(node, ORDERS, "order 60", "of the new master");
        write(node, ORDERS, "new", "of the new master");
        node.rest().delete(ORDERS, ItemId.of("order 70"));
    }

    private void assertOldMasterIsTold(Pair pair) {
        await("the old master is told", () -> pair.masterServer().getPromotion().startsWith("superseded"));
        await("the new master says whom it refuses", () -> !lines(pair.slave(), MessageCode.REFUSED_PROMOTED.id())
                .isEmpty());
        NodeMXBean old = pair.master().control().node();
        assertThat(old.isOpenForUpdates()).isFalse();
        assertThat(old.getClosedReason())
                .contains("superseded by node " + pair.slave().control().node().getNodeId());
        assertThat(old.getEpoch()).as("not its own").isEqualTo(1);
        OperationReceipt opened = old.openForUpdates(old.getName(), "a mistake");
        assertThat(opened.messageId()).isEqualTo(MessageCode.UPDATES_OPENED_BESIDE.id());
        done(old.closeForUpdates(old.getName(), "no more"));
        assertUpdatesAreRefused(pair.master());
        // it goes on calling
        await("more calls", () -> pair.masterServer().getReconnectsTotal() >= 3);
        assertThat(lines(pair.slave(), MessageCode.REFUSED_PROMOTED.id())).hasSize(1);
        assertThat(lines(pair.master(), MessageCode.SUPERSEDED.id())).hasSize(1);
        assertThat(pair.master().control().transactionLogQueue().getDepth()).isEqualTo(unsent);
        assertThat(Pair.image(pair.slave(), ORDERS)).doesNotContainKey("unsent 1");
    }

    private void assertListIsExact(Pair pair) {
        List<QueueEntry> entries = pair.masterServer().rejoinEntries(0, 1000);
        assertThat(entries).hasSize(unsent);
        assertThat(pair.masterServer().rejoinEntries(entries.get(9).lsn(), 5))
                .containsExactlyElementsOf(entries.subList(10, 15));
        assertThat(pair.masterServer().rejoinList(0, 1000))
                .startsWith(unsent + " transactions")
                .contains("'unsent 9'", "'order 50'", "'return'", "'alone,file'")
                .doesNotContain(
                        "order 51",
                        MessageCode.REJOIN_ENTRIES_MISSING.text("", "").substring(0, 20));
    }

    private static int rejoin(Pair pair) {
        ServerMXBean old = pair.masterServer();
        int port = Ports.free(Set.of(pair.slavePort(), pair.line().port()));
        assertThat(old.rejoin(true, port, "other", "a test").messageId()).isEqualTo(MessageCode.CONFIRM_BY_NAME.id());
        assertThat(old.rejoin(true, 1, Pair.MASTER, "a test").messageId())
                .isEqualTo(MessageCode.SETTING_OUT_OF_RANGE.id());
        assertThat(old.rejoin(true, pair.slavePort(), Pair.MASTER, "a test").messageId())
                .as("somebody listens there")
                .isEqualTo(MessageCode.REJOIN_PORT_TAKEN.id());
        assertThat(old.getServerType()).isEqualTo("Master");
        assertThat(old.isRunning()).isTrue();
        done(old.rejoin(true, port, Pair.MASTER, "a test"));

        ServerMXBean slave = pair.masterServer();
        assertThat(slave.rejoin(true, port, Pair.MASTER, "a test").messageId())
                .isEqualTo(MessageCode.REJOINED_ALREADY.id());
        done(slave.stop(Pair.MASTER));
        done(slave.rejoin(true, port, Pair.MASTER, "a test"));
        assertThat(slave.getServerType()).isEqualTo("Slave");
        assertThat(slave.getTcpPort()).isEqualTo(port);
        assertThat(slave.getStatus()).isEqualTo("Wait incoming call");
        assertThat(pair.master().control().node().getEpoch()).isEqualTo(2);
        return port;
    }

    private static ServerMXBean resync(Pair pair, int port) {
        TestNode node = pair.slave();
        done(node.control().node().setup(BACK, "type=master host=127.0.0.1 port=" + port));
        ServerMXBean master = node.control().server(BACK);
        done(master.start());
        VerificationMXBean verification = node.control().verification(BACK);
        assertThat(verification.resync(50, "other", "a test").messageId()).isEqualTo(MessageCode.CONFIRM_BY_NAME.id());
        begun(verification.resync(50, BACK, "a test"));
        await("resync", () -> verification.getState().equals("done"));
        assertThat(verification.getFilesDifferent()).as(verification.status()).isZero();
        assertThat(verification.getProvedLsn()).isPositive();
        return master;
    }

    static void assertImagesAreEqual(TestNode one, TestNode other) {
        Set<String> accounts = new TreeSet<>(one.control().node().getAccounts());
        assertThat(other.control().node().getAccounts()).containsExactlyInAnyOrderElementsOf(accounts);
        accounts.remove("dm");
        for (String account : accounts) {
            List<String> files = one.control().node().listFiles(account, "", 1000);
            assertThat(other.control().node().listFiles(account, "", 1000)).containsExactlyElementsOf(files);
            for (String file : files) {
                FileDigest digest = one.control().node().digest(file);
                assertThat(other.control().node().digest(file)).isEqualTo(digest);
            }
        }
    }

    private void assertLostAndFoundHoldsWhatWasUnsent(TestNode node) {
        List<LostRecord> records = node.control().lostAndFound().list("", 1000);
        assertThat(records).hasSize(unsent).allSatisfy(record -> {
            assertThat(record.server()).isEqualTo(Pair.MASTER);
            assertThat(record.message()).startsWith("rejoin: ");
        });
        assertThat(records).extracting(LostRecord::transaction).isSorted();
        assertThat(node.control().lostAndFound().show(records.get(0).id())).contains("'order 0'");
    }

    /** Somebody whom the rejoined slave trusts says that he is its master, as of an epoch that is over. */
    private static void assertAnOlderEpochIsRefusedInOneLine(Pair pair, int port) {
        NodeMXBean master = pair.slave().control().node();
        try (Stranger.Talk talk = Stranger.as(pair.slave()).talk(port)) {
            for (int i = 1; i <= 20; i++) {
                talk.send(FrameCodec.encode(i, new Hello(BACK, master.getNodeId(), master.getHistoryId(), 1)));
            }
            await("the refusal", () -> !lines(pair.master(), MessageCode.REFUSED_EPOCH.id())
                    .isEmpty());
        }
        assertThat(lines(pair.master(), MessageCode.REFUSED_EPOCH.id())).hasSize(1);
    }

    private static void assertUpdatesAreRefused(TestNode node) {
        assertThatThrownBy(() -> write(node, ORDERS, "order 1", "refused"))
                .isInstanceOf(RestRefusal.class)
                .hasMessageContaining("This node is closed for updates");
    }

    private static void write(TestNode node, FilePath file, String id, String body) {
        node.rest().write(file, ItemId.of(id), body.getBytes(StandardCharsets.UTF_8));
    }

    private static void begun(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.ACCEPTED);
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }
}
