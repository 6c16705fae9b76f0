package org.hotbackup.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Epochs;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hundreds of promotions in the middle of traffic and faults. */
class PromotionSimulationTest {

    private static final Logger SESSIONS = Logger.getLogger("org.hotbackup.replication");

    private static final String[] EVERYTHING = {
        "crashes after a promotion",
        "crashes before a promotion",
        "crashes of the master",
        "crashes of the slave",
        "crashes while the old master is told",
        "nothing was unsent",
        "promotions that fail",
        "said PROMOTED",
        "said PROMOTION_GIVEN_UP",
        "said PROMOTION_UNDER_WAY",
        "said REFUSED_PROMOTED",
        "said SUPERSEDED",
        "something was unsent"
    };

    @BeforeAll
    static void keepProvokedFailuresQuiet() {
        SESSIONS.setLevel(Level.OFF);
    }

    @Test
    @Tag("FAULT-F14")
    void shouldPromoteInTheMiddleOfEverything() {
        Map<String, Integer> happened = Lives.liveAtMost(600, seed -> new PromotionSimulation(seed).live());

        if (!Lives.isOne()) {
            assertThat(happened).as("everything that can go wrong did").containsKeys(EVERYTHING);
        }
    }

    /** The roles are swapped, and the old master comes back once more as what it was: its epoch is an older one. */
    @Test
    @Tag("FAULT-F14")
    void shouldAcceptOneEpochWhileAMasterOfAnOlderOneCallsAgainAndAgain() {
        Map<String, Integer> happened = Lives.liveAtMost(300, seed -> {
            Simulation pair = new Simulation(seed, Breakage.NONE);
            Epochs onDisk = Epochs.inMemory();
            pair.slave().atBoot(session -> session.epochs(onDisk));
            pair.master().atBoot(session -> session.epoch(() -> 2, 2));
            SimulatedMaster old = pair.furtherMaster("node-master", Truth.HISTORY);
            old.conversationsFrom(seed << 20);
            old.atBoot(session -> session.epoch(() -> 1, 1));
            pair.callsAsWell(old);
            return pair.live();
        });

        assertThat(happened).containsKey("said " + MessageCode.REFUSED_EPOCH);
    }
}
