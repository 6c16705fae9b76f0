package org.hotbackup.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Keeps a reserve of the store's disk free: updates are refused before the disk is full, so that the database never meets
 * a full one. The free space is asked for twice a second at most. Thread-safe.
 */
final class DiskReserve {

    private static final long MEGABYTE = 1024L * 1024;
    private static final long VALID_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LongSupplier freeBytes;
    private final long reserveBytes;
    private final LongSupplier nanoTime;
    private final AtomicLong askedAt;
    private volatile long free;

    /**
     * Looks for the first time.
     *
     * @param freeBytes what the disk has left
     * @param reserveMegabytes what has to stay free
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    DiskReserve(LongSupplier freeBytes, long reserveMegabytes, LongSupplier nanoTime) {
        this.freeBytes = freeBytes;
        this.reserveBytes = reserveMegabytes * MEGABYTE;
        this.nanoTime = nanoTime;
        askedAt = new AtomicLong(nanoTime.getAsLong());
        free = freeBytes.getAsLong();
    }

    /**
     * Lets an update pass.
     *
     * @throws Refusal if less than the reserve is free
     */
    void check() {
        require(reserveBytes);
    }

    /**
     * Lets an update pass that makes room in the end, though it may need some first.
     *
     * @throws Refusal if less than half of the reserve is free
     */
    void checkFreeing() {
        require(reserveBytes / 2);
    }

    /**
     * Lets what the node writes down about itself pass: small, and its servers must start to make room.
     *
     * @throws Refusal if less than an eighth of the reserve is free
     */
    void checkOfSystem() {
        require(reserveBytes / 8);
    }

    private void require(long bytes) {
        long left = freeBytes();
        if (left < bytes) {
            throw new Refusal(MessageCode.STORE_FULL, left / MEGABYTE, reserveBytes / MEGABYTE);
        }
    }

    /** What has to stay free, in bytes. */
    long reserveBytes() {
        return reserveBytes;
    }

    /** Bytes left, at most half a second old. */
    long freeBytes() {
        long now = nanoTime.getAsLong();
        long before = askedAt.get();
        if (now - before >= VALID_NANOS && askedAt.compareAndSet(before, now)) {
            free = freeBytes.getAsLong();
        }
        return free;
    }
}
