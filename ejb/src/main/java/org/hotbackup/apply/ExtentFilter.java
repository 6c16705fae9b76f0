package org.hotbackup.apply;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Says of most places at once that nothing was ever added there, in half a megabyte however much was. It never says so of
 * a place where something was added. Thread-safe.
 */
final class ExtentFilter {

    private static final int BITS = 1 << 22;
    private static final int AT = 1;
    private static final int WITHIN = 2;

    /** Null as long as nothing was added. */
    private volatile AtomicLongArray words;

    /** Whether nothing was added at all. */
    boolean isEmpty() {
        return words == null;
    }

    /** Something is at a place. */
    void add(Extent extent) {
        if (words == null) {
            begin();
        }
        set(extent, AT);
        set(extent, WITHIN);
        extent.containing().forEach(containing -> set(containing, WITHIN));
    }

    private synchronized void begin() {
        if (words == null) {
            words = new AtomicLongArray(BITS / Long.SIZE);
        }
    }

    /** Whether something may have been added at exactly this place. */
    boolean mayBeAt(Extent extent) {
        return isSet(extent, AT);
    }

    /** Whether something may have been added at this place or at one that it contains. */
    boolean mayBeWithin(Extent extent) {
        return isSet(extent, WITHIN);
    }

    private void set(Extent extent, int kind) {
        int bit = bit(extent, kind);
        words.getAndUpdate(bit / Long.SIZE, word -> word | 1L << bit);
    }

    private boolean isSet(Extent extent, int kind) {
        AtomicLongArray all = words;
        int bit = bit(extent, kind);
        return all != null && (all.get(bit / Long.SIZE) & 1L << bit) != 0;
    }

    private static int bit(Extent extent, int kind) {
        int hash = (extent.key().hashCode() + kind) * 0x9E3779B9;
        return (hash ^ hash >>> 16) & BITS - 1;
    }
}
