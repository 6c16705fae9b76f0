package org.hotbackup.ordeal;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.LostItem;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.FaultProxy;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;

/**
 * A further node that nobody else touches, a slave beside the first one or behind it in a cascade: whatever becomes of it, it
 * holds nobody up, and at a quiet point its image is what the node that it follows has logged.
 */
final class SecondSlave implements AutoCloseable {

    /** The server on the node that it follows. */
    static final String ITS_MASTER = "tofar";

    /** The server on this node. */
    static final String OWN = "far";

    private static final long PATIENCE_SECONDS = 300;
    private static final long STATUS_SECONDS = 60;
    private static final int MOST_NAMED = 5;

    private final TestNode node;
    private final int port;
    private final FaultProxy line;
    private final LostAndFoundRecords records = new LostAndFoundRecords();
    private Stage stage;
    private TestNode followed;
    private boolean behind;
    private int cascadesJudged;
    private boolean away;

    /** Makes its node. */
    SecondSlave(Path folder, StoreKind kind, Path war) {
        node = TestNode.create(new NodeHomes(folder), OWN, kind);
        node.runs(war);
        port = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort()));
        line = FaultProxy.ofFrames(port, Set.of(port));
    }

    /** Starts its node for the first time. */
    void launch() {
        node.start();
    }

    /** Whom it belongs to. */
    void begin(Stage ofAll) {
        stage = ofAll;
    }

    /**
     * Lets it follow the master, beside the first slave, or that, behind it; nothing is under way. At first all are empty.
     *
     * @return whether it had to be set up anew and made equal
     */
    boolean place(boolean behindTheFirst) {
        TestNode next = behindTheFirst ? stage.pair().slave() : stage.pair().master();
        boolean first = followed == null;
        boolean moved = !first && !next.equals(followed);
        behind = behindTheFirst;
        stage.expectation().cascade(behind);
        if (first) {
            followed = next;
            setUp();
        } else if (moved) {
            setUpAnew(next);
        }
        return moved;
    }

    /** The node whose log it gets. */
    TestNode followed() {
        return followed;
    }

    /** Whether it is behind the first slave. */
    boolean isBehind() {
        return behind;
    }

    /** How often it was judged while it was behind the first slave. */
    int cascadesJudged() {
        return cascadesJudged;
    }

    /** The slave that it was behind was promoted: it follows the same node, which is the master now. */
    void besideNow() {
        behind = false;
        stage.expectation().cascade(false);
    }

    TestNode node() {
        return node;
    }

    FaultProxy line() {
        return line;
    }

    ServerMXBean server() {
        return node.control().server(OWN);
    }

    private ServerMXBean masterServer() {
        return followed.control().server(ITS_MASTER);
    }

    private void setUp() {
        stage.done(node.control().node().setup(OWN, "type=slave insecure=on port=" + port));
        stage.done(followed.control()
                .node()
                .setup(ITS_MASTER, "type=master insecure=on host=127.0.0.1 port=" + line.port()));
        stage.done(server().start());
        stage.done(masterServer().start());
    }

    /** From now on its node is down, until it is mended. */
    void kill() {
        node.kill();
        away = true;
    }

    void start() {
        stage.logs().lookBeforeStart(node);
        node.start();
        away = false;
    }

    /** Whatever was done to it is over. */
    void mend() {
        line.mend();
        if (away) {
            start();
        }
        if (!server().isRunning()) {
            stage.done(server().start());
        }
        if (!server().isApplyingUpdates()) {
            stage.done(server().startApplying());
        }
    }

    /**
     * Waits until it has everything and judges it; to be called while no call of a user is under way.
     *
     * @param onMaster the pair's master's image
     * @param repaired whether something was sent once more, to all slaves, because the other one differed
     */
    void judge(SortedMap<FilePath, Section> onMaster, boolean repaired) {
        if (!awaitQuiet()) {
            return;
        }
        judgeServers();
        for (LostItem record : records.fresh(List.of(), LostAndFoundRecords.all(node.rest()))) {
            boolean inTheWay = record.type() == LostAndFoundType.DPOINTER_IN_THE_WAY
                    && stage.excuses().wasInTheWay();
            if (record.type() != LostAndFoundType.CORRELATIVE_REMOVED && !inTheWay) {
                wrong("lost+found has, for no reason: " + record.describe().replace("\n", ", "));
            }
        }
        SortedMap<FilePath, Section> image = NodeImage.read(node.rest());
        List<LoggedImage> way = repaired ? wayOfRepair(onMaster) : List.of();
        stage.expectation().withSecondSlave(model -> {
            for (FilePath path : Comparison.both(model.sections(), image)) {
                if (behind && !image.containsKey(path) && stage.excuses().excusesAbsence(path, model)) {
                    continue;
                }
                Optional<Section> there = repaired ? Optional.ofNullable(onMaster.get(path)) : Optional.empty();
                judgeSection(path, model.sections().get(path), image.get(path), there, way);
            }
            model.adoptAll(image);
            model.guessed().clear();
            return null;
        });
        cascadesJudged += behind ? 1 : 0;
        stage.logs().look(node);
        stage.journal()
                .say("judged: " + image.size() + " sections on the second slave, transaction "
                        + masterServer().getAckedTransaction() + " of "
                        + followed.home().name() + (behind ? ", a cascade" : ""));
    }

    /** The nodes that a repair comes from and goes through: behind the first slave that gets it first, and logs by its own mode. */
    private List<LoggedImage> wayOfRepair(SortedMap<FilePath, Section> onMaster) {
        LoggedImage master = new LoggedImage(onMaster, stage.expectation().isLoggingAllFiles());
        return behind ? List.of(master, LoggedImage.of(followed)) : List.of(master);
    }

    private void judgeSection(
            FilePath path, Section expected, Section real, Optional<Section> onMaster, List<LoggedImage> way) {
        boolean repaired = !way.isEmpty();
        if (behind && stage.excuses().excuses(path)) {
            // the slave before it passed on what was done to it
            return;
        }
        if (!way.stream().allMatch(passing -> passing.logs(path))) {
            // what it had of it may have gone with a dictionary or an account that was made anew
            return;
        }
        if (expected == null || real == null) {
            if (expected != real && !(repaired && real != null)) {
                wrong("I4: " + path + (real == null ? " is not" : " is") + " there, and nothing says why");
            }
            return;
        }
        boolean targetsMayDiffer = behind && stage.excuses().touchesAccount(path.account());
        if (!repaired && !Comparison.isSame(expected.pointer(), real.pointer(), !targetsMayDiffer)) {
            wrong("I4: the D-pointer of " + path + " is " + Comparison.shown(real.pointer()) + " instead of "
                    + Comparison.shown(expected.pointer()));
        }
        Comparison.differences(expected, real).stream()
                .filter(id -> !behind || !stage.excuses().excuses(path, id))
                .filter(id -> !repaired || !stage.expectation().unlogged().excuses(path, id))
                .filter(id -> onMaster.isEmpty() || !isMended(id, real, onMaster.get()))
                .limit(MOST_NAMED)
                .forEach(id -> wrong("I4: " + Comparison.shown(path, id, expected, real)));
    }

    private static boolean isMended(ItemId id, Section real, Section onMaster) {
        return Objects.equals(onMaster.compared(id), real.compared(id))
                || Objects.equals(onMaster.items().get(id), real.items().get(id));
    }

    private void judgeServers() {
        ServerMXBean master = masterServer();
        if (!Stage.await(STATUS_SECONDS, () -> master.getStatus().equals("Idle"))) {
            wrong("I9: its master server has nothing to do and says " + master.getStatus());
        }
        if (!Stage.await(STATUS_SECONDS, () -> server().getStatus().equals("Reading network"))) {
            wrong("I9: it has nothing to do and says " + server().getStatus());
        }
        if (master.getAckedTransaction() != server().getAckedTransaction()) {
            wrong("I6: the last transaction acknowledged to its master is " + master.getAckedTransaction()
                    + ", its own " + server().getAckedTransaction());
        }
    }

    private boolean awaitQuiet() {
        if (!Stage.await(PATIENCE_SECONDS, () -> masterServer().getLagTransactions() == 0)) {
            wrong("not acknowledged after " + PATIENCE_SECONDS + " s: "
                    + masterServer().getLagTransactions() + "; "
                    + masterServer().status(5) + "; "
                    + server().status(5) + "; head: " + server().head());
            return false;
        }
        if (!Stage.await(PATIENCE_SECONDS, () -> Judge.helpers(node).isEmpty())) {
            wrong("helpers do not end: " + Judge.helpers(node));
            return false;
        }
        return true;
    }

    private void wrong(String text) {
        stage.journal().violation("second slave: " + text);
    }

    /**
     * After a gap in the log, or behind another node, it is set up anew and made equal; nobody else writes.
     *
     * @param next the node that it follows from now on
     */
    void setUpAnew(TestNode next) {
        mend();
        if (masterServer().isRunning()) {
            stage.done(masterServer().stop(ITS_MASTER));
        }
        stage.done(server().stop(OWN));
        stage.done(followed.control().node().deleteServer(ITS_MASTER, ITS_MASTER, "a test"));
        stage.done(node.control().node().deleteServer(OWN, OWN, "a test"));
        followed = next;
        setUp();
        VerificationMXBean verification = followed.control().verification(ITS_MASTER);
        stage.done(verification.resync(100, ITS_MASTER, "a test"));
        if (!Stage.await(PATIENCE_SECONDS, () -> verification.getState().equals("done"))) {
            wrong("resync does not end: " + verification.status());
        } else if (awaitQuiet()) {
            judgeEqual(verification);
        }
    }

    private void judgeEqual(VerificationMXBean verification) {
        SortedMap<FilePath, Section> image = NodeImage.read(node.rest());
        LoggedDifferences left = LoggedDifferences.between(
                NodeImage.read(followed.rest()), image, RoleSwitch.isLoggingAllFiles(followed));
        if (!left.isEmpty()) {
            wrong("resync left differences: " + left + "; " + verification.status());
        }
        records.fresh(List.of(), LostAndFoundRecords.all(node.rest()));
        stage.expectation().withSecondSlave(model -> {
            model.adoptAll(image);
            model.guessed().clear();
            return null;
        });
    }

    @Override
    public void close() {
        line.close();
        node.close();
    }
}
