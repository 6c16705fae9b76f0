package org.hotbackup.jms;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ServerMessages;

/**
 * Says who was turned away at a slave server's port, and why: once for each caller and reason, and again after an hour;
 * ten lines an hour for a caller and a hundred for all of them at most, whoever calls from wherever. Thread-safe.
 */
final class TurnedAway {

    private static final long AGAIN_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int MOST = 100;
    private static final int MOST_OF_ONE = 10;

    private record Line(String caller, String text) {}

    private final ServerMessages messages;
    private final LongAdder total;
    private final LongSupplier nanoTime;
    private final Map<Line, Long> saidAt = new HashMap<>();

    /**
     * One that has turned nobody away yet.
     *
     * @param total counts all of them, also those of whom nothing is said
     */
    TurnedAway(ServerMessages messages, LongAdder total, LongSupplier nanoTime) {
        this.messages = messages;
        this.total = total;
        this.nanoTime = nanoTime;
    }

    /**
     * Somebody was turned away.
     *
     * @param caller his address, the message's first value
     * @param reason the message's second value
     */
    void say(MessageCode code, String caller, Object reason) {
        total.increment();
        if (isNews(new Line(caller, code.text(caller, reason)))) {
            messages.say(code, caller, reason);
        }
    }

    private synchronized boolean isNews(Line line) {
        long now = nanoTime.getAsLong();
        saidAt.values().removeIf(said -> now - said >= AGAIN_NANOS);
        long ofThisOne = saidAt.keySet().stream()
                .filter(said -> said.caller().equals(line.caller()))
                .count();
        return saidAt.size() < MOST && ofThisOne < MOST_OF_ONE && saidAt.putIfAbsent(line, now) == null;
    }
}
