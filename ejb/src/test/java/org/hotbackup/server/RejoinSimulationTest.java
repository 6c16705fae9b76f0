package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of old masters that come back while everything dies. A failure names its seed and how to live that one again;
 * {@code -Dhotbackup.simulation.seeds=N} lives more or fewer of them.
 */
class RejoinSimulationTest {

    private static final String[] EVERYTHING = {
        "crashes after creations were undone",
        "crashes after the queue was deleted",
        "crashes after transactions were kept",
        "crashes before creations are undone",
        "crashes before it becomes a slave",
        "crashes before the queue is deleted",
        "crashes before transactions are kept",
        "entries of its own slave servers",
        "masters restored from an older copy",
        "nothing was unsent",
        "operators who changed their minds",
        "said QUEUE_UNAVAILABLE",
        "said STORE_FULL",
        "something was unsent"
    };

    @Test
    @Tag("FAULT-F14")
    void shouldLoseNothingThatTheNewMasterDoesNotHave() {
        Long one = Long.getLong("hotbackup.simulation.seed");
        long first = one == null ? 1 : one;
        long last = one == null ? Long.getLong("hotbackup.simulation.seeds", 500) : one;
        Map<String, Integer> happened = new TreeMap<>();
        for (long seed = first; seed <= last; seed++) {
            try {
                new RejoinSimulation(seed).live().forEach((what, times) -> happened.merge(what, times, Integer::sum));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("again with -Dhotbackup.simulation.seed=" + seed + ": " + e.getMessage(), e);
            }
        }

        assertThat(happened).containsEntry("lives", (int) (last - first + 1));
        if (one == null) {
            assertThat(happened).as("everything that can go wrong did").containsKeys(EVERYTHING);
        }
    }
}
