package org.hotbackup.server;

import java.time.Clock;

/** Since when something is what it is; as true as it is looked at often. Not thread-safe. */
final class Since<T> {

    private final Clock clock;
    private T value;
    private long millis;

    /** It is this now. */
    Since(T value, Clock clock) {
        this.clock = clock;
        this.value = value;
        this.millis = clock.millis();
    }

    /** It is this now, perhaps as before. */
    void is(T now) {
        if (!value.equals(now)) {
            value = now;
            millis = clock.millis();
        }
    }

    /** Epoch milliseconds. */
    long millis() {
        return millis;
    }
}
