package org.hotbackup.server;

import java.time.Clock;
import java.time.LocalDate;

/**
 * Bytes that a server sent or received on the present calendar day of this machine (HB-111): goes on over restarts of the
 * server, begins anew at midnight. Thread-safe.
 */
final class DailyTotal {

    private final Clock clock;
    private LocalDate day;
    private long counted;
    private long seen;

    /** Nothing yet today. */
    DailyTotal(Clock clock) {
        this.clock = clock;
        this.day = today();
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
