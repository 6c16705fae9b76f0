package org.hotbackup.store;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LsnOrder;

/**
 * Between the writers and the pump: gives out LSNs, keeps what is committed until the transaction log queue has it, and
 * holds writers back when that becomes too much. Thread-safe.
 */
final class TransactionLog {

    /**
     * How much may be committed and not yet in the queue.
     *
     * @param entries the most entries
     * @param bytes the most bytes of payload
     * @param waitMillis how long a writer waits for room
     */
    record Room(long entries, long bytes, long waitMillis) {
        /** 200,000 entries or 64 MB; ten seconds. */
        static final Room DEFAULT = new Room(200_000, 64L * 1024 * 1024, 10_000);
    }

    /** The most bytes handed on at once, unless one entry alone has more. */
    private static final long BATCH_BYTES = 4L * 1024 * 1024;

    /** Between a batch taken and a batch enqueued are a few milliseconds, unless the queue takes nothing. */
    private static final int READINGS = 25;

    private static final long BETWEEN_READINGS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final LsnOrder order;
    private final LsnBlocks blocks;
    private final Room room;
    private final LongSupplier epochMillis;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition ready = mutex.newCondition();
    private final Condition roomMade = mutex.newCondition();
    private boolean woken;
    private volatile LogState state = LogState.FIRST;
    private volatile long pendingEntries;
    private volatile long pendingBytes;
    private List<LogEntry> inHand = List.of();
    private volatile long lastCommitted;
    private volatile long lastEnqueued;
    private volatile long enqueuedTotal;
    private volatile long gapSinceMillis;

    TransactionLog(LsnOrder order, LsnBlocks blocks, Room room, long lastEnqueued, LongSupplier epochMillis) {
        this.order = order;
        this.blocks = blocks;
        this.room = room;
        this.lastEnqueued = lastEnqueued;
        this.epochMillis = epochMillis;
        lastCommitted = lastEnqueued;
    }

    LogState state() {
        return state;
    }

    LogSettings settings() {
        return state.settings();
    }

    /** Takes over a state, which is on disk; between transactions. */
    void state(LogState changed) {
        mutex.lock();
        try {
            takeOver(changed);
        } finally {
            mutex.unlock();
        }
    }

    /** An update was missed: what follows on it leaves a gap. */
    void missed() {
        mutex.lock();
        try {
            takeOver(state.withGap());
        } finally {
            mutex.unlock();
        }
    }

    private void takeOver(LogState changed) {
        if (changed.gapLsn() > state.gapLsn()) {
            gapSinceMillis = epochMillis.getAsLong();
        }
        state = changed;
        order.leaveGap(changed.gapLsn());
    }

    /** Since when, at the latest, the last gap is there, epoch milliseconds; after a start, since then; 0 if there is none. */
    long gapSinceMillis() {
        return gapSinceMillis;
    }

    /**
     * Lets a writer begin, or holds it back while too much is pending.
     *
     * @throws Refusal if there was no room for ten seconds
     */
    void admit() {
        if (!settings().active() || hasRoom()) {
            return;
        }
        mutex.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(room.waitMillis);
            while (!hasRoom()) {
                if (left <= 0) {
                    throw full();
                }
                left = roomMade.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw full();
        } finally {
            mutex.unlock();
        }
    }

    private Refusal full() {
        return new Refusal(
                MessageCode.QUEUE_FULL, pendingEntries + " entries, " + pendingBytes + " bytes wait to be enqueued");
    }

    /** How much of the room is taken by what the queue does not have yet, in percent; from 100 on writers are held back. */
    int filledPercent() {
        return (int) Math.max(100 * pendingEntries / room.entries, 100 * pendingBytes / room.bytes);
    }

    private boolean hasRoom() {
        return pendingEntries < room.entries && pendingBytes < room.bytes;
    }

    /** The next LSN. Its transaction holds all its locks, and must end in {@link #committed} or {@link #rolledBack}. */
    long next() {
        long lsn;
        mutex.lock();
        try {
            lsn = order.next();
        } finally {
            mutex.unlock();
        }
        try {
            blocks.use(lsn);
        } catch (StoreFailure e) {
            rolledBack(lsn);
            throw e;
        }
        return lsn;
    }

    /** The entry's transaction is on disk. */
    void committed(LogTable.Row entry) {
        mutex.lock();
        try {
            order.committed(entry.lsn(), entry.committedAtMillis(), entry.payload());
            pendingEntries++;
            pendingBytes += entry.payload().length;
            lastCommitted = Math.max(lastCommitted, entry.lsn());
            ready.signal();
        } finally {
            mutex.unlock();
        }
    }

    /** An entry that was committed before the node started, and may be in the queue already. */
    void restored(LogTable.Row entry) {
        committed(entry);
    }

    /** A number that no entry has or will have. */
    long unused() {
        long lsn = next();
        rolledBack(lsn);
        return lsn;
    }

    /** The LSN's transaction never was. */
    void rolledBack(long lsn) {
        mutex.lock();
        try {
            order.rolledBack(lsn);
            ready.signal();
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Committed entries in the order of their LSNs and without gaps; waits for the first one. The same ones again until
     * {@link #enqueued} is called.
     *
     * @return empty if there was none in time
     */
    List<LogEntry> take(int limit, long waitMillis) throws InterruptedException {
        mutex.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            if (inHand.isEmpty()) {
                inHand = order.takeReady(limit, BATCH_BYTES);
            }
            while (inHand.isEmpty() && left > 0 && !woken) {
                left = ready.awaitNanos(left);
                inHand = order.takeReady(limit, BATCH_BYTES);
            }
            woken = false;
            return inHand;
        } finally {
            mutex.unlock();
        }
    }

    /** Ends the waiting of {@link #take} early. */
    void wakePump() {
        mutex.lock();
        try {
            woken = true;
            ready.signal();
        } finally {
            mutex.unlock();
        }
    }

    /** The entries that were taken are in the transaction log queue. */
    void enqueued() {
        mutex.lock();
        try {
            pendingEntries -= inHand.size();
            enqueuedTotal += inHand.size();
            for (LogEntry entry : inHand) {
                pendingBytes -= entry.payload().length;
                lastEnqueued = entry.lsn();
            }
            inHand = List.of();
            roomMade.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Forgets what is committed and not enqueued, as if the queue had taken it; between transactions, without a pump.
     *
     * @return how many entries that were
     */
    long forgetPending() {
        mutex.lock();
        try {
            long forgotten = pendingEntries;
            inHand = List.of();
            order.takeReady(Integer.MAX_VALUE, Long.MAX_VALUE);
            pendingEntries = 0;
            pendingBytes = 0;
            lastEnqueued = lastCommitted;
            roomMade.signalAll();
            return forgotten;
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Waits until everything that is committed is in the transaction log queue.
     *
     * @return whether it is
     */
    boolean awaitEnqueued(long waitMillis) {
        mutex.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (pendingEntries > 0 && left > 0) {
                left = roomMade.awaitNanos(left);
            }
            return pendingEntries == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            mutex.unlock();
        }
    }

    /** When the first entry was committed that the queue does not have yet, epoch milliseconds; 0 if it has all. */
    long oldestPendingMillis() {
        mutex.lock();
        try {
            return inHand.isEmpty()
                    ? order.oldestCommittedAtMillis()
                    : inHand.get(0).committedAtMillis();
        } finally {
            mutex.unlock();
        }
    }

    long pendingEntries() {
        return pendingEntries;
    }

    /**
     * Entries that are committed and that a queue has not given up, each of them counted once. While a batch is on its way
     * into the queue it may be in both places: then the count is taken again for some milliseconds, and is at worst too
     * high by that batch. It is never too low, so 0 means that everything is acknowledged.
     *
     * @param queueDepth asked how many entries are in the queue at this moment; more than once
     */
    long unacknowledged(LongSupplier queueDepth) {
        long count = 0;
        for (int reading = 0; reading < READINGS; reading++) {
            long before = enqueuedTotal;
            // the log first: an entry that moves between the two readings is then counted twice, not overlooked
            count = pendingEntries;
            count += queueDepth.getAsLong();
            if (isNothingHandedOverSince(before)) {
                return count;
            }
            LockSupport.parkNanos(BETWEEN_READINGS_NANOS);
        }
        return count;
    }

    private boolean isNothingHandedOverSince(long enqueuedBefore) {
        mutex.lock();
        try {
            return inHand.isEmpty() && enqueuedTotal == enqueuedBefore;
        } finally {
            mutex.unlock();
        }
    }

    /** Entries that the queue took since the start. */
    long enqueuedTotal() {
        return enqueuedTotal;
    }

    /** LSN of the last entry that the queue has; of the gap if all that follows it is missing. */
    long lastEnqueued() {
        return pendingEntries == 0 ? Math.max(lastEnqueued, state.gapLsn()) : lastEnqueued;
    }

    /** LSN of the last committed entry, or of the gap behind it. */
    long lastCommitted() {
        return Math.max(lastCommitted, state.gapLsn());
    }
}
