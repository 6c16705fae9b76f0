package org.hotbackup.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Lives of a simulation, one a seed, and what happened in all of them. A failure names its seed and how to live that one
 * again; {@code -Dhotbackup.simulation.seeds=N} lives more or fewer of them.
 */
public final class Lives {

    private static final String ONE = "hotbackup.simulation.seed";
    private static final String MANY = "hotbackup.simulation.seeds";

    private Lives() {}

    /** As many as are asked for, else the usual number. */
    public static Map<String, Integer> live(long usual, LongFunction<Map<String, Integer>> life) {
        return upTo(Long.getLong(MANY, usual), life);
    }

    /** The usual number, or fewer if fewer are asked for. */
    static Map<String, Integer> liveAtMost(long usual, LongFunction<Map<String, Integer>> life) {
        return upTo(Math.min(usual, Long.getLong(MANY, usual)), life);
    }

    /** Whether one seed is asked for: not everything happens in one life. */
    public static boolean isOne() {
        return Long.getLong(ONE) != null;
    }

    private static Map<String, Integer> upTo(long many, LongFunction<Map<String, Integer>> life) {
        long first = Long.getLong(ONE, 1);
        long last = Long.getLong(ONE, many);
        Map<String, Integer> happened = new TreeMap<>();
        for (long seed = first; seed <= last; seed++) {
            try {
                life.apply(seed).forEach((what, times) -> happened.merge(what, times, Integer::sum));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("again with -D" + ONE + "=" + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(happened).containsEntry("lives", (int) (last - first + 1));
        return happened;
    }
}
