package org.hotbackup.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on a pipe or its threads. */
final class Awaiting {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long DURING_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private Awaiting() {}

    /** Looks for a moment whether something stays as it is. */
    static void during(BooleanSupplier condition) {
        long end = System.nanoTime() + DURING_NANOS;
        while (System.nanoTime() < end) {
            assertThat(condition.getAsBoolean()).as("it stays so").isTrue();
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + MOST_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
