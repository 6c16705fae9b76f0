package org.hotbackup.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;

/** The latest readings in order of their times, so many at most. For one thread at a time. */
final class SampleRing {

    private final int most;
    private final Deque<Reading> readings = new ArrayDeque<>();

    SampleRing(int most) {
        this.most = most;
    }

    /** Adds one. After the machine's clock was set back, those that would lie behind it go: their times come once more. */
    void add(Reading reading) {
        while (!readings.isEmpty() && readings.getLast().atMillis() >= reading.atMillis()) {
            readings.removeLast();
        }
        readings.addLast(reading);
        if (readings.size() > most) {
            readings.removeFirst();
        }
    }

    /** All of them, oldest first. */
    Stream<Reading> stream() {
        return readings.stream();
    }

    /** When the oldest was taken; the end of time if there is none. */
    long firstMillis() {
        return readings.isEmpty() ? Long.MAX_VALUE : readings.getFirst().atMillis();
    }

    /** When the latest was taken; the beginning of time if there is none. */
    long lastMillis() {
        return readings.isEmpty() ? Long.MIN_VALUE : readings.getLast().atMillis();
    }
}
