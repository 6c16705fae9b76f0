package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.LsnOrder;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * The master's database with its log table, its writers, and the pump that hands entries to the queue: the same steps as
 * the real store's, each of which a crash may fall into.
 */
final class MasterStore {

    private static final long LSN_BLOCK = 50;
    private static final long PAYLOAD_MEMORY = 600;

    private record Row(long committedAtMillis, byte[] payload) {}

    /** What is on the disk. */
    private static final class Disk {
        private Image image = Files.atTheBeginning();
        private TreeMap<Long, Row> log = new TreeMap<>();
        private long reserved;
        private long pumped;
        private boolean stopped;
        private long stoppedAt;
        private long gap;

        Disk copy() {
            Disk copy = new Disk();
            copy.image = image.copy();
            copy.log = new TreeMap<>(log);
            copy.reserved = reserved;
            copy.pumped = pumped;
            copy.stopped = stopped;
            copy.stoppedAt = stoppedAt;
            copy.gap = gap;
            return copy;
        }
    }

    private final World world;
    private final Machine machine;
    private final Truth truth;
    private final Breakage breakage;
    private final SimulatedQueue queue;
    private final TransactionMaker maker;
    private Disk disk = new Disk();
    private int transactionsToDo;

    // from here on lost in a crash
    private LsnOrder order;
    private final Set<List<Object>> locks = new HashSet<>();
    private final List<Long> commitOrder = new ArrayList<>();
    private List<LogEntry> inHand = List.of();
    private boolean pumping;
    private boolean forgetting;
    private long lastGiven;
    private long lastEnqueued;
    private long lastCommitted;

    MasterStore(World world, Machine machine, Truth truth, Breakage breakage, SimulatedQueue queue) {
        this.world = world;
        this.machine = machine;
        this.truth = truth;
        this.breakage = breakage;
        this.queue = queue;
        this.maker = new TransactionMaker(world);
    }

    Object copyOfDisk() {
        return disk.copy();
    }

    void restore(Object copy) {
        disk = ((Disk) copy).copy();
    }

    Image image() {
        return disk.image;
    }

    int logRows() {
        return disk.log.size();
    }

    long lastEnqueued() {
        return disk.log.higherKey(lastEnqueued) == null ? Math.max(lastEnqueued, disk.gap) : lastEnqueued;
    }

    long lastCommitted() {
        return Math.max(lastCommitted, disk.gap);
    }

    /** The operator's Stop enqueuing (HB-123), between two transactions. */
    void stopEnqueuing() {
        check(locks.isEmpty(), "a switch between transactions", "%s are locked", locks);
        disk.stopped = true;
        disk.stoppedAt = next();
        order.rolledBack(disk.stoppedAt);
        truth.rolledBack(disk.stoppedAt);
    }

    /** The operator's Start enqueueing (HB-124), between two transactions. */
    void startEnqueuing() {
        check(locks.isEmpty(), "a switch between transactions", "%s are locked", locks);
        disk.stopped = false;
    }

    /** More work for the writers. */
    void work(int transactions) {
        transactionsToDo += transactions;
    }

    int transactionsToDo() {
        return transactionsToDo;
    }

    boolean isQuiet() {
        return transactionsToDo == 0 && locks.isEmpty() && inHand.isEmpty();
    }

    void boot(int writers) {
        disk.reserved = LsnOrder.leaveOut(disk.reserved, world.random());
        order = new LsnOrder(disk.pumped, disk.reserved, PAYLOAD_MEMORY, this::wakePump);
        lastGiven = disk.reserved;
        lastEnqueued = disk.pumped;
        lastCommitted = disk.pumped;
        leaveGap();
        disk.log.forEach((lsn, row) -> {
            order.committedInTable(lsn, row.committedAtMillis(), row.payload().length);
            commitOrder.add(lsn);
            lastCommitted = lsn;
        });
        for (int i = 0; i < writers; i++) {
            machine.later(world.delay(10, 300), this::begin);
        }
    }

    void lose() {
        locks.clear();
        commitOrder.clear();
        inHand = List.of();
        pumping = false;
        forgetting = false;
        truth.masterCrashed();
    }

    /** A writer takes its locks, all of them or none. */
    private void begin() {
        if (transactionsToDo == 0) {
            machine.later(200, this::begin);
            return;
        }
        TransactionMaker.Plan plan = maker.plan();
        long lsnTooEarly = breakage == Breakage.LSN_BEFORE_LOCKS ? next() : 0;
        lock(plan, lsnTooEarly);
    }

    private void lock(TransactionMaker.Plan plan, long lsnTooEarly) {
        if (plan.locks().stream().anyMatch(locks::contains) || plan.locksFile() && fileIsLocked(plan.file())) {
            world.count("waits for a lock");
            machine.later(world.between(1, 20), () -> lock(plan, lsnTooEarly));
            return;
        }
        locks.addAll(plan.locks());
        transactionsToDo = Math.max(0, transactionsToDo - 1);
        List<Update> updates = maker.make(plan, disk.image);
        machine.later(world.delay(5, 100), () -> giveLsn(plan, updates, lsnTooEarly));
    }

    private boolean fileIsLocked(FilePath file) {
        return locks.stream().anyMatch(lock -> lock.get(0).equals(file));
    }

    private long next() {
        long lsn = order.next();
        if (lsn > disk.reserved) {
            disk.reserved += LSN_BLOCK;
        }
        lastGiven = lsn;
        truth.given(lsn);
        return lsn;
    }

    private void giveLsn(TransactionMaker.Plan plan, List<Update> updates, long lsnTooEarly) {
        long lsn = lsnTooEarly == 0 ? next() : lsnTooEarly;
        machine.later(world.delay(5, 200), () -> end(plan, updates, lsn));
    }

    private void end(TransactionMaker.Plan plan, List<Update> updates, long lsn) {
        if (updates.isEmpty() || world.oneIn(12)) {
            world.count("transactions rolled back");
            truth.rolledBack(lsn);
            order.rolledBack(lsn);
            finish(plan);
            return;
        }
        if (disk.stopped) {
            updates.forEach(disk.image::perform);
            disk.gap = disk.stoppedAt;
            truth.rolledBack(lsn);
            order.rolledBack(lsn);
            leaveGap();
            world.count("updates missed");
            finish(plan);
            return;
        }
        byte[] payload = LogEntryCodec.encode(updates);
        long committedAt = world.epochMillis();
        updates.forEach(disk.image::perform);
        disk.log.put(lsn, new Row(committedAt, payload));
        truth.committed(lsn, payload, plan.file().equals(Files.POISON));
        commitOrder.add(lsn);
        if (world.trouble(400, "crashes after a commit on the master")) {
            throw new Crash(machine);
        }
        machine.later(world.delay(2, 30), () -> {
            lastCommitted = Math.max(lastCommitted, lsn);
            order.committed(lsn, committedAt, payload);
            finish(plan);
        });
    }

    private void leaveGap() {
        order.leaveGap(disk.gap);
        queue.mayFollowOn(disk.gap);
    }

    private void finish(TransactionMaker.Plan plan) {
        locks.removeAll(plan.locks());
        machine.later(world.delay(20, 600), this::begin);
        wakePump();
    }

    private void wakePump() {
        if (!pumping) {
            pumping = true;
            machine.later(world.delay(3, 30), this::pump);
        }
    }

    private void pump() {
        pumping = false;
        if (inHand.isEmpty()) {
            inHand = takeReady();
        }
        if (inHand.isEmpty()) {
            return;
        }
        if (breakage == Breakage.ROWS_FORGOTTEN_TOO_EARLY) {
            forgetRows(inHand.get(inHand.size() - 1).lsn());
        }
        try {
            queue.append(inHand);
            lastEnqueued = inHand.get(inHand.size() - 1).lsn();
            inHand = List.of();
            forgetRowsLater();
        } catch (QueueUnavailableException e) {
            world.count("appends that failed");
        }
        wakePump();
    }

    private List<LogEntry> takeReady() {
        if (breakage == Breakage.PUMP_IN_COMMIT_ORDER) {
            List<LogEntry> entries = new ArrayList<>();
            long previous = lastEnqueued;
            for (long lsn : commitOrder) {
                entries.add(entry(new LogEntry(lsn, previous, 0, null)));
                previous = lsn;
            }
            commitOrder.clear();
            return entries;
        }
        return order.takeReady(world.between(1, 20), world.between(1, 3_000)).stream()
                .map(this::entry)
                .toList();
    }

    private LogEntry entry(LogEntry taken) {
        if (taken.payload() != null) {
            return taken;
        }
        world.count("payloads read from the table");
        Row row = disk.log.get(taken.lsn());
        check(row != null, "the pump finds its rows", "not that of LSN %d", taken.lsn());
        return new LogEntry(taken.lsn(), taken.previousLsn(), row.committedAtMillis(), row.payload());
    }

    private void forgetRowsLater() {
        if (!forgetting) {
            forgetting = true;
            machine.later(world.delay(50, 400), () -> {
                forgetting = false;
                forgetRows(lastEnqueued);
            });
        }
    }

    private void forgetRows(long upToLsn) {
        disk.log.headMap(upToLsn, true).clear();
        disk.pumped = Math.max(disk.pumped, upToLsn);
    }

    /** For the writers' bodies: a number that only grows, in the order of locks. */
    static byte[] body(long number, byte[] more) {
        return ByteBuffer.allocate(8 + more.length).putLong(number).put(more).array();
    }

    /** What is in the log table and not in the queue, for people. */
    @Override
    public String toString() {
        return "rows " + disk.log.keySet() + ", pumped " + disk.pumped + ", enqueued " + lastEnqueued + ", given "
                + lastGiven + ", in hand " + inHand.size();
    }

    static ItemId id(int number) {
        return ItemId.of(Integer.toString(number));
    }
}
