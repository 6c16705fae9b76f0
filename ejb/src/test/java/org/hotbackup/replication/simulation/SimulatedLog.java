package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LsnOrder;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * A node's log table and the pump that hands its entries to the queues: the same steps as the real ones, each of which a
 * crash may fall into.
 */
final class SimulatedLog {

    private static final long LSN_BLOCK = 50;
    private static final long PAYLOAD_MEMORY = 600;

    private record Row(long committedAtMillis, byte[] payload) {}

    /** What is on the disk, part of the node's database. */
    static final class Disk {
        private TreeMap<Long, Row> rows = new TreeMap<>();
        private long reserved;
        private long pumped;
        private boolean stopped;
        private long stoppedAt;
        private long gap;

        Disk copy() {
            Disk copy = new Disk();
            copy.rows = new TreeMap<>(rows);
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
    private final List<SimulatedQueue> queues;
    private Disk disk = new Disk();

    // from here on lost in a crash
    private LsnOrder order;
    private final List<Long> commitOrder = new ArrayList<>();
    private List<LogEntry> inHand = List.of();
    private boolean pumping;
    private boolean forgetting;
    private long lastGiven;
    private long lastEnqueued;
    private long lastCommitted;

    SimulatedLog(World world, Machine machine, Truth truth, Breakage breakage, List<SimulatedQueue> queues) {
        this.world = world;
        this.machine = machine;
        this.truth = truth;
        this.breakage = breakage;
        this.queues = queues;
    }

    Disk copyOfDisk() {
        return disk.copy();
    }

    void restore(Disk copy) {
        disk = copy.copy();
    }

    Truth truth() {
        return truth;
    }

    boolean isQuiet() {
        return inHand.isEmpty() && disk.rows.isEmpty();
    }

    /** Whether updates are not enqueued (HB-123). */
    boolean isStopped() {
        return disk.stopped;
    }

    long lastEnqueued() {
        return disk.rows.higherKey(lastEnqueued) == null ? Math.max(lastEnqueued, disk.gap) : lastEnqueued;
    }

    long lastCommitted() {
        return Math.max(lastCommitted, disk.gap);
    }

    /** The operator's Stop enqueuing (HB-123), between two transactions. */
    void stop() {
        disk.stopped = true;
        disk.stoppedAt = next();
        rolledBack(disk.stoppedAt);
    }

    /** The operator's Start enqueueing (HB-124), between two transactions. */
    void start() {
        disk.stopped = false;
    }

    /** A server is defined: what is missed from now on leaves a gap behind it, whatever was missed before. */
    void defined() {
        if (disk.stopped) {
            stop();
        }
    }

    /** The operator's Clear log queue (HB-125), between two transactions: what is on its way to the queues goes too. */
    void clear() {
        disk.rows.clear();
        disk.pumped = lastCommitted;
        lastEnqueued = lastCommitted;
        inHand = List.of();
        commitOrder.clear();
        order = newOrder(lastGiven);
        queues.forEach(SimulatedQueue::clear);
    }

    void boot() {
        disk.reserved = LsnOrder.leaveOut(disk.reserved, world.random());
        lastGiven = disk.reserved;
        lastEnqueued = disk.pumped;
        lastCommitted = disk.pumped;
        order = newOrder(disk.reserved);
        disk.rows.forEach((lsn, row) -> {
            order.committed(lsn, row.committedAtMillis(), row.payload());
            commitOrder.add(lsn);
            lastCommitted = lsn;
        });
        wakePump();
    }

    private LsnOrder newOrder(long given) {
        LsnOrder fresh = new LsnOrder(disk.pumped, given, PAYLOAD_MEMORY, this::wakePump);
        fresh.leaveGap(disk.gap);
        queues.forEach(queue -> queue.mayFollowOn(disk.gap));
        return fresh;
    }

    void lose() {
        commitOrder.clear();
        inHand = List.of();
        pumping = false;
        forgetting = false;
        truth.loggerCrashed();
    }

    long next() {
        long lsn = order.next();
        if (lsn > disk.reserved) {
            disk.reserved += LSN_BLOCK;
        }
        lastGiven = lsn;
        truth.given(lsn);
        return lsn;
    }

    void rolledBack(long lsn) {
        truth.rolledBack(lsn);
        order.rolledBack(lsn);
    }

    /** An update that ought to be logged is not. */
    void missed() {
        disk.gap = disk.stoppedAt;
        order.leaveGap(disk.gap);
        queues.forEach(queue -> queue.mayFollowOn(disk.gap));
    }

    /** The entry is in the table, in the same database transaction as what it says. */
    void insert(long lsn, byte[] payload) {
        disk.rows.put(lsn, new Row(world.epochMillis(), payload));
        truth.committed(lsn, payload);
        commitOrder.add(lsn);
    }

    /** The database transaction that inserted it is known to be committed. */
    void committed(long lsn) {
        Row row = disk.rows.get(lsn);
        lastCommitted = Math.max(lastCommitted, lsn);
        order.committed(lsn, row.committedAtMillis(), row.payload());
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
            for (SimulatedQueue queue : queues) {
                queue.append(inHand);
            }
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
        Row row = disk.rows.get(taken.lsn());
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
        disk.rows.headMap(upToLsn, true).clear();
        disk.pumped = Math.max(disk.pumped, upToLsn);
    }

    /** What is in the log table and not in the queue, for people. */
    @Override
    public String toString() {
        return "rows " + disk.rows.keySet() + ", pumped " + disk.pumped + ", enqueued " + lastEnqueued + ", given "
                + lastGiven + ", in hand " + inHand.size();
    }
}
