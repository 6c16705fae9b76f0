package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.system.Orders.await;
import static org.hotbackup.system.Orders.lines;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.hotbackup.control.LostRecord;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.KillAt;
import org.hotbackup.testing.KillAt.Step;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes are killed at the steps of a promotion, a rejoin and a resync. After each kill the node starts, one of the two is
 * open for updates, and the operation can be given again until it ends, with nothing lost and nothing twice.
 */
@Tag("system")
@Tag("FAULT-F14")
class KilledRoleChangeTest {

    /** All steps take many minutes on two cores; those that are tried always are one of each kind. */
    private static final boolean EVERY_STEP = Boolean.getBoolean("hotbackup.test.everyStep");

    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final FilePath PICTURES = FilePath.data("sales", "pictures");
    private static final FilePath ALONE = FilePath.data("alone", "file");
    private static final String BACK = "toprod";
    private static final String ENGINE = "org.hotbackup.";
    private static final long PATIENCE_SECONDS = 120;
    private static final int ORDERS_SENT = 20;
    private static final int MEGABYTE = 1 << 20;

    /** A database transaction of the catch-up takes a few megabytes of them. */
    private static final int PICTURES_DELAYED = 30;

    /** Kept in lost+found a hundred at a time. */
    private static final int ORDERS_UNSENT = 250;

    private static final int UNSENT = ORDERS_UNSENT + 3;

    @TempDir
    Path homes;

    private final Map<String, byte[]> orders = new TreeMap<>();
    private long lost;
    private int port;

    @Test
    void shouldEndEachChangeOfRolesAlthoughNodesAreKilledAtItsSteps() {
        try (Pair pair = Pair.startWithSlaveForDebugger(homes, StoreKind.H2)) {
            load(pair);
            delay(pair);
            writeWhatTheSlaveNeverGets(pair);
            promoteWithKills(pair.slave());
            pair.line().mend();
            pair.master().startForDebugger();
            rejoinWithKills(pair);
            ServerMXBean newMaster = resyncWithKills(pair);

            Pair.awaitAcknowledged(newMaster, PATIENCE_SECONDS);
            assertNothingIsLostOrTwice(pair.master());
            PromoteAndRejoinTest.assertImagesAreEqual(pair.slave(), pair.master());
            assertThat(Pair.image(pair.master(), PICTURES)).hasSize(PICTURES_DELAYED);
            assertImage(pair.master(), ORDERS, orders);
            assertExactlyOneIsOpen(pair);
        }
    }

    private void load(Pair pair) {
        TestNode master = pair.master();
        master.rest().createAccount("sales", DPointer.of("DL", 7));
        master.rest().createFile(ORDERS, DPointer.of("DL", 7));
        master.rest().createFile(PICTURES, DPointer.of("DL", 7));
        for (int i = 0; i < ORDERS_SENT; i++) {
            write(master, ORDERS, "order " + i, "sent " + i);
            orders.put("order " + i, text("sent " + i));
        }
        pair.awaitAcknowledged(PATIENCE_SECONDS);
    }

    /** They are acknowledged, so they are the slave's to keep. */
    private static void delay(Pair pair) {
        done(pair.slaveServer().stopApplying());
        for (int i = 0; i < PICTURES_DELAYED; i++) {
            pair.master().rest().write(PICTURES, ItemId.of("picture " + i), new byte[MEGABYTE]);
        }
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        await("all of them are delayed", () -> pair.slaveServer().getPendingUpdates() == PICTURES_DELAYED);
    }

    private static void writeWhatTheSlaveNeverGets(Pair pair) {
        pair.line().cut();
        TestNode master = pair.master();
        for (int i = 0; i < ORDERS_UNSENT; i++) {
            write(master, ORDERS, i % 2 == 0 ? "order " + i : "unsent " + i, "never sent " + i);
        }
        master.rest().createAccount("alone", DPointer.of("DL", 7));
        master.rest().createFile(ALONE, DPointer.of("DL", 7));
        write(master, ALONE, "item", "never sent");
        assertThat(pair.masterServer().getLagTransactions()).isEqualTo(UNSENT);
        master.kill();
    }

    private void promoteWithKills(TestNode slave) {
        await(
                "it knows that its master is gone",
                () -> slave.control().server(Pair.SLAVE).getStatus().equals("Wait incoming call"));
        killedWhilePromoted(slave, new Step(ENGINE + "store.SlaveApplier", "applyDelayed", 2));
        assertIsStillASlave(slave);
        assertThat(slave.control().server(Pair.SLAVE).getPendingUpdates())
                .as("some were applied")
                .isBetween(1L, PICTURES_DELAYED - 1L);
        if (EVERY_STEP) {
            killedWhilePromoted(slave, Step.entry(ENGINE + "server.ServerPromoter", "promote"));
            assertIsStillASlave(slave);
            assertThat(slave.control().server(Pair.SLAVE).getPendingUpdates()).isZero();
        }
        killedWhilePromoted(slave, Step.entry(ENGINE + "store.NodeState", "stand"));
        assertIsStillASlave(slave);
        if (EVERY_STEP) {
            killedWhilePromoted(slave, Step.entry(ENGINE + "replication.Promoting", "promoted"));
        } else {
            done(slave.control().server(Pair.SLAVE).promote("", Pair.SLAVE, "the master is gone"));
        }

        ServerMXBean promoted = slave.control().server(Pair.SLAVE);
        assertThat(promoted.getPromotion()).startsWith("promoted in epoch 2");
        assertThat(promoted.promote("", Pair.SLAVE, "again").messageId()).isEqualTo(MessageCode.PROMOTED_ALREADY.id());
        assertThat(slave.control().node().getEpoch()).isEqualTo(2);
        assertThat(slave.control().node().isOpenForUpdates()).isTrue();
        assertImage(slave, ORDERS, orders);
        assertThat(Pair.image(slave, PICTURES)).hasSize(PICTURES_DELAYED);
        write(slave, ORDERS, "order 1", "of the new master");
        orders.put("order 1", text("of the new master"));
    }

    private static void killedWhilePromoted(TestNode slave, Step step) {
        ServerMXBean server = slave.control().server(Pair.SLAVE);
        KillAt.during(slave, step, () -> server.promote("", Pair.SLAVE, "the master is gone"));
        slave.startForDebugger();
    }

    private static void assertIsStillASlave(TestNode slave) {
        assertThat(slave.control().node().getEpoch()).isEqualTo(1);
        assertThat(slave.control().server(Pair.SLAVE).getPromotion()).isEmpty();
    }

    private void rejoinWithKills(Pair pair) {
        port = Ports.free(Set.of(pair.slavePort(), pair.line().port()));
        awaitTold(pair);
        assertThat(unsentEntries(pair)).hasSize(UNSENT);
        killedInRejoin(pair, new Step(ENGINE + "store.RejoinSteps", "keep", 2));
        assertThat(lost).isEqualTo(100);
        if (EVERY_STEP) {
            killedInRejoin(pair, Step.entry(ENGINE + "store.RejoinSteps", "write"));
            assertThat(lost).as("kept with the record or not at all").isEqualTo(100);
            killedInRejoin(pair, Step.entry(ENGINE + "store.RejoinSteps", "undo"));
            assertThat(lost).isEqualTo(UNSENT);
            assertThat(pair.master().control().node().getAccounts()).contains("alone");
            killedInRejoin(pair, Step.entry(ENGINE + "server.Rejoin", "become"));
            assertThat(pair.master().control().node().getAccounts()).doesNotContain("alone");
            assertThat(unsentEntries(pair)).hasSize(UNSENT);
        }
        killedInRejoin(pair, Step.entry(ENGINE + "store.RejoinSteps", "becomeSlave"));
        assertThat(unsentEntries(pair)).as("the queue is gone").isEmpty();
        assertThat(pair.masterServer().rejoinList(0, 10)).startsWith(UNSENT + " transactions");
        if (EVERY_STEP) {
            killedInRejoin(pair, new Step(ENGINE + "store.NodeState", "stand", 2));
            assertThat(pair.master().control().node().getEpoch()).isEqualTo(1);
        }
        OperationReceipt rejoined = pair.masterServer().rejoin(true, port, Pair.MASTER, "a test");

        done(rejoined);
        assertThat(rejoined.message()).contains(UNSENT + " transactions, kept in lost+found");
        assertThat(lines(pair.master(), MessageCode.REJOIN_ENTRIES_MISSING.id()))
                .isEmpty();
        assertHasBecomeASlave(pair);
    }

    /** Each attempt but the last ends at its step; what it did up to there is not done again. */
    private void killedInRejoin(Pair pair, Step step) {
        ServerMXBean old = pair.masterServer();
        KillAt.during(pair.master(), step, () -> old.rejoin(true, port, Pair.MASTER, "a test"));
        pair.master().startForDebugger();
        awaitTold(pair);
        assertThat(pair.masterServer().getServerType()).isEqualTo("Master");
        assertExactlyOneIsOpen(pair);
        long now = lostRecords(pair.master()).size();
        assertThat(now).isBetween(lost, (long) UNSENT);
        lost = now;
    }

    private void assertHasBecomeASlave(Pair pair) {
        ServerMXBean slave = pair.masterServer();
        await("it listens", () -> slave.getStatus().equals("Wait incoming call"));
        assertIsASlave(pair);
        OperationReceipt onceMore = slave.rejoin(true, port, Pair.MASTER, "a test");
        done(onceMore);
        assertThat(onceMore.messageId()).isEqualTo(MessageCode.REJOINED_ALREADY.id());
        assertThat(slave.rejoin(true, port + 1, Pair.MASTER, "a test").outcome())
                .isEqualTo(OperationReceipt.Outcome.REFUSED);
        assertExactlyOneIsOpen(pair);
    }

    private void assertIsASlave(Pair pair) {
        assertThat(pair.masterServer().getServerType()).isEqualTo("Slave");
        assertThat(pair.masterServer().getTcpPort()).isEqualTo(port);
        assertThat(pair.master().control().node().getEpoch()).isEqualTo(2);
    }

    private static void awaitTold(Pair pair) {
        await("the old master is told", () -> pair.masterServer().getPromotion().startsWith("superseded"));
    }

    private static List<QueueEntry> unsentEntries(Pair pair) {
        return pair.masterServer().rejoinEntries(0, 1_000);
    }

    private ServerMXBean resyncWithKills(Pair pair) {
        TestNode newMaster = pair.slave();
        done(newMaster.control().node().setup(BACK, "type=master host=127.0.0.1 port=" + port));
        done(newMaster.control().server(BACK).start());
        List<Step> ofTheMaster = List.of(
                new Step(ENGINE + "verify.Repair", "step", 2),
                new Step(ENGINE + "verify.DefinitionsRepair", "step", 2));
        for (Step step : EVERY_STEP ? ofTheMaster : ofTheMaster.subList(0, 1)) {
            VerificationMXBean verification = newMaster.control().verification(BACK);
            KillAt.during(newMaster, step, () -> verification.resync(50, BACK, "a test"));
            newMaster.startForDebugger();
            awaitResynced(newMaster);
            assertExactlyOneIsOpen(pair);
        }
        for (int i = 0; i < ORDERS_SENT; i++) {
            String id = "order " + i;
            newMaster.rest().write(ORDERS, ItemId.of(id), orders.get(id));
        }
        VerificationMXBean verification = newMaster.control().verification(BACK);
        KillAt.during(
                pair.master(),
                new Step(ENGINE + "store.SlaveApplier", "apply", 2),
                () -> verification.resync(50, BACK, "a test"));
        pair.master().start();
        assertIsASlave(pair);
        awaitResynced(newMaster);
        assertExactlyOneIsOpen(pair);
        begun(newMaster.control().verification(BACK).resync(50, BACK, "a test"));
        awaitResynced(newMaster);
        return newMaster.control().server(BACK);
    }

    /** It goes on by itself after a kill. */
    private static void awaitResynced(TestNode newMaster) {
        VerificationMXBean verification = newMaster.control().verification(BACK);
        await("resync", () -> verification.getState().equals("done"));
        assertThat(verification.getFilesDifferent()).as(verification.status()).isZero();
        assertThat(verification.getProvedLsn()).isPositive();
    }

    private static void assertExactlyOneIsOpen(Pair pair) {
        NodeMXBean newMaster = pair.slave().control().node();
        NodeMXBean old = pair.master().control().node();
        assertThat(newMaster.isOpenForUpdates()).isTrue();
        assertThat(old.isOpenForUpdates()).isFalse();
        assertThat(newMaster.getEpoch()).isEqualTo(2);
        assertThat(old.getEpoch()).isBetween(1L, 2L);
    }

    private static void assertNothingIsLostOrTwice(TestNode node) {
        List<LostRecord> records = lostRecords(node);
        long first = records.get(0).transaction();
        assertThat(records)
                .extracting(LostRecord::transaction)
                .containsExactlyElementsOf(
                        LongStream.range(first, first + UNSENT).boxed().toList());
    }

    private static List<LostRecord> lostRecords(TestNode node) {
        return node.control().lostAndFound().list("", 1_000);
    }

    private static void assertImage(TestNode node, FilePath file, Map<String, byte[]> expected) {
        Map<String, byte[]> image = Pair.image(node, file);
        assertThat(image).containsOnlyKeys(new ArrayList<>(expected.keySet()));
        assertThat(image).allSatisfy((id, body) -> assertThat(body).as(id).isEqualTo(expected.get(id)));
    }

    private static void write(TestNode node, FilePath file, String id, String body) {
        node.rest().write(file, ItemId.of(id), text(body));
    }

    private static byte[] text(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static void begun(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.ACCEPTED);
    }

    private static void done(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }
}
