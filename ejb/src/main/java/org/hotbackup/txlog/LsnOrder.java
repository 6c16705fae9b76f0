package org.hotbackup.txlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Gives log sequence numbers and hands committed entries on in their order: an entry is ready only when every smaller
 * number is decided (design 1.2, 1.4). Keeps payloads in memory up to a budget, so that a queue that takes nothing does
 * not fill the heap (I8). Thread-safe; has no thread of its own.
 */
public final class LsnOrder {

    /** So many numbers at most are left out at a start: with 2^53 of them there is room for 100,000 starts. */
    private static final long MOST_LEFT_OUT = 1L << 36;

    private static final Slot UNDECIDED = new Slot(0, 0, null);
    private static final Slot ROLLED_BACK = new Slot(0, 0, null);

    private final TreeMap<Long, Slot> slots = new TreeMap<>();
    private final long memoryBytes;
    private final Runnable wake;
    private long previousLsn;
    private long lastLsn;
    private long gapLsn;
    private long bytesInMemory;

    private record Slot(long committedAtMillis, long payloadBytes, byte[] payload) {}

    /**
     * Continues a history, with all payloads in memory and nobody to wake.
     *
     * @param previousLsn the LSN of the last entry handed on, 0 if there was none
     * @param lastLsn the last number that may have been given; the next one is greater
     */
    public LsnOrder(long previousLsn, long lastLsn) {
        this(previousLsn, lastLsn, Long.MAX_VALUE, () -> {});
    }

    /**
     * Continues a history.
     *
     * @param previousLsn the LSN of the last entry handed on, 0 if there was none
     * @param lastLsn the last number that may have been given; the next one is greater
     * @param memoryBytes the most bytes of payload to keep; an entry that does not fit is handed on without payload
     * @param wake called after a decision that made an entry ready, on the thread that decided and without any lock;
     *     must be quick
     */
    public LsnOrder(long previousLsn, long lastLsn, long memoryBytes, Runnable wake) {
        this.previousLsn = previousLsn;
        this.lastLsn = Math.max(previousLsn, lastLsn);
        this.memoryBytes = memoryBytes;
        this.wake = wake;
    }

    /**
     * Where the numbers of a start of the node go on: a random distance behind all that were reserved before. A master
     * that was restored from a copy would otherwise give the numbers that it lost to other transactions, and a slave that
     * has the lost ones would be found on its chain (I7: never a silent continuation).
     *
     * @param reserved the last number that may have been given
     * @return the number to take for it from now on
     */
    public static long leaveOut(long reserved, RandomGenerator random) {
        return Math.addExact(reserved, random.nextLong(MOST_LEFT_OUT));
    }

    /**
     * The next number, undecided until it is committed or rolled back; nothing greater is handed on before. Its
     * transaction holds all its locks.
     */
    public synchronized long next() {
        lastLsn++;
        slots.put(lastLsn, UNDECIDED);
        return lastLsn;
    }

    /**
     * The entry of this number is durably committed; also for an entry that a restart found.
     *
     * @param payload not copied; forgotten at once if it does not fit into the budget
     * @throws IllegalStateException if a greater or the same number was handed on already
     */
    public void committed(long lsn, long committedAtMillis, byte[] payload) {
        boolean ready;
        synchronized (this) {
            checkNotHandedOn(lsn);
            boolean fits = bytesInMemory + payload.length <= memoryBytes;
            if (fits) {
                bytesInMemory += payload.length;
            }
            slots.put(lsn, new Slot(committedAtMillis, payload.length, fits ? payload : null));
            lastLsn = Math.max(lastLsn, lsn);
            ready = isReady();
        }
        if (ready) {
            wake.run();
        }
    }

    /**
     * The transaction of this number was rolled back; the number is never used.
     *
     * @throws IllegalStateException if a greater or the same number was handed on already
     */
    public void rolledBack(long lsn) {
        boolean ready;
        synchronized (this) {
            checkNotHandedOn(lsn);
            slots.put(lsn, ROLLED_BACK);
            ready = isReady();
        }
        if (ready) {
            wake.run();
        }
    }

    /**
     * Leaves a gap in the chain: the first entry with a greater number follows on this one, which no slave can have
     * reached. So a slave that did not get what is missing is found out.
     *
     * @param lsn a number that {@link #next} gave and that was rolled back, or one of an earlier start
     */
    public synchronized void leaveGap(long lsn) {
        gapLsn = Math.max(gapLsn, lsn);
    }

    /**
     * Takes entries that are ready, in order of LSN, each chained to the one before it. At least one if any is ready,
     * however large.
     *
     * @param maxEntries at most so many
     * @param maxBytes at most so many bytes of payload, payloads that are not in memory included
     * @return entries, with null for a payload that did not fit into the budget: the log table has it
     */
    public synchronized List<LogEntry> takeReady(int maxEntries, long maxBytes) {
        List<LogEntry> ready = new ArrayList<>();
        long bytes = 0;
        while (isReady()) {
            Map.Entry<Long, Slot> first = slots.firstEntry();
            Slot slot = first.getValue();
            bytes += slot.payloadBytes();
            if (!ready.isEmpty() && (ready.size() >= maxEntries || bytes > maxBytes)) {
                break;
            }
            long follows = first.getKey() > gapLsn ? Math.max(previousLsn, gapLsn) : previousLsn;
            ready.add(new LogEntry(first.getKey(), follows, slot.committedAtMillis(), slot.payload()));
            if (slot.payload() != null) {
                bytesInMemory -= slot.payloadBytes();
            }
            previousLsn = first.getKey();
            slots.pollFirstEntry();
        }
        return ready;
    }

    /**
     * When the first of the entries was committed that are not handed on yet, ready or behind one that is undecided; epoch
     * milliseconds, 0 if there are none.
     */
    public synchronized long oldestCommittedAtMillis() {
        return slots.values().stream()
                .filter(slot -> slot != UNDECIDED && slot != ROLLED_BACK)
                .findFirst()
                .map(Slot::committedAtMillis)
                .orElse(0L);
    }

    private void checkNotHandedOn(long lsn) {
        if (lsn <= previousLsn) {
            throw new IllegalStateException("LSN " + lsn + " is decided after LSN " + previousLsn + " was handed on");
        }
    }

    /** Whether the first number is a committed entry; numbers rolled back before it are forgotten. */
    private boolean isReady() {
        while (!slots.isEmpty() && slots.firstEntry().getValue() == ROLLED_BACK) {
            slots.pollFirstEntry();
        }
        return !slots.isEmpty() && slots.firstEntry().getValue() != UNDECIDED;
    }
}
