package org.hotbackup.management;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** An answer that is kept for a second, for who asks for its parts one by one. Thread-safe. */
final class BrieflyKept<T> {

    static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private T kept;
    private long until;

    BrieflyKept(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The answer, asked for anew if it is older than that; one at a time asks. */
    synchronized T get(Supplier<T> question) {
        if (kept == null || nanoTime.getAsLong() - until >= 0) {
            kept = question.get();
            until = nanoTime.getAsLong() + NANOS;
        }
        return kept;
    }
}
