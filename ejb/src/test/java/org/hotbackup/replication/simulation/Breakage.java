package org.hotbackup.replication.simulation;

/** Parts that can be broken on purpose, to show that the invariants notice. */
enum Breakage {
    /** Everything as it should be. */
    NONE,
    /** The slave's database commits the effects, and its position in a second transaction. */
    POSITION_APART_FROM_EFFECTS,
    /** The slave's database reports a commit that is not durable yet. */
    COMMIT_NOT_DURABLE,
    /** The master's queue forgets an entry as soon as it was taken, not when the slave acknowledged it. */
    ACKNOWLEDGED_WHEN_TAKEN,
    /** The queue takes an entry twice. */
    NO_DUPLICATE_DETECTION,
    /** The pump hands entries on as they are committed, without waiting for smaller LSNs. */
    PUMP_IN_COMMIT_ORDER,
    /** The pump forgets rows before the queue has them. */
    ROWS_FORGOTTEN_TOO_EARLY,
    /** The LSN is given before the locks are held. */
    LSN_BEFORE_LOCKS,
    /** What cannot be performed on the slave is dropped, not kept in lost+found. */
    LOST_AND_NOT_FOUND,
    /** The slave takes any master. */
    ANY_MASTER
}
