package org.hotbackup.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is moved. */
final class MovableClock extends Clock {

    private final ZoneId zone;
    private Instant now;

    private MovableClock(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    static MovableClock at(String instant) {
        return at(instant, ZoneOffset.UTC);
    }

    static MovableClock at(String instant, ZoneId zone) {
        return new MovableClock(Instant.parse(instant), zone);
    }

    void moveTo(String instant) {
        now = Instant.parse(instant);
    }

    void move(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MovableClock(now, other);
    }
}
