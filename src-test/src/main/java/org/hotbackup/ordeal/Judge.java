package org.hotbackup.ordeal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.LostItem;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.TestNode;

/**
 * Judges a pair at a quiet point: I1 (every answered update is on the master), I4 (what is logged is equal on the slave,
 * or lost+found or the ordeal itself says why not), I6 (every logged transaction has its number and was applied, held or
 * kept) and I9 (the servers say what is so).
 */
final class Judge {

    private static final long PATIENCE_SECONDS = 300;
    private static final long STATUS_SECONDS = 30;
    private static final int MOST_NAMED = 5;
    private static final FilePath JOBS = FilePath.data("dm", "jobs");

    private final Stage stage;
    private final LostAndFoundRecords records = new LostAndFoundRecords();
    private boolean autoCreate = true;
    private boolean uncounted;
    private boolean repaired;
    private boolean definitionsSent;
    private long numberedBefore = -1;
    private long loggedBefore;
    private long perhapsBefore;
    private int removedBefore;
    private long numberedAtStart;
    private int startsBefore = -1;

    Judge(Stage stage) {
        this.stage = stage;
    }

    /** The slave server was just started, and counts what it gets from here on. */
    void counting() {
        numberedAtStart = stage.pair().slaveServer().getAckedTransaction();
        startsBefore = stage.slaveStarts();
    }

    /** How the slave server is set up from now on. */
    void autoCreate(boolean on) {
        autoCreate = on;
    }

    /** Entries that no user made are in the log of this phase: those of a comparison or a repair. */
    void entriesOfOthers() {
        uncounted = true;
    }

    /** What differed before is sent once more in this phase. */
    void repaired() {
        uncounted = true;
        repaired = true;
    }

    /**
     * What makes another slave equal comes to this one as well: a slave that may not create files keeps the D-pointers of
     * those which it lacks in lost+found.
     */
    void definitionsSent() {
        definitionsSent = true;
    }

    /** Both servers were set up anew and count from the beginning. */
    void newPair() {
        numberedBefore = -1;
        removedBefore = removedSoFar();
        repaired();
        stage.slaveStarted();
    }

    /** The old master came back: it is closed, and still has all that it answered (I1). */
    void judgeOldMaster() {
        SortedMap<FilePath, Section> image =
                NodeImage.read(stage.pair().master().rest());
        stage.expectation().with((masterModel, slaveModel) -> {
            judgeMaster(masterModel, image);
            return null;
        });
    }

    /**
     * The promoted slave has all that was answered and logged, but what the old master alone had.
     *
     * @param expected what it must be
     */
    void judgePromoted(SlaveModel expected) {
        TestNode promoted = stage.pair().slave();
        List<LostItem> fresh = fresh();
        judgeLostAndFound(fresh, expected);
        judgeSlave(expected, NodeImage.read(promoted.rest()), new TreeMap<>());
        judgeCorrelatives(expected, fresh);
    }

    /** Something was sent to all slaves to make another one equal: the image is taken as it is, and counted from here on. */
    void sentToAll() {
        if (!awaitQuiet()) {
            return;
        }
        countAnew(Set.of());
        SortedMap<FilePath, Section> image = NodeImage.read(stage.pair().slave().rest());
        stage.expectation().with((master, slave) -> {
            slave.adoptAll(image);
            return null;
        });
    }

    /** The roles were changed, and the images are known: what comes next is counted from here on. */
    void rolesChanged() {
        fresh();
        numberedBefore = stage.pair().masterServer().getAckedTransaction();
        loggedBefore = stage.expectation().logged();
        perhapsBefore = stage.expectation().perhapsLogged();
        removedBefore = removedSoFar();
        stage.slaveStarted();
        stage.excuses().forget();
        stage.expectation().beginUnloggedAnew();
    }

    /**
     * What comes next is counted from here on: the log has entries that no user made.
     *
     * @param homeless sections that they could not create
     */
    void countAnew(Set<FilePath> homeless) {
        fresh().forEach(record -> {
            boolean ofHomeless = !record.updates().isEmpty()
                    && record.updates().stream().map(Update::file).allMatch(homeless::contains);
            boolean ofMissing = !autoCreate && LostAndFoundRecords.redefinesOnly(record);
            if (record.type() != LostAndFoundType.CORRELATIVE_REMOVED && !ofHomeless && !ofMissing) {
                wrong("lost+found has, after a repair: " + record.describe().replace("\n", ", "));
            }
        });
        numberedBefore = stage.pair().masterServer().getAckedTransaction();
        removedBefore = removedSoFar();
    }

    /** Waits until nothing is under way any more; says what is wrong if that does not come. */
    boolean awaitQuiet() {
        ServerMXBean master = stage.pair().masterServer();
        ServerMXBean slave = stage.pair().slaveServer();
        VerificationMXBean verification = stage.pair().master().control().verification(Pair.MASTER);
        if (!Stage.await(PATIENCE_SECONDS, () -> !Audit.AT_WORK.contains(verification.getState()))) {
            wrong("verify does not end: " + verification.status());
            return false;
        }
        if (!Stage.await(PATIENCE_SECONDS, () -> master.getLagTransactions() == 0)) {
            wrong("not acknowledged after " + PATIENCE_SECONDS + " s: " + master.getLagTransactions() + "; "
                    + master.query() + "; " + slave.query() + "; head: " + slave.head());
            return false;
        }
        if (!Stage.await(PATIENCE_SECONDS, () -> slave.getPendingUpdates() == 0)) {
            wrong("pending updates are not applied: " + slave.query());
            return false;
        }
        return awaitHelpers(stage);
    }

    /** Waits until nothing is cleared or resized on the slave any more: only then a D-pointer says its file's modulo. */
    static boolean awaitHelpers(Stage stage) {
        if (!Stage.await(PATIENCE_SECONDS, () -> helpers(stage.pair().slave()).isEmpty())) {
            stage.journal()
                    .violation("helpers do not end: " + helpers(stage.pair().slave()));
            return false;
        }
        return true;
    }

    /** Waits for quiet and judges; to be called while no call of a user is under way. */
    void judge() {
        if (!awaitQuiet()) {
            return;
        }
        Pair pair = stage.pair();
        ServerMXBean master = pair.masterServer();
        ServerMXBean slave = pair.slaveServer();
        judgeServers(master, slave);
        judgeNumbers(master, slave);
        List<LostItem> fresh = fresh();
        SortedMap<FilePath, Section> onMaster = NodeImage.read(pair.master().rest());
        SortedMap<FilePath, Section> onSlave = NodeImage.read(pair.slave().rest());
        stage.expectation().with((masterModel, slaveModel) -> {
            judgeMaster(masterModel, onMaster);
            judgeLostAndFound(fresh, slaveModel);
            judgeSlave(slaveModel, onSlave, onMaster);
            judgeCorrelatives(slaveModel, fresh);
            return null;
        });
        stage.secondSlave().judge(onMaster, repaired);
        repaired = false;
        definitionsSent = false;
        stage.logs().look(pair.master());
        stage.logs().look(pair.slave());
        int items = onSlave.values().stream().mapToInt(s -> s.items().size()).sum();
        stage.journal()
                .say("judged: " + onSlave.size() + " sections and " + items + " items on the slave, transaction "
                        + master.getAckedTransaction() + ", " + fresh.size() + " new in lost+found");
        stage.excuses().forget();
        stage.expectation().beginUnloggedAnew();
    }

    private List<LostItem> fresh() {
        return records.fresh(
                stage.excuses().takeDiscarded(),
                LostAndFoundRecords.all(stage.pair().slave().rest()));
    }

    private int removedSoFar() {
        return stage.expectation().with((master, slave) -> slave.removed().size());
    }

    private void wrong(String text) {
        stage.journal().violation(text);
    }

    /** Helpers of a slave that are still at work. */
    static List<String> helpers(TestNode slave) {
        List<String> running = new ArrayList<>();
        slave.rest().items(JOBS, (id, body) -> {
            DynamicArray job = DynamicArray.of(body);
            if (id.toString().startsWith("hb*") && job.extract(1).equals("r")) {
                running.add(job.extract(4));
            }
        });
        return running;
    }

    private void judgeServers(ServerMXBean master, ServerMXBean slave) {
        if (!Stage.await(STATUS_SECONDS, () -> master.getStatus().equals("Idle"))) {
            wrong("I9: the master has nothing to do and says " + master.getStatus());
        }
        if (!Stage.await(STATUS_SECONDS, () -> slave.getStatus().equals("Reading network"))) {
            wrong("I9: the slave has nothing to do and says " + slave.getStatus());
        }
        if (master.getLagMillis() != 0) {
            wrong("I9: everything is acknowledged and the lag is " + master.getLagMillis() + " ms");
        }
        if (!slave.head().isEmpty()) {
            wrong("I9: everything is acknowledged and the head is " + slave.head());
        }
    }

    private void judgeNumbers(ServerMXBean master, ServerMXBean slave) {
        long numbered = master.getAckedTransaction();
        if (numbered != slave.getAckedTransaction()) {
            wrong("I6: the master's last acknowledged transaction is " + numbered + ", the slave's "
                    + slave.getAckedTransaction());
        }
        long logged = stage.expectation().logged() - loggedBefore;
        long most = logged + stage.expectation().perhapsLogged() - perhapsBefore;
        long more = numbered - numberedBefore;
        if (numberedBefore >= 0 && (more < logged || more > most && !uncounted)) {
            wrong("I6: " + logged + " to " + most + " transactions were logged, but " + more + " got a number");
        }
        long performed = slave.getAppliedTotal() + slave.getLostAndFoundTotal();
        if (stage.slaveStarts() == startsBefore && performed != numbered - numberedAtStart) {
            wrong("I6: the slave says that it applied " + slave.getAppliedTotal() + " and lost "
                    + slave.getLostAndFoundTotal() + " of " + (numbered - numberedAtStart) + " transactions");
        }
        numberedBefore = numbered;
        loggedBefore = stage.expectation().logged();
        perhapsBefore = stage.expectation().perhapsLogged();
        uncounted = false;
    }

    private void judgeMaster(ImageModel model, SortedMap<FilePath, Section> image) {
        for (FilePath path : Comparison.both(model.sections(), image)) {
            Section expected = model.sections().get(path);
            Section real = image.get(path);
            if (expected == null || real == null) {
                wrong("I1: " + path + (real == null ? " is not" : " is") + " on the master");
            } else if (!Comparison.isSame(expected.pointer(), real.pointer(), true)) {
                wrong("I1: the D-pointer of " + path + " is " + Comparison.shown(real.pointer()) + " instead of "
                        + Comparison.shown(expected.pointer()));
            }
            if (expected != null && real != null) {
                Comparison.differences(expected, real).stream()
                        .limit(MOST_NAMED)
                        .forEach(id -> wrong("I1: master: " + Comparison.shown(path, id, expected, real)));
            }
        }
    }

    private void judgeLostAndFound(List<LostItem> fresh, SlaveModel model) {
        for (LostItem record : fresh) {
            if (definitionsSent && !autoCreate && LostAndFoundRecords.redefinesOnly(record)) {
                continue;
            }
            boolean known = stage.excuses().wasSetAside(record.transaction());
            for (Update update : record.updates()) {
                FilePath path = update.file();
                known |= stage.excuses().touches(path)
                        || !autoCreate && (model.guessed().contains(path) || ofGuessedAccount(model, path));
            }
            boolean ofModel =
                    switch (record.type()) {
                        case CORRELATIVE_REMOVED -> true;
                        case DPOINTER_IN_THE_WAY, ACCOUNT_NAME_IN_THE_WAY -> stage.excuses()
                                .wasInTheWay();
                        default -> known;
                    };
            if (!ofModel) {
                wrong("lost+found has, for no reason: " + record.describe().replace("\n", ", ") + " of "
                        + record.updates().stream().map(Update::file).distinct().toList());
            }
            record.updates().forEach(update -> stage.excuses().lost(update, model.guessed()));
        }
    }

    private static boolean ofGuessedAccount(SlaveModel model, FilePath path) {
        return model.guessed().contains(FilePath.masterDictionary(path.account()));
    }

    private void judgeSlave(
            SlaveModel model, SortedMap<FilePath, Section> image, SortedMap<FilePath, Section> onMaster) {
        for (FilePath path : Comparison.both(model.sections(), image)) {
            boolean absent = !image.containsKey(path) && stage.excuses().excusesAbsence(path, model);
            if (!stage.excuses().excuses(path) && !absent) {
                judgeSection(path, model.sections().get(path), image.get(path), onMaster.get(path));
            }
        }
        model.adoptAll(image);
        model.guessed().clear();
    }

    /** After a repair in the midst of the work the slave may have more of what the master has than was sent before. */
    private void judgeSection(FilePath path, Section expected, Section real, Section onMaster) {
        boolean logged =
                onMaster != null && onMaster.isLogged(stage.expectation().isLoggingAllFiles());
        // what is not logged may have gone with a dictionary or an account that was made anew, or as what only the
        // slave had
        Excuses unlogged = stage.expectation().unlogged();
        boolean mended = repaired && (unlogged.excuses(path) || (real == null ? !logged : onMaster != null));
        if (expected == null || real == null) {
            if (!mended && expected != real) {
                wrong("I4: " + path + (real == null ? " is not" : " is") + " on the slave, and nothing says why");
            }
            return;
        }
        boolean targetsMayDiffer = repaired || stage.excuses().touchesAccount(path.account());
        if (!repaired && !Comparison.isSame(expected.pointer(), real.pointer(), !targetsMayDiffer)) {
            wrong("I4: the D-pointer of " + path + " on the slave is " + Comparison.shown(real.pointer())
                    + " instead of " + Comparison.shown(expected.pointer()));
        }
        Comparison.differences(expected, real).stream()
                .filter(id -> !stage.excuses().excuses(path, id))
                .filter(id -> !repaired || !unlogged.excuses(path, id))
                .filter(id -> !repaired
                        || onMaster == null
                        || !Objects.equals(
                                onMaster.items().get(id), real.items().get(id)))
                .limit(MOST_NAMED)
                .forEach(id -> wrong("I4: slave: " + Comparison.shown(path, id, expected, real)));
    }

    /** Each correlative that was removed is in lost+found (HB-031, HB-032). */
    private void judgeCorrelatives(SlaveModel model, List<LostItem> fresh) {
        List<String> kept = new ArrayList<>();
        fresh.stream()
                .filter(record -> record.type() == LostAndFoundType.CORRELATIVE_REMOVED)
                .forEach(record -> kept.add(record.message()));
        for (SlaveModel.Removed removed :
                model.removed().subList(removedBefore, model.removed().size())) {
            String message = MessageCode.CORRELATIVE_REMOVED.text(removed.correlative(), removed.file());
            if (!stage.excuses().touches(removed.file()) && !kept.remove(message)) {
                wrong("HB-031: '" + removed.correlative() + "' of " + removed.file() + " is not in lost+found");
            }
        }
        removedBefore = model.removed().size();
    }
}
