package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.hotbackup.apply.DelayedUpdates;
import org.hotbackup.apply.Helper;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.apply.HelperTasks;
import org.hotbackup.apply.LostAndFoundType;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.apply.Overtaken;
import org.hotbackup.apply.SlaveBatch;
import org.hotbackup.apply.Transaction;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.ApplyBlockedException;
import org.hotbackup.replication.ApplyBlockedException.Cause;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.verify.CheckReport;

/**
 * The slave's database: the real rules of applying over a database in memory. One atomic, durable change for effects and
 * position, unless it is broken on purpose.
 */
final class SlaveStore implements Applier {

    /** What is on the disk. */
    static final class Disk {

        private SimulatedImage image;
        private Optional<Position> position = Optional.empty();
        private final Map<ItemId, Long> counters = new HashMap<>();
        private final Map<Object, Long> versions = new HashMap<>();
        private long applied;
        private long acceptedTransaction;
        private long acceptedLsn;

        Disk copy() {
            Disk copy = new Disk();
            copy.image = image.copy();
            copy.position = position;
            copy.counters.putAll(counters);
            copy.versions.putAll(versions);
            copy.applied = applied;
            copy.acceptedTransaction = acceptedTransaction;
            copy.acceptedLsn = acceptedLsn;
            return copy;
        }

        SimulatedImage image() {
            return image;
        }

        long transaction() {
            return position.map(Position::transaction).orElse(0L);
        }

        long lsn() {
            return position.map(Position::lsn).orElse(0L);
        }

        long lostAndFound() {
            return image.lostTransactions();
        }

        /** Conservation: every transaction up to the position took effect, is delayed or is in lost+found. */
        void checkConservation() {
            check(
                    transaction() == applied + image.delayed() + image.lostTransactions(),
                    "I6",
                    "at transaction %d, %d applied, %d delayed and %d in lost+found",
                    transaction(),
                    applied,
                    image.delayed(),
                    image.lostTransactions());
        }
    }

    private static final SlaveBatch.Rules RULES = new SlaveBatch.Rules("fromprod", true, false, Files.POISON::equals);

    private final World world;
    private final SimulatedNetwork network;
    private final Machine machine;
    private final Truth truth;
    private final Breakage breakage;
    private final DelayedUpdates delayed = new DelayedUpdates(RULES.server());
    private HelperTasks tasks = new HelperTasks();
    private Overtaken overtaken = new Overtaken();
    private Disk disk;
    private Disk beforeLastCommit;
    private long lastCommitAt;
    private long blockedUntil;
    /** The next commit comes after a long wait: what its failure meets is another one than after a short wait. */
    private boolean justBlocked;

    private Optional<Position> previousPosition = Optional.empty();
    private boolean restarted;

    SlaveStore(World world, SimulatedNetwork network, Machine machine, Truth truth, Breakage breakage) {
        this.world = world;
        this.network = network;
        this.machine = machine;
        this.truth = truth;
        this.breakage = breakage;
        disk = emptyDisk();
    }

    Disk disk() {
        return disk;
    }

    /** A database with nothing but the files that are there at the beginning. */
    Disk emptyDisk() {
        Disk empty = new Disk();
        empty.image = SimulatedImage.atTheBeginning(world, breakage);
        return empty;
    }

    void restore(Disk copy) {
        disk = copy.copy();
        recall();
    }

    void block(long millis) {
        blockedUntil = world.now() + millis;
        world.count("periods in which the slave cannot apply");
    }

    void crash() {
        boolean undurable = breakage == Breakage.COMMIT_NOT_DURABLE && beforeLastCommit != null;
        if (undurable && world.now() - lastCommitAt < 1_000) {
            disk = beforeLastCommit;
        }
        beforeLastCommit = null;
        restarted = true;
        recall();
    }

    /** What is in memory only is read from the disk again. */
    private void recall() {
        tasks = new HelperTasks();
        tasks.load(disk.image);
        overtaken = new Overtaken();
        overtaken.load(disk.image);
    }

    /** Whether nothing waits to be applied and no helper is at work. */
    boolean isQuiet() {
        return disk.image.delayed() == 0 && tasks.all().isEmpty();
    }

    @Override
    public Optional<Position> position() {
        if (world.trouble(20, "positions that could not be read")) {
            throw new IllegalStateException("the position cannot be read");
        }
        recall();
        return breakage == Breakage.POSITION_FORGOTTEN && restarted ? previousPosition : disk.position;
    }

    @Override
    public long pending() {
        return breakage == Breakage.DELAYED_OVERTAKEN && world.oneIn(3) ? 0 : disk.image.delayed();
    }

    @Override
    public Outcome apply(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException {
        return inTransaction(Optional.of(position), (change, batch) -> {
            int lost = 0;
            for (ReceivedTransaction transaction : inOrder(transactions)) {
                accept(change, transaction);
                lost += perform(change, batch, transaction, false) ? 0 : 1;
            }
            return new Outcome(transactions.size() - lost, 0, lost, Optional.empty());
        });
    }

    @Override
    public Outcome delay(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException {
        world.count("batches delayed");
        return inTransaction(Optional.of(position), (change, batch) -> {
            transactions.forEach(transaction -> accept(change, transaction));
            delayed.add(change.image, transactions);
            return new Outcome(0, transactions.size(), 0, Optional.empty());
        });
    }

    @Override
    public Optional<ReceivedTransaction> firstDelayed() {
        return delayed.first(disk.image, 1).stream().findFirst();
    }

    @Override
    public Outcome setAsideDelayed(ReceivedTransaction blocked, String reason) throws ApplyBlockedException {
        return inTransaction(Optional.empty(), (change, batch) -> {
            batch.setAside(LostAndFoundType.DELAYED, Transaction.decode(blocked), reason);
            delayed.remove(change.image, List.of(blocked));
            return new Outcome(0, 0, 1, Optional.empty());
        });
    }

    @Override
    public Outcome applyDelayed(int most) throws ApplyBlockedException {
        return inTransaction(Optional.empty(), (change, batch) -> {
            List<ReceivedTransaction> first = delayed.first(change.image, most);
            int lost = 0;
            for (ReceivedTransaction transaction : first) {
                lost += perform(change, batch, transaction, true) ? 0 : 1;
            }
            delayed.remove(change.image, first);
            return new Outcome(first.size() - lost, 0, lost, Optional.empty());
        });
    }

    @Override
    public Outcome setAside(ReceivedTransaction transaction, Cause why, String reason, Position position)
            throws ApplyBlockedException {
        return inTransaction(Optional.of(position), (change, batch) -> {
            accept(change, transaction);
            batch.setAside(LostAndFoundType.SERVER_RESET, Transaction.decode(transaction), reason);
            return new Outcome(0, 0, 1, Optional.empty());
        });
    }

    int helpersLeft() {
        return tasks.all().size();
    }

    /** Lets every helper do a step; each may die in it. */
    void helpersStep() {
        for (HelperTask task : tasks.all()) {
            if (world.trouble(10, "helpers that died")) {
                continue;
            }
            Disk change = disk.copy();
            HelperTasks.Changes changes = tasks.change();
            Helper.step(task.file(), change.image, changes, now());
            if (world.trouble(50, "crashes in a helper's step")) {
                throw new Crash(machine);
            }
            disk = change;
            changes.commit();
        }
    }

    private LocalDateTime now() {
        return LocalDateTime.ofEpochSecond(
                world.now() / 1_000, (int) (world.now() % 1_000) * 1_000_000, ZoneOffset.UTC);
    }

    private Outcome inTransaction(Optional<Position> position, BiFunction<Disk, SlaveBatch, Outcome> work)
            throws ApplyBlockedException {
        if (position.isPresent() && network.isCalled()) {
            machine.checkDoing(ServerStatus.READING_NETWORK);
        }
        if (world.now() < blockedUntil) {
            justBlocked = true;
            throw new ApplyBlockedException(Cause.DATABASE, "the disk is full", null);
        }
        if (world.trouble(40, "transactions blocked")) {
            throw new ApplyBlockedException(Cause.LOCK, "a lock is held", null);
        }
        if (world.trouble(150, "crashes before a commit on the slave")) {
            throw new Crash(machine);
        }
        if (world.trouble(50, "failures while applying")) {
            throw new IllegalStateException("out of handles");
        }
        Disk change = disk.copy();
        HelperTasks.Changes changes = tasks.change();
        Overtaken.Changes overtakes = overtaken.change();
        SlaveBatch batch =
                new SlaveBatch(RULES, new OpenedFiles(), change.image, changes, overtakes, now(), change.transaction());
        Outcome outcome = work.apply(change, batch);
        batch.finish();
        batch.reports().forEach(this::checkReport);
        if (breakage == Breakage.COMMIT_NOT_DURABLE) {
            beforeLastCommit = disk.copy();
            lastCommitAt = world.now();
        }
        if (breakage == Breakage.POSITION_APART_FROM_EFFECTS
                && world.trouble(10, "crashes between effects and position")) {
            disk = change;
            throw new Crash(machine);
        }
        previousPosition = disk.position;
        restarted = false;
        if (position.isPresent()) {
            check(
                    Truth.HISTORY.equals(position.get().history()),
                    "I7",
                    "history %s",
                    position.get().history());
            change.position = position;
        }
        disk = change;
        if (world.trouble(100, "crashes after a commit on the slave")) {
            throw new Crash(machine);
        }
        boolean doubtful = world.trouble(justBlocked ? 3 : 30, "commits reported as failed");
        justBlocked = false;
        if (doubtful) {
            recall();
            if (world.oneIn(2)) {
                network.cut();
            }
            throw new ApplyBlockedException(Cause.DATABASE, "the connection broke during the commit", null);
        }
        changes.commit();
        return new Outcome(
                outcome.applied(), outcome.delayed(), outcome.lostAndFound(), outcome.lost(), batch.reports());
    }

    private List<ReceivedTransaction> inOrder(List<ReceivedTransaction> transactions) {
        List<ReceivedTransaction> ordered = new ArrayList<>(transactions);
        if (breakage == Breakage.APPLIED_OUT_OF_ORDER) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    /** A transaction is taken over for good: it must be the one that follows. */
    private void accept(Disk change, ReceivedTransaction transaction) {
        truth.checkNext(change.acceptedTransaction, change.acceptedLsn, transaction);
        change.acceptedTransaction = transaction.number();
        change.acceptedLsn = transaction.entry().lsn();
    }

    private boolean perform(Disk change, SlaveBatch batch, ReceivedTransaction received, boolean wasDelayed) {
        Transaction whole = Transaction.decode(received);
        check(whole.unreadable().isEmpty(), "I6", "%s", whole.unreadable());
        Transaction transaction = breakage == Breakage.APPLIED_IN_PART
                ? new Transaction(received, whole.updates().subList(0, 1), Optional.empty())
                : whole;
        Optional<String> lost = wasDelayed ? batch.performDelayed(transaction) : batch.perform(transaction);
        if (lost.isEmpty()) {
            transaction.updates().forEach(update -> checkOrder(change, update));
            change.applied++;
        }
        return lost.isEmpty();
    }

    private void checkReport(CheckReport report) {
        world.count("ranges found " + report.finding());
        check(
                report.finding() == CheckReport.Finding.EQUAL || report.finding() == CheckReport.Finding.NOT_SETTLED,
                "no false alarm",
                "check %d finds %s",
                report.number(),
                report.finding());
    }

    private static void checkOrder(Disk change, Update update) {
        if (update instanceof ItemWritten written) {
            long value = ByteBuffer.wrap(written.body()).getLong();
            if (written.file().equals(Files.COUNTERS)) {
                long before = change.counters.getOrDefault(written.id(), 0L);
                check(value == before + 1, "I5", "counter %s goes from %d to %d", written.id(), before, value);
                change.counters.put(written.id(), value);
            } else {
                Object item = List.of(written.file(), written.id());
                long before = change.versions.getOrDefault(item, 0L);
                check(value > before, "I3", "item %s goes from version %d to %d", item, before, value);
                change.versions.put(item, value);
            }
        }
    }
}
