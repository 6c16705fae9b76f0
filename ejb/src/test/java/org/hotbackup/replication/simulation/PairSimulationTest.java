package org.hotbackup.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lives of a master and its slaves, some milliseconds each. */
class PairSimulationTest {

    private static final Logger SESSIONS = Logger.getLogger("org.hotbackup.replication");

    private static final String[] EVERYTHING = {
        "ALL files logged",
        "DL files only logged",
        "FileCleared while a helper is CLEARING",
        "FileCleared while a helper is MERGING",
        "FileCleared while a helper is RESIZING",
        "FileDeleted while a helper is CLEARING",
        "FileDeleted while a helper is MERGING",
        "FileDeleted while a helper is RESIZING",
        "FileRedefined while a helper is CLEARING",
        "FileRedefined while a helper is MERGING",
        "FileRedefined while a helper is RESIZING",
        "ItemDeleted while a helper is CLEARING",
        "ItemWritten while a helper is CLEARING",
        "ItemWritten while a helper is MERGING",
        "acknowledgements forgotten by the queue",
        "appends that failed",
        "batches delayed",
        "calls that failed",
        "commits reported as failed",
        "comparisons that waited for a lock",
        "crashes after a commit on the master",
        "crashes after a commit on the slave",
        "crashes before a commit on the slave",
        "crashes before an append",
        "crashes between append and forgetting the rows",
        "crashes in a helper's step",
        "crashes of a slave while a helper is CLEARING",
        "crashes of a slave while a helper is MERGING",
        "crashes of a slave while a helper is RESIZING",
        "crashes of a slave with delayed updates",
        "crashes of the master",
        "crashes of the slave",
        "cuts",
        "dead directions",
        "delayed transactions set aside",
        "delayed updates applied",
        "deletions of what was in an account or file that is not logged",
        "differences planted",
        "duplicates at the queue",
        "enqueuing started",
        "enqueuing stopped",
        "failures while applying",
        "files cleared by a helper",
        "files found DIFFERENT",
        "files found EQUAL",
        "files found MISSING",
        "files sent again",
        "frames cut short",
        "frames damaged",
        "frames from older connections",
        "frames lost to the master",
        "frames lost to the slave",
        "frames of nonsense",
        "frames overtaken",
        "frames repeated later",
        "helpers that died while CLEARING",
        "helpers that died while MERGING",
        "helpers that died while RESIZING",
        "items sent again",
        "lives of a CASCADE",
        "lives of a CIRCLE",
        "lives of a PAIR",
        "lives of a RING",
        "lives of a TWO_SLAVES",
        "log queues cleared",
        "log slave update off",
        "log slave update on",
        "master servers stopped",
        "opened files closed",
        "pauses of the master",
        "pauses of the slave",
        "payloads read from the table",
        "performed AccountCreated",
        "performed AccountDeleted",
        "performed FileCleared",
        "performed FileCreated",
        "performed FileDeleted",
        "performed FileRedefined",
        "performed ItemDeleted",
        "performed ItemWritten",
        "performed RangeChecked",
        "periods in which the slave cannot apply",
        "periods with traces",
        "periods without applying",
        "positions that could not be read",
        "queue failures after an acknowledgement",
        "queue failures before an acknowledgement",
        "queue failures while appending",
        "queue failures while polling",
        "ranges found DIFFERENT",
        "ranges found EQUAL",
        "ranges found NO_FILE",
        "records discarded",
        "records replayed",
        "replays refused: CANNOT_BE_REPLAYED",
        "replays refused: OLDER_FIRST",
        "reports of checks",
        "rounds of a comparison",
        "said BAD_NETWORK_MESSAGE",
        "said REFUSED_ANOTHER_MASTER",
        "said REFUSED_CIRCLE",
        "said REFUSED_GAP",
        "said REFUSED_POSITION_BEHIND",
        "slave servers stopped",
        "slaves proved equal",
        "slaves repaired",
        "slaves resynchronised",
        "slaves that were away",
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
        "transactions set aside",
        "updates LEFT_OUT",
        "updates LOGGED",
        "updates MISSED",
        "updates that were overtaken",
        "waits for a lock"
    };

    @BeforeAll
    static void keepProvokedFailuresQuiet() {
        SESSIONS.setLevel(Level.OFF);
    }

    @Test
    @Tag("HB-112")
    void shouldKeepTheInvariantsWhateverHappens() {
        Map<String, Integer> happened = Lives.live(
                1_000, seed -> Simulation.ofChance(seed, Breakage.NONE).live());

        if (!Lives.isOne()) {
            assertThat(happened).as("everything that can go wrong did").containsKeys(EVERYTHING);
        }
        System.getLogger(PairSimulationTest.class.getName()).log(System.Logger.Level.INFO, happened.toString());
    }
}
