package org.hotbackup.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Thousands of lives of a pair. A failure names its seed; {@code -Dhotbackup.simulation.seed=N} lives that one again,
 * {@code -Dhotbackup.simulation.seeds=N} more or fewer of them.
 */
class PairSimulationTest {

    private static final Logger SESSIONS = Logger.getLogger("org.hotbackup.replication");

    @BeforeAll
    static void keepProvokedFailuresQuiet() {
        SESSIONS.setLevel(Level.OFF);
    }

    @Test
    void shouldKeepTheInvariantsWhateverHappens() {
        Long one = Long.getLong("hotbackup.simulation.seed");
        long first = one == null ? 1 : one;
        long last = one == null ? Long.getLong("hotbackup.simulation.seeds", 5_000) : one;
        Map<String, Integer> happened = new TreeMap<>();
        for (long seed = first; seed <= last; seed++) {
            try {
                new Simulation(seed, Breakage.NONE)
                        .live()
                        .forEach((what, times) -> happened.merge(what, times, Integer::sum));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(happened).containsEntry("lives", (int) (last - first + 1));
        if (one == null) {
            assertThat(happened)
                    .as("everything that can go wrong did")
                    .containsKeys("crashes of the master", "crashes of the slave");
        }
        System.getLogger(PairSimulationTest.class.getName()).log(System.Logger.Level.INFO, happened.toString());
    }
}
