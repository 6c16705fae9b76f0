package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.hotbackup.apply.DelayedUpdates;
import org.hotbackup.apply.Helper;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.apply.HelperTasks;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.LostItem;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.Overtaken;
import org.hotbackup.apply.Replay;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.apply.Transaction;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.RangeChecked;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.ApplyBlockedException;
import org.hotbackup.replication.ApplyBlockedException.Cause;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.replication.Sources;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.verify.CheckNumbers;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.CheckReport.Finding;

/**
 * The slave's database: the real rules of applying over a database in memory. One atomic, durable change for effects and
 * position, unless it is broken on purpose.
 */
final class SlaveStore implements Applier {

    private static final String SERVER = "fromprod";

    private final World world;
    private final SimulatedNetwork network;
    private final SimulatedSlave slave;
    private final Truth truth;
    private final Breakage breakage;
    private final DelayedUpdates delayed = new DelayedUpdates(SERVER);
    private SlaveBatch.Rules rules;
    /** The log for this node's own slaves, if it logs what it performs (HB-015). */
    private final Optional<SimulatedLog> log;

    private final OpenedFiles opened = new OpenedFiles();
    private BooleanSupplier oneAtATime = () -> false;
    private String masterServer = "";
    private HelperTasks tasks = new HelperTasks();
    private Overtaken overtaken = new Overtaken();
    private SlaveDisk disk;
    private SlaveDisk beforeLastCommit;
    private long lastCommitAt;
    private long blockedUntil;
    /** The next commit comes after a long wait: what its failure meets is another one than after a short wait. */
    private boolean justBlocked;

    private Optional<Position> previousPosition = Optional.empty();
    private boolean restarted;

    SlaveStore(
            World world,
            SimulatedNetwork network,
            SimulatedSlave slave,
            Truth truth,
            Breakage breakage,
            boolean autoCreate,
            Optional<SimulatedLog> log) {
        this.world = world;
        this.network = network;
        this.slave = slave;
        this.truth = truth;
        this.breakage = breakage;
        this.log = log;
        rules = new SlaveBatch.Rules(
                SERVER,
                autoCreate,
                log.isPresent(),
                file -> breakage != Breakage.SYSTEM_FILES_TOUCHED && !Files.isOfUsers(file));
        disk = emptyDisk();
    }

    SlaveDisk disk() {
        return disk;
    }

    /** Which transactions have to come one at a time: while traces are on. */
    void oneAtATimeWhile(BooleanSupplier tracing) {
        oneAtATime = tracing;
    }

    /** A database with nothing but the files that are there at the beginning. */
    SlaveDisk emptyDisk() {
        return diskOf(Files.atTheBeginning(), 0);
    }

    /** A database that was restored from a copy of the master's, complete up to an LSN. */
    SlaveDisk diskOf(Image image, long definedAtLsn) {
        return new SlaveDisk(world, SimulatedImage.of(image, world, breakage), image.copy(), definedAtLsn);
    }

    void restore(SlaveDisk copy) {
        Sources ofLog = disk.sources();
        disk = copy.copy();
        disk.sources(ofLog);
        recall();
    }

    void block(long millis) {
        blockedUntil = world.now() + millis;
        world.count("periods in which the slave cannot apply");
    }

    boolean isBlocked() {
        return world.now() < blockedUntil;
    }

    void crash() {
        boolean undurable = breakage == Breakage.COMMIT_NOT_DURABLE && beforeLastCommit != null;
        if (undurable && world.now() - lastCommitAt < 1_000) {
            disk = beforeLastCommit;
        }
        tasks.all().forEach(task -> world.count("crashes of a slave while a helper is " + task.phase()));
        if (disk.image().delayed() > 0) {
            world.count("crashes of a slave with delayed updates");
        }
        if (breakage == Breakage.UPSTREAM_FORGOTTEN) {
            disk.sources(Sources.NONE);
        }
        beforeLastCommit = null;
        restarted = true;
        recall();
        if (breakage == Breakage.HELPERS_FORGOTTEN) {
            tasks = new HelperTasks();
        }
    }

    /** What is in memory only is read from the disk again. */
    private void recall() {
        tasks = new HelperTasks();
        tasks.load(disk.image());
        overtaken = new Overtaken();
        overtaken.load(disk.image());
    }

    /** Whether nothing waits to be applied and no helper is at work. */
    boolean isQuiet() {
        return disk.image().delayed() == 0 && tasks.all().isEmpty();
    }

    @Override
    public void calledBy(String server) {
        masterServer = server;
    }

    @Override
    public boolean receives(List<String> nodeIds, boolean nothingWaits) {
        Sources now =
                disk.sources().receiving(nodeIds, nothingWaits && disk.image().delayed() == 0);
        boolean changes = !now.equals(disk.sources());
        disk.sources(now);
        return changes;
    }

    boolean logsUpdates() {
        return rules.logSlaveUpdate();
    }

    /** Log slave update is on from now on, or off; while the slave server does not run. */
    void logUpdates(boolean on) {
        rules = new SlaveBatch.Rules(rules.server(), rules.autoCreate(), on, rules.untouchable());
    }

    private boolean isAsked(long number) {
        return breakage == Breakage.ANSWERS_FOR_OTHERS
                || masterServer.isEmpty()
                || CheckNumbers.isFor(masterServer, number);
    }

    @Override
    public Optional<Position> position() {
        if (world.trouble(20, "positions that could not be read")) {
            throw new IllegalStateException("the position cannot be read");
        }
        if (breakage != Breakage.HELPERS_FORGOTTEN) {
            recall();
        }
        return breakage == Breakage.POSITION_FORGOTTEN && restarted ? previousPosition : disk.position();
    }

    @Override
    public long pending() {
        return breakage == Breakage.DELAYED_OVERTAKEN && world.oneIn(3)
                ? 0
                : disk.image().delayed();
    }

    @Override
    public Outcome apply(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException {
        check(
                transactions.size() == 1 || !oneAtATime.getAsBoolean(),
                "HB-033",
                "%d transactions at a time while traces are on",
                transactions.size());
        return inTransaction(Optional.of(position), (change, batch) -> {
            int lost = 0;
            for (ReceivedTransaction transaction : inOrder(transactions)) {
                change.accept(truth, transaction);
                lost += perform(change, batch, transaction, false) ? 0 : 1;
            }
            return new Outcome(transactions.size() - lost, 0, lost, Optional.empty(), batch.reports());
        });
    }

    @Override
    public Outcome delay(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException {
        world.count("batches delayed");
        return inTransaction(Optional.of(position), (change, batch) -> {
            transactions.forEach(transaction -> change.accept(truth, transaction));
            delayed.add(change.image(), transactions);
            return new Outcome(0, transactions.size(), 0, Optional.empty(), postponed(transactions));
        });
    }

    /** As the real one: a check that is delayed finds nothing that could be compared with the master now. */
    private List<CheckReport> postponed(List<ReceivedTransaction> transactions) {
        return transactions.stream()
                .flatMap(transaction -> Transaction.decode(transaction).updates().stream())
                .filter(RangeChecked.class::isInstance)
                .map(update -> ((RangeChecked) update).check().number())
                .filter(this::isAsked)
                .map(number -> CheckReport.of(number, Finding.NOT_SETTLED))
                .toList();
    }

    @Override
    public Optional<ReceivedTransaction> firstDelayed() {
        return delayed.first(disk.image(), 1).stream().findFirst();
    }

    @Override
    public Outcome setAsideDelayed(ReceivedTransaction blocked, String reason) throws ApplyBlockedException {
        Outcome outcome = inTransaction(Optional.empty(), (change, batch) -> {
            if (delayed.first(change.image(), 1).stream().noneMatch(first -> first.number() == blocked.number())) {
                return Outcome.NOTHING;
            }
            change.tamper();
            batch.setAside(LostAndFoundType.DELAYED, Transaction.decode(blocked), reason);
            delayed.remove(change.image(), List.of(blocked));
            return new Outcome(0, 0, 1, Optional.empty());
        });
        world.count("delayed transactions set aside");
        return outcome;
    }

    @Override
    public Outcome applyDelayed(int most) throws ApplyBlockedException {
        return inTransaction(Optional.empty(), (change, batch) -> {
            List<ReceivedTransaction> first = delayed.first(change.image(), Math.min(most, world.between(1, 6)));
            int lost = 0;
            for (ReceivedTransaction transaction : first) {
                lost += perform(change, batch, transaction, true) ? 0 : 1;
            }
            delayed.remove(change.image(), first);
            world.count("delayed updates applied");
            return new Outcome(first.size() - lost, 0, lost, Optional.empty());
        });
    }

    @Override
    public Outcome setAside(ReceivedTransaction transaction, Cause why, String reason, Position position)
            throws ApplyBlockedException {
        LostAndFoundType type = why == Cause.LOCK ? LostAndFoundType.TIME_OUT : LostAndFoundType.SERVER_RESET;
        Outcome outcome = inTransaction(Optional.of(position), (change, batch) -> {
            change.accept(truth, transaction);
            change.tamper();
            batch.setAside(type, Transaction.decode(transaction), reason);
            return new Outcome(0, 0, 1, Optional.empty());
        });
        world.count("transactions set aside");
        return outcome;
    }

    int helpersLeft() {
        return tasks.all().size();
    }

    /** Lets every helper do a step; each may die in it. */
    void helpersStep() {
        for (HelperTask task : tasks.all()) {
            if (world.trouble(10, "helpers that died while " + task.phase())) {
                continue;
            }
            SlaveDisk change = disk.copy();
            HelperTasks.Changes changes = tasks.change();
            Helper.step(task.file(), change.image(), changes, now());
            if (world.trouble(50, "crashes in a helper's step")) {
                throw new Crash(slave);
            }
            disk = change;
            changes.commit();
            checkDisk();
        }
    }

    /** An operator replays a record of lost+found; or is told why not, and nothing is changed. */
    void replay(ItemId id) {
        SlaveDisk change = disk.copy();
        HelperTasks.Changes changes = tasks.change();
        Overtaken.Changes overtakes = overtaken.change();
        SlaveBatch batch = batch(change, changes, overtakes);
        LostItem record =
                LostItem.of(id, change.image().of(SlaveFiles.LOST_AND_FOUND).get(id));
        List<Update> left;
        try {
            Replay replay = new Replay(id, change.image());
            left = replay.transaction().updates();
            replay.difference(change.image());
            replay.perform(batch, change.image());
            Replay.remove(id, change.image());
        } catch (Refusal e) {
            world.count("replays refused: " + e.code());
            return;
        }
        batch.finish();
        checkLeft(record, left);
        change.performed(left, record.transaction());
        change.tamper();
        if (!commit(change, changes)) {
            recall();
        }
        world.count("records replayed");
        if (left.size() < record.updates().size()) {
            world.count("updates that were overtaken");
        }
    }

    /** What a replay leaves alone was touched by somebody younger, and nothing else was. */
    private void checkLeft(LostItem record, List<Update> left) {
        List<String> expected = record.updates().stream()
                .filter(update -> !(update instanceof RangeChecked))
                .filter(update -> !disk.order().isOvertaken(update, record.transaction()))
                .map(SlaveStore::describe)
                .toList();
        List<String> really = left.stream().map(SlaveStore::describe).toList();
        check(
                really.equals(expected),
                "I3",
                "of transaction %d %s is replayed, not %s",
                record.transaction(),
                really,
                expected);
    }

    private static String describe(Update update) {
        String what = update.getClass().getSimpleName() + " " + update.file();
        if (update instanceof Update.ItemWritten written) {
            return what + " " + written.id();
        }
        return update instanceof Update.ItemDeleted deleted ? what + " " + deleted.id() : what;
    }

    /** An operator discards a record of lost+found. */
    void discard(LostItem record) {
        SlaveDisk change = disk.copy();
        Replay.remove(record.id(), change.image());
        change.discarded(record.type().isTransaction());
        disk = change;
        world.count("records discarded");
    }

    /** Somebody changes the slave's image behind everybody's back. */
    void plant(Update update) {
        SlaveDisk change = disk.copy();
        if (tasks.of(update.file()).isPresent()
                || change.image().file(update.file()).isEmpty()) {
            return;
        }
        SlaveBatch batch = batch(change, tasks.change(), new Overtaken().change());
        batch.perform(new Transaction(null, List.of(update), Optional.empty()));
        batch.finish();
        change.expected().perform(update);
        change.tamper();
        disk = change;
        world.count("differences planted");
    }

    /** The operator's Close opened files (HB-099). */
    void closeFiles() {
        int known = opened.opened().size();
        check(opened.close() == known && opened.opened().isEmpty(), "HB-099", "%d files stay open", known);
        world.count("opened files closed");
    }

    private LocalDateTime now() {
        long millis = world.epochMillis();
        return LocalDateTime.ofEpochSecond(millis / 1_000, (int) (millis % 1_000) * 1_000_000, ZoneOffset.UTC);
    }

    private SlaveBatch batch(SlaveDisk change, HelperTasks.Changes changes, Overtaken.Changes overtakes) {
        SlaveBatch batch =
                new SlaveBatch(rules, opened, change.image(), changes, overtakes, now(), change.transaction());
        batch.answers(this::isAsked);
        return batch;
    }

    private Outcome inTransaction(Optional<Position> position, BiFunction<SlaveDisk, SlaveBatch, Outcome> work)
            throws ApplyBlockedException {
        if (position.isPresent() && network.isCalled()) {
            slave.checkDoing(ServerStatus.READING_NETWORK);
        }
        if (isBlocked()) {
            justBlocked = true;
            throw new ApplyBlockedException(Cause.DATABASE, "the disk is full", null);
        }
        if (world.trouble(40, "transactions blocked")) {
            throw new ApplyBlockedException(Cause.LOCK, "a lock is held", null);
        }
        if (world.trouble(150, "crashes before a commit on the slave")) {
            throw new Crash(slave);
        }
        if (world.trouble(50, "failures while applying")) {
            throw new IllegalStateException("out of handles");
        }
        SlaveDisk change = disk.copy();
        HelperTasks.Changes changes = tasks.change();
        Overtaken.Changes overtakes = overtaken.change();
        SlaveBatch batch = batch(change, changes, overtakes);
        Outcome outcome = work.apply(change, batch);
        batch.finish();
        if (breakage == Breakage.COMMIT_NOT_DURABLE) {
            beforeLastCommit = disk.copy();
            lastCommitAt = world.now();
        }
        if (breakage == Breakage.POSITION_APART_FROM_EFFECTS
                && world.trouble(10, "crashes between effects and position")) {
            disk = change;
            throw new Crash(slave);
        }
        previousPosition = disk.position();
        restarted = false;
        position.ifPresent(reached -> {
            check(Truth.HISTORY.equals(reached.history()), "I7", "history %s", reached.history());
            change.position(reached);
        });
        if (commit(change, changes)) {
            return outcome;
        }
        recall();
        if (world.oneIn(2)) {
            network.cut();
        }
        throw new ApplyBlockedException(Cause.DATABASE, "the connection broke during the commit", null);
    }

    /**
     * Commits effects, position and log entries.
     *
     * @return whether the database says so
     */
    private boolean commit(SlaveDisk change, HelperTasks.Changes changes) {
        Map<Long, byte[]> entries = new HashMap<>();
        if (breakage != Breakage.LOG_APART_FROM_EFFECTS || !world.trouble(10, "log entries forgotten")) {
            log.ifPresent(own ->
                    change.image().logged().forEach(updates -> entries.put(own.next(), LogEntryCodec.encode(updates))));
        }
        entries.keySet().stream()
                .max(Long::compare)
                .ifPresent(lsn -> change.sources(change.sources().loggedUpTo(lsn)));
        disk = change;
        entries.keySet().stream().sorted().forEach(lsn -> log.orElseThrow().insert(lsn, entries.get(lsn)));
        checkDisk();
        if (world.trouble(100, "crashes after a commit on the slave")) {
            throw new Crash(slave);
        }
        entries.keySet().stream().sorted().forEach(lsn -> log.orElseThrow().committed(lsn));
        boolean doubtful = world.trouble(justBlocked ? 3 : 30, "commits reported as failed");
        justBlocked = false;
        if (!doubtful) {
            changes.commit();
        }
        return !doubtful;
    }

    private void checkDisk() {
        disk.checkConservation();
        disk.checkExpected();
    }

    private List<ReceivedTransaction> inOrder(List<ReceivedTransaction> transactions) {
        List<ReceivedTransaction> ordered = new ArrayList<>(transactions);
        if (breakage == Breakage.APPLIED_OUT_OF_ORDER) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    private boolean perform(SlaveDisk change, SlaveBatch batch, ReceivedTransaction received, boolean wasDelayed) {
        Transaction whole = Transaction.decode(received);
        check(whole.unreadable().isEmpty(), "I6", "%s", whole.unreadable());
        Transaction transaction = breakage == Breakage.APPLIED_IN_PART
                ? new Transaction(received, whole.updates().subList(0, 1), Optional.empty())
                : whole;
        Optional<String> obstacle = change.expected().obstacle(whole.updates(), rules.autoCreate());
        countCollisions(whole.updates());
        int reports = batch.reports().size();
        Optional<String> lost = wasDelayed ? batch.performDelayed(transaction) : batch.perform(transaction);
        check(lost.isPresent() == obstacle.isPresent(), "I6", "in lost+found: %s; must be: %s", lost, obstacle);
        if (lost.isEmpty()) {
            change.performed(whole.updates(), received.number());
        }
        for (CheckReport report :
                batch.reports().subList(reports, batch.reports().size())) {
            truth.checkReport(report, change);
            world.count("ranges found " + report.finding());
        }
        return lost.isEmpty();
    }

    private void countCollisions(List<Update> updates) {
        for (Update update : updates) {
            world.count("performed " + update.getClass().getSimpleName());
            tasks.of(update.file())
                    .ifPresent(task ->
                            world.count(update.getClass().getSimpleName() + " while a helper is " + task.phase()));
        }
    }

    @Override
    public String toString() {
        return "LSN " + disk.lsn() + ", delayed " + disk.image().delayed() + ", helpers " + tasks.all();
    }
}
