package org.hotbackup.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hotbackup.health.NodeFacts.ClockStep;

/** Finds out that the machine's clock was set, by comparing it with the monotonic one. For one thread at a time. */
final class ClockWatch {

    /** What clocks that are kept right by small steps do not reach between two looks. */
    private static final long STEP_SECONDS = 30;

    private static final Duration KEPT = Duration.ofHours(1);

    private final Clock clock;
    private final LongSupplier nanos;
    private long lastNanos;
    private Instant last;
    private ClockStep step;

    ClockWatch(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        last = clock.instant();
        lastNanos = nanos.getAsLong();
    }

    /** Looks; the last step of the last hour. */
    Optional<ClockStep> look() {
        Instant now = clock.instant();
        long nowNanos = nanos.getAsLong();
        long passed = TimeUnit.NANOSECONDS.toSeconds(nowNanos - lastNanos);
        long seconds = Duration.between(last, now).toSeconds() - passed;
        if (Math.abs(seconds) >= STEP_SECONDS) {
            step = new ClockStep(now, seconds);
        } else if (step != null && now.isAfter(step.at().plus(KEPT))) {
            step = null;
        }
        last = now;
        lastNanos = nowNanos;
        return Optional.ofNullable(step);
    }
}
