package org.hotbackup.ordeal;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.apply.LostItem;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.TestNode;

/**
 * Master and slave change their roles, as planned or because the master died, and everything goes on in the other
 * direction: what was answered and logged is in the new master's image or in lost+found of the old one, which is told, is
 * closed, comes back as the slave, and is equal then.
 */
final class RoleSwitch {

    /** Whether and why the roles change. */
    enum Way {
        NONE,
        /** An operator closes the master, lets the slave have everything, and promotes it. */
        PLANNED,
        /** The master dies with what the slave does not have. */
        UNPLANNED
    }

    private static final long PATIENCE_SECONDS = 300;
    private static final long TOLD_SECONDS = 120;
    private static final int MOST_MILLIS = 4000;
    private static final int PAGE = 1000;
    private static final int KILLS = 4;
    private static final int MOST_RESYNC_MILLIS = 3000;
    private static final String REASON = "the ordeal asks for it";

    private static final ItemId SWITCHED = ItemId.of("roles were changed");

    private final Stage stage;
    private final Judge judge;
    private final NewPairActions newPair;
    private final LostAndFoundActions lostAndFound;

    RoleSwitch(Stage stage, Judge judge, NewPairActions newPair, LostAndFoundActions lostAndFound) {
        this.stage = stage;
        this.judge = judge;
        this.newPair = newPair;
        this.lostAndFound = lostAndFound;
    }

    /** To be called while the images are known and users work; goes on in the other direction. */
    void perform(Way way, Random random) {
        stage.secondSlave().mend();
        stage.quietly(() -> {
            stage.pair().awaitAcknowledged(PATIENCE_SECONDS);
            stage.expectation().mark();
        });
        if (way == Way.PLANNED) {
            Stage.pause(random.nextInt(MOST_MILLIS));
            handOver();
        } else {
            loseMaster(random);
        }
        awaitTold();
        stage.quietly(() -> goOnTheOtherWay(way, random));
    }

    private void handOver() {
        Pair pair = stage.pair();
        String name = pair.master().home().name();
        stage.done(pair.master().control().node().closeForUpdates(name, REASON));
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        stage.done(pair.masterServer().stop(Pair.MASTER));
        promote();
        stage.done(pair.masterServer().start());
    }

    private void loseMaster(Random random) {
        Pair pair = stage.pair();
        // not the first bit, which is the same for all small seeds
        if (random.nextInt(3) > 0) {
            pair.line().cut();
        }
        Stage.pause(random.nextInt(MOST_MILLIS));
        pair.master().kill();
        promote();
        pair.line().mend();
        stage.start(pair.master());
    }

    private void promote() {
        ServerMXBean slave = stage.pair().slaveServer();
        Stage.await(TOLD_SECONDS, () -> !slave.getStatus().equals("Reading network"));
        stage.done(slave.promote("", stage.pair().slaveName(), REASON));
        if (!Stage.await(PATIENCE_SECONDS, () -> slave.getPromotion().startsWith("promoted in epoch"))) {
            stage.journal().violation("not promoted: " + slave.getPromotion() + "; " + slave.status(5));
        }
        stage.journal().say("  " + slave.getPromotion());
    }

    /** The old master is refused when it comes back, and takes no updates any more (I7). */
    private void awaitTold() {
        Pair pair = stage.pair();
        if (!Stage.await(TOLD_SECONDS, () -> pair.masterServer().getPromotion().startsWith("superseded"))) {
            stage.journal()
                    .violation("I7: the old master is not told: "
                            + pair.masterServer().status(10) + "; "
                            + pair.slaveServer().status(10));
        }
        if (pair.master().control().node().isOpenForUpdates()) {
            stage.journal().violation("I7: the old master is open for updates");
        }
    }

    private void goOnTheOtherWay(Way way, Random random) {
        Pair pair = stage.pair();
        TestNode old = pair.master();
        judge.judgeOldMaster();
        judgeRefusal(old);
        int listed = pair.masterServer().rejoinEntries(0, PAGE).size();
        int port = Ports.free(Set.of(pair.slavePort(), pair.line().port()));
        stage.done(pair.masterServer().rejoin(true, port, Pair.MASTER, "a test"));
        List<LostItem> kept = LostAndFoundRecords.all(old.rest()).stream()
                .filter(record -> record.message().startsWith("rejoin: "))
                .toList();
        judgeUnsent(way, listed, kept);

        String promoted = pair.slaveName();
        stage.done(pair.slaveServer().stop(promoted));
        stage.done(pair.slave().control().node().deleteServer(promoted, promoted, "a test"));
        lostAndFound.empty();
        pair.changeRoles(port);
        stage.moveUsers();
        stage.done(old.control().node().openForUpdates(old.home().name(), REASON));
        stage.done(pair.slaveServer().stop(pair.slaveName()));
        newPair.setUpSlave(newPair.isAutoCreate(), false);
        connect(random);
        if (!pair.master().equals(stage.secondSlave().followed())) {
            stage.secondSlave().setUpAnew(pair.master());
        }
        pair.awaitAcknowledged(PATIENCE_SECONDS);
        adopt(kept);
    }

    /** Whatever is asked of the old master, it is not done (I7). */
    private void judgeRefusal(TestNode old) {
        try {
            old.rest().write(UserMoves.SHARED, SWITCHED, new byte[] {'x'});
            stage.journal().violation("I7: the old master takes updates");
        } catch (RestRefusal e) {
            if (!e.code().equals(User.CLOSED)) {
                stage.journal().violation("I7: the old master does not say that it is closed: " + e.getMessage());
            }
        }
    }

    /** What was answered is on the new master, or in lost+found of the old one, and nothing is in both. */
    private void judgeUnsent(Way way, int listed, List<LostItem> kept) {
        if (listed < PAGE && listed != kept.size()) {
            stage.journal().violation("rejoin lists " + listed + " transactions and keeps " + kept.size());
        }
        if (way == Way.PLANNED && !kept.isEmpty()) {
            stage.journal().violation("a planned change of roles lost " + kept.size() + " transactions");
        }
        List<List<Update>> unsent = kept.stream().map(LostItem::updates).toList();
        int[] unknown = {0};
        SlaveModel expected = stage.expectation().slaveWithout(unsent, updates -> {
            unknown[0]++;
            stage.journal()
                    .say("  nobody was answered " + updates.get(0).getClass().getSimpleName() + " of "
                            + updates.get(0).file());
        });
        long most = stage.expectation().perhapsSinceMark();
        if (unknown[0] > most) {
            stage.journal()
                    .violation("rejoin kept " + unknown[0] + " transactions that are none of what was answered or may"
                            + " have been done, " + most);
        }
        stage.journal().say("  " + kept.size() + " transactions were on the old master only");
        judge.judgePromoted(expected);
        SecondSlave second = stage.secondSlave();
        if (second.isBehind()) {
            second.judge(new TreeMap<>(), false);
            second.besideNow();
        }
    }

    /** How a node logs. */
    static boolean isLoggingAllFiles(TestNode node) {
        return node.control().transactionLogQueue().getLogMode().equals("ALL");
    }

    private void connect(Random random) {
        Pair pair = stage.pair();
        stage.done(pair.slaveServer().start());
        stage.done(pair.master()
                .control()
                .node()
                .setup(
                        Pair.MASTER,
                        "type=master insecure=on host=127.0.0.1 port="
                                + pair.line().port()));
        stage.done(pair.masterServer().start());
        stage.done(pair.master().control().verification(Pair.MASTER).resync(100, Pair.MASTER, "a test"));
        if (random.nextInt(KILLS) == 0) {
            TestNode killed = random.nextBoolean() ? pair.master() : pair.slave();
            stage.journal().say("  kill " + killed.home().name() + " during the resync");
            Stage.pause(random.nextInt(MOST_RESYNC_MILLIS));
            stage.killAndStart(killed);
        }
        VerificationMXBean verification = pair.master().control().verification(Pair.MASTER);
        if (!Stage.await(PATIENCE_SECONDS, () -> verification.getState().equals("done"))) {
            stage.journal().violation("resync does not end: " + verification.status());
        }
    }

    private void adopt(List<LostItem> kept) {
        Pair pair = stage.pair();
        if (!judge.awaitQuiet()) {
            return;
        }
        SortedMap<FilePath, Section> onMaster = NodeImage.read(pair.master().rest());
        SortedMap<FilePath, Section> onSlave = NodeImage.read(pair.slave().rest());
        boolean all = isLoggingAllFiles(pair.master());
        LoggedDifferences left = LoggedDifferences.between(onMaster, onSlave, all);
        if (!left.isEmpty()) {
            stage.journal().violation("resync left differences: " + left);
        }
        onMaster.forEach((path, section) -> {
            Section same = onSlave.get(path);
            // how an account is defined cannot be changed, and so is not sent
            if (same != null
                    && path.level() != FilePath.Level.MASTER_DICTIONARY
                    && section.isLogged(all)
                    && !Comparison.isSame(section.pointer(), same.pointer(), false)) {
                stage.journal()
                        .violation("resync left the D-pointer of " + path + " as " + same.pointer() + " instead of "
                                + section.pointer());
            }
        });
        List<LostItem> there = LostAndFoundRecords.all(pair.slave().rest());
        if (!there.stream()
                .map(LostItem::id)
                .toList()
                .containsAll(kept.stream().map(LostItem::id).toList())) {
            stage.journal().violation("what the old master alone had is not in its lost+found any more");
        }
        stage.expectation().rolesChanged(onMaster, onSlave, all);
        stage.secondSlave().judge(onMaster, true);
        lostAndFound.empty();
        judge.rolesChanged();
        long before = stage.operator().answered();
        stage.operator().perform(List.of(new Update.ItemWritten(UserMoves.SHARED, SWITCHED, new byte[] {'x'})), false);
        if (stage.operator().answered() == before) {
            stage.journal().violation("the new master takes no updates");
        }
    }
}
