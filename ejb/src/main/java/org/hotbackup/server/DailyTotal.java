package org.hotbackup.server;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Bytes that a server sent or received on the present calendar day of this machine (HB-111): goes on over restarts of the
 * server and from what was written down of the day, begins anew at midnight. Thread-safe.
 */
final class DailyTotal {

    private final Clock clock;
    private LocalDate day;
    private long counted;
    private long seen;

    /**
     * Goes on from what was written down, if that was today.
     *
     * @param written what was written down last, empty if nothing was
     */
    DailyTotal(Clock clock, Optional<DayTotal> written) {
        this.clock = clock;
        this.day = today();
        this.counted = written.filter(total -> total.day().equals(day))
                .map(DayTotal::bytes)
                .orElse(0L);
    }

    /**
     * Today's total to be written down; empty if there is nothing.
     *
     * @param bytes as in {@link #upTo}
     */
    synchronized Optional<DayTotal> toBeWritten(long bytes) {
        long total = upTo(bytes);
        return total == 0 ? Optional.empty() : Optional.of(new DayTotal(day, total));
    }

    /** A session begins, with a count of its own from 0. */
    synchronized void begin() {
        seen = 0;
    }

    /**
     * Today's total.
     *
     * @param bytes what the session has counted since it began; ask often, for what was counted since this was asked last
     *     goes to the day before if midnight came meanwhile
     */
    synchronized long upTo(long bytes) {
        LocalDate now = today();
        if (!now.equals(day)) {
            day = now;
            counted = 0;
        } else if (bytes > seen) {
            counted += bytes - seen;
        }
        seen = bytes;
        return counted;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone());
    }
}
