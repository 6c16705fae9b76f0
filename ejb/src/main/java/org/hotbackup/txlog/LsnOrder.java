package org.hotbackup.txlog;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Gives log sequence numbers and hands committed entries on in their order: an entry is ready only when every smaller
 * number is decided. Not thread-safe.
 */
public final class LsnOrder {

    private static final Slot UNDECIDED = new Slot(0, null);
    private static final Slot ROLLED_BACK = new Slot(0, null);

    private final TreeMap<Long, Slot> slots = new TreeMap<>();
    private long previousLsn;
    private long lastLsn;

    private record Slot(long committedAtMillis, byte[] payload) {}

    /**
     * Continues a history.
     *
     * @param previousLsn the LSN of the last entry handed on, 0 if there was none
     * @param lastLsn the last number that may have been given; the next one is greater
     */
    public LsnOrder(long previousLsn, long lastLsn) {
        this.previousLsn = previousLsn;
        this.lastLsn = lastLsn;
    }

    /** The next number, undecided until it is committed or rolled back. Its transaction holds all its locks. */
    public long next() {
        lastLsn++;
        slots.put(lastLsn, UNDECIDED);
        return lastLsn;
    }

    /** The entry of this number is durably committed; also for an entry that a restart found. */
    public void committed(long lsn, long committedAtMillis, byte[] payload) {
        slots.put(lsn, new Slot(committedAtMillis, payload));
    }

    /** The transaction of this number was rolled back; the number is never used. */
    public void rolledBack(long lsn) {
        slots.put(lsn, ROLLED_BACK);
    }

    /**
     * Takes entries that are ready, in order of LSN, each chained to the one before it. At least one if any is ready,
     * however large.
     */
    public List<LogEntry> takeReady(int maxEntries, long maxBytes) {
        List<LogEntry> ready = new ArrayList<>();
        long bytes = 0;
        while (!slots.isEmpty() && slots.firstEntry().getValue() != UNDECIDED) {
            Slot slot = slots.firstEntry().getValue();
            if (slot != ROLLED_BACK) {
                bytes += slot.payload().length;
                if (!ready.isEmpty() && (ready.size() >= maxEntries || bytes > maxBytes)) {
                    break;
                }
                long lsn = slots.firstKey();
                ready.add(new LogEntry(lsn, previousLsn, slot.committedAtMillis(), slot.payload()));
                previousLsn = lsn;
            }
            slots.pollFirstEntry();
        }
        return ready;
    }
}
