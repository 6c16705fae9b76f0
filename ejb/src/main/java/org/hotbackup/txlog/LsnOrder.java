package org.hotbackup.txlog;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Gives log sequence numbers and hands committed entries on in their order: an entry is ready only when every smaller
 * number is decided. Keeps payloads in memory up to a budget; beyond it the table has them. Thread-safe.
 */
public final class LsnOrder {

    private static final Slot UNDECIDED = new Slot(false, 0, 0, null);
    private static final Slot ROLLED_BACK = new Slot(false, 0, 0, null);

    private final long payloadBudget;
    private final Runnable wake;
    private final TreeMap<Long, Slot> slots = new TreeMap<>();
    private long nextLsn;
    private long lastCommittedLsn;
    private long previousLsn;
    private long payloadBytes;
    private long pendingBytes;
    private int pending;

    private record Slot(boolean committed, long committedAtMillis, int size, byte[] payload) {}

    /**
     * Continues a history.
     *
     * @param firstLsn the first number to give, greater than any given before
     * @param previousLsn the LSN of the last entry handed on, 0 if there was none
     * @param payloadBudget how many bytes of payload to keep in memory
     * @param wake called, quickly and on any thread, when an entry may have become ready
     */
    public LsnOrder(long firstLsn, long previousLsn, long payloadBudget, Runnable wake) {
        this.nextLsn = firstLsn;
        this.previousLsn = previousLsn;
        this.lastCommittedLsn = previousLsn;
        this.payloadBudget = payloadBudget;
        this.wake = wake;
    }

    /** The next number, undecided until it is committed or rolled back. The caller holds all its locks. */
    public synchronized long next() {
        long lsn = nextLsn++;
        slots.put(lsn, UNDECIDED);
        return lsn;
    }

    /** The entry of this number is durably committed. */
    public void committed(long lsn, long committedAtMillis, byte[] payload) {
        synchronized (this) {
            boolean keep = payloadBytes + payload.length <= payloadBudget;
            slots.put(lsn, new Slot(true, committedAtMillis, payload.length, keep ? payload : null));
            payloadBytes += keep ? payload.length : 0;
            pendingBytes += payload.length;
            pending++;
            lastCommittedLsn = Math.max(lastCommittedLsn, lsn);
        }
        wake.run();
    }

    /** The transaction of this number was rolled back; the number is never used. */
    public void rolledBack(long lsn) {
        synchronized (this) {
            slots.put(lsn, ROLLED_BACK);
        }
        wake.run();
    }

    /**
     * Takes entries that are ready, in order of LSN, each chained to the one before it. At least one if any is ready,
     * however large.
     *
     * @return entries, those beyond the budget with a null payload
     */
    public synchronized List<LogEntry> takeReady(int maxEntries, long maxBytes) {
        List<LogEntry> ready = new ArrayList<>();
        long bytes = 0;
        while (!slots.isEmpty() && slots.firstEntry().getValue() != UNDECIDED) {
            Slot slot = slots.firstEntry().getValue();
            if (slot.committed()) {
                boolean full = !ready.isEmpty() && (ready.size() >= maxEntries || bytes + slot.size() > maxBytes);
                if (full) {
                    break;
                }
                long lsn = slots.firstKey();
                ready.add(new LogEntry(lsn, previousLsn, slot.committedAtMillis(), slot.payload()));
                previousLsn = lsn;
                bytes += slot.size();
                payloadBytes -= slot.payload() == null ? 0 : slot.payload().length;
                pendingBytes -= slot.size();
                pending--;
            }
            slots.pollFirstEntry();
        }
        return ready;
    }

    /** The largest number that is committed. */
    public synchronized long lastCommittedLsn() {
        return lastCommittedLsn;
    }

    /** Committed entries not yet taken. */
    public synchronized int pending() {
        return pending;
    }

    /** Bytes of committed entries not yet taken, in memory or not. */
    public synchronized long pendingBytes() {
        return pendingBytes;
    }
}
