package org.hotbackup.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of lives of a pair, a few milliseconds each. A failure names its seed and how to live that one again;
 * {@code -Dhotbackup.simulation.seeds=N} lives more or fewer of them.
 */
class PairSimulationTest {

    private static final Logger SESSIONS = Logger.getLogger("org.hotbackup.replication");

    private static final String[] EVERYTHING = {
        "acknowledgements forgotten by the queue",
        "appends that failed",
        "batches delayed",
        "calls that failed",
        "commits reported as failed",
        "crashes after a commit on the master",
        "crashes after a commit on the slave",
        "crashes before a commit on the slave",
        "crashes before an append",
        "crashes between append and forgetting the rows",
        "crashes in a helper's step",
        "crashes of the master",
        "crashes of the slave",
        "cuts",
        "dead directions",
        "duplicates at the queue",
        "failures while applying",
        "files cleared by a helper",
        "frames damaged",
        "frames from older connections",
        "frames lost to the master",
        "frames lost to the slave",
        "frames repeated later",
        "helpers that died",
        "pauses of the master",
        "pauses of the slave",
        "payloads read from the table",
        "periods in which the slave cannot apply",
        "periods without applying",
        "positions that could not be read",
        "queue failures after an acknowledgement",
        "queue failures before an acknowledgement",
        "queue failures while appending",
        "queue failures while polling",
        "ranges found EQUAL",
        "ranges found NOT_SETTLED",
        "reports of checks",
        "said BAD_NETWORK_MESSAGE",
        "said REFUSED_ANOTHER_MASTER",
        "said REFUSED_GAP",
        "status Connected",
        "status Idle",
        "status Reading network",
        "status Reading queue",
        "status Stopped",
        "status Wait incoming call",
        "status Wait response to call",
        "status Waiting for ACK",
        "status Writing to network",
        "transactions blocked",
        "transactions rolled back",
        "waits for a lock"
    };

    @BeforeAll
    static void keepProvokedFailuresQuiet() {
        SESSIONS.setLevel(Level.OFF);
    }

    @Test
    @Tag("HB-112")
    void shouldKeepTheInvariantsWhateverHappens() {
        Long one = Long.getLong("hotbackup.simulation.seed");
        long first = one == null ? 1 : one;
        long last = one == null ? Long.getLong("hotbackup.simulation.seeds", 3_000) : one;
        Map<String, Integer> happened = new TreeMap<>();
        for (long seed = first; seed <= last; seed++) {
            try {
                new Simulation(seed, Breakage.NONE)
                        .live()
                        .forEach((what, times) -> happened.merge(what, times, Integer::sum));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("again with -Dhotbackup.simulation.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(happened).containsEntry("lives", (int) (last - first + 1));
        if (one == null) {
            assertThat(happened).as("everything that can go wrong did").containsKeys(EVERYTHING);
        }
        System.getLogger(PairSimulationTest.class.getName()).log(System.Logger.Level.INFO, happened.toString());
    }
}
