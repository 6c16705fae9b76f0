package org.hotbackup.jms;

import java.util.function.LongSupplier;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * Keeps the journal's disk from running full: entries are turned away while there still is room for the acknowledgements
 * that make room again. Artemis' own limit is not used: it notices after up to five seconds, and holds producers
 * instead of telling them.
 */
final class DiskSpace {

    private static final long MEGABYTE = 1 << 20;

    /** Twice what the store keeps, and that is twice what the queue keeps. */
    private static final int SHORT_RESERVES = 4;

    private final LongSupplier usableBytes;
    private final long reserveBytes;

    /**
     * For one disk.
     *
     * @param usableBytes what is free on it; asked before each append
     * @param reserveBytes what has to stay free
     */
    DiskSpace(LongSupplier usableBytes, long reserveBytes) {
        this.usableBytes = usableBytes;
        this.reserveBytes = reserveBytes;
    }

    /**
     * Lets entries of so many bytes pass.
     *
     * @throws QueueUnavailableException if the reserve would be touched
     */
    void check(long bytes) throws QueueUnavailableException {
        long usable = usableBytes.getAsLong();
        if (usable - bytes < reserveBytes) {
            throw new QueueUnavailableException(
                    "its disk has only " + usable / MEGABYTE + " MB left and " + reserveBytes / MEGABYTE
                            + " MB are kept in reserve; free some space, the queue then goes on by itself",
                    null);
        }
    }

    /** Whether so little is left that it is worth the work to give some back: well before anything is turned away. */
    boolean isShort() {
        return usableBytes.getAsLong() < SHORT_RESERVES * reserveBytes;
    }

    /** Whether so many bytes go on the disk, the reserve included. */
    boolean hasRoom(long bytes) {
        return bytes < usableBytes.getAsLong();
    }
}
