package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hotbackup.replication.simulation.Lives;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hundreds of old masters that come back while everything dies. */
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
        Map<String, Integer> happened = Lives.live(500, seed -> new RejoinSimulation(seed).live());

        if (!Lives.isOne()) {
            assertThat(happened).as("everything that can go wrong did").containsKeys(EVERYTHING);
        }
    }
}
