package org.hotbackup.server;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts the wrong passwords of each name, and makes whoever goes on wait longer and longer. At most {@value #MOST} names are
 * kept: a new one takes the place of the name with the fewest failures, so that nobody clears the count of one name by
 * inventing others. A name is forgotten after a success, or ten minutes after its last failure. Thread-safe.
 */
final class FailedAttempts {

    static final int MOST = 1_000;

    private static final int FREE_FAILURES = 5;
    private static final long LONGEST_WAIT_SECONDS = 60;
    private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(10);

    private record Failures(int count, long last, long blockedUntil) {}

    private final Map<String, Failures> names = new HashMap<>();

    /** Whether nothing of this name is looked at now. */
    synchronized boolean isBlocked(String name, long now) {
        Failures failed = names.get(name);
        return failed != null && failed.blockedUntil() - now > 0;
    }

    /** A password was wrong. */
    synchronized void failed(String name, long now) {
        names.values().removeIf(failures -> now - failures.last() > FORGOTTEN_NANOS);
        if (!names.containsKey(name) && names.size() >= MOST) {
            makeRoom();
        }
        names.merge(name, new Failures(1, now, now), (before, one) -> next(before, now));
    }

    private void makeRoom() {
        names.entrySet().stream()
                .min(Comparator.comparing(
                        Map.Entry::getValue,
                        Comparator.comparingInt(Failures::count)
                                .thenComparing((one, other) -> Long.signum(one.last() - other.last()))))
                .map(Map.Entry::getKey)
                .ifPresent(names::remove);
    }

    /** A password was right. */
    synchronized void succeeded(String name) {
        names.remove(name);
    }

    synchronized int size() {
        return names.size();
    }

    private static Failures next(Failures before, long now) {
        int count = before.count() + 1;
        long wait =
                count <= FREE_FAILURES ? 0 : Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(6, count - FREE_FAILURES));
        return new Failures(count, now, now + TimeUnit.SECONDS.toNanos(wait));
    }
}
