package org.hotbackup.replication.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/** Virtual time and chance: runs events one after the other, the same ones in the same order for the same seed. */
final class World {

    private record Event(long at, long order, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();
    private long now = 1_000;
    private long order;
    private long clockOffset = 1_700_000_000_000L;
    private boolean calm;
    private boolean tampered;

    World(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    }

    /** The monotonic clock, in milliseconds. */
    long now() {
        return now;
    }

    /** The wall clock, which may jump. */
    long epochMillis() {
        return now + clockOffset;
    }

    void jumpClock(long millis) {
        clockOffset += millis;
    }

    /** From now on chance brings no more trouble. */
    void calmDown() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    /** Somebody chose that a slave differs from its master: what is sent to one again, all get again. */
    void tamper() {
        tampered = true;
    }

    boolean isTampered() {
        return tampered;
    }

    void later(long delay, Runnable action) {
        events.add(new Event(now + Math.max(0, delay), order++, action));
    }

    /** Runs the next event, if it is due before {@code end}. */
    boolean step(long end) {
        Event next = events.peek();
        if (next == null || next.at() > end) {
            now = Math.max(now, end);
            return false;
        }
        events.poll();
        now = next.at();
        next.action().run();
        return true;
    }

    /** Between {@code from} and {@code to}, both included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    /** Mostly short, sometimes long. */
    long delay(int usual, int longest) {
        return random.nextInt(10) == 0 ? random.nextInt(longest + 1) : random.nextInt(usual + 1);
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Trouble that chance brings once in {@code n} times, until things calm down. */
    boolean trouble(int n, String what) {
        boolean happens = !calm && oneIn(n);
        if (happens) {
            count(what);
        }
        return happens;
    }

    Random random() {
        return random;
    }

    byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    Map<String, Integer> counts() {
        return counts;
    }
}
