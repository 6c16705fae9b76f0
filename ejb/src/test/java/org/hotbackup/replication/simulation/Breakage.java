package org.hotbackup.replication.simulation;

import java.util.Set;

/** Parts that can be broken on purpose, to show that the invariants notice. */
enum Breakage {
    /** Everything as it should be. */
    NONE,
    /** The slave's database commits the effects, and its position in a second transaction. */
    POSITION_APART_FROM_EFFECTS("I5", "I6"),
    /** The slave's database reports a commit that is not durable yet: it is acknowledged too early. */
    COMMIT_NOT_DURABLE("acknowledged implies durable", "things become quiet"),
    /** After a restart the slave's database knows the position before the last one only. */
    POSITION_FORGOTTEN("no needless resync", "acknowledged implies durable", "I2", "I5", "I6", "things become quiet"),
    /** The slave's database performs the transactions of a batch in another order. */
    APPLIED_OUT_OF_ORDER("I2", "I5", "no false alarm"),
    /** The slave's database performs the first update of a transaction only. */
    APPLIED_IN_PART("I2", "I3", "I4", "I5", "no false alarm"),
    /** The master's queue forgets an entry as soon as it was taken, not when the slave acknowledged it. */
    ACKNOWLEDGED_WHEN_TAKEN("removed only if acknowledged"),
    /** The queue takes an entry twice. */
    NO_DUPLICATE_DETECTION("the queue keeps the chain"),
    /** The queue gives two entries in the wrong order. */
    QUEUE_OUT_OF_ORDER("no needless resync", "things become quiet"),
    /** The pump hands entries on as they are committed, without waiting for smaller LSNs. */
    PUMP_IN_COMMIT_ORDER(
            "no needless resync", "I2", "the queue keeps the chain", "things become quiet", "the pump finds its rows"),
    /** The pump forgets rows before the queue has them. */
    ROWS_FORGOTTEN_TOO_EARLY("no needless resync", "the queue keeps the chain", "things become quiet"),
    /** The LSN is given before the locks are held. */
    LSN_BEFORE_LOCKS("I2", "I3", "I4", "I5", "no false alarm"),
    /** What cannot be performed on the slave is dropped, not kept in lost+found. */
    LOST_AND_NOT_FOUND("I6"),
    /** What arrives while updates are not applied is forgotten now and then. */
    DELAYED_FORGOTTEN("I6"),
    /** What arrives while delayed updates are applied does not always queue behind them. */
    DELAYED_OVERTAKEN("I3", "I4", "I5"),
    /** A helper clears a file without holding what arrives meanwhile. */
    NOTHING_HELD("I4"),
    /** What helpers are at work on is forgotten when the slave starts again. */
    HELPERS_FORGOTTEN("I4", "helpers finish"),
    /** What overtakes a record of lost+found is not remembered. */
    OVERTAKING_FORGOTTEN("I3"),
    /** A range is read before its lock is held. */
    CHECK_TOO_EARLY("no false alarm"),
    /** A repair leaves the first item of each portion out. */
    REPAIR_INCOMPLETE("I4", "repaired"),
    /** A slave takes updates of its own account dm. */
    SYSTEM_FILES_TOUCHED("I6", "HB-122"),
    /** With log slave update, the log entries are not in the transaction with the effects. */
    LOG_APART_FROM_EFFECTS("I4", "I5"),
    /** A node does not say whose updates it passes on. */
    UPSTREAM_UNSAID("HB-015"),
    /** Whose updates a node receives is in its memory only. */
    UPSTREAM_FORGOTTEN("HB-015"),
    /** With log slave update off, a node does not say whose updates its queue still holds. */
    UPSTREAM_SWITCHED_OFF("HB-015"),
    /** An acknowledgement of one slave takes an entry out of the queues of all. */
    ACKNOWLEDGED_FOR_ALL("removed only if acknowledged", "things become quiet"),
    /** A slave applies several transactions at a time although traces are on. */
    TRACES_IN_BATCHES("HB-033"),
    /** A slave answers checks that another one is asked. */
    ANSWERS_FOR_OTHERS("answers whom it is asked by"),
    /** The slave forgets which master it belongs to. */
    ANY_MASTER("I7");

    private final Set<String> noticedBy;

    Breakage(String... noticedBy) {
        this.noticedBy = Set.of(noticedBy);
    }

    /** The invariants one of which must be found broken. */
    Set<String> noticedBy() {
        return noticedBy;
    }
}
