package org.hotbackup.store;

/** What belongs to clearing the log (HB-125) beyond the store; all are called while no unit of work is open. */
public interface LogClearing {

    /**
     * Notes down, durably, who may miss what is cleared; if it throws, nothing is cleared.
     *
     * @param lastLsn LSN of the last log entry, 0 if there never was one
     * @param notEnqueued how many entries the queue does not have yet
     */
    void before(long lastLsn, long notEnqueued);

    /** Empties the queue. */
    void empty();

    /** The record that it is cleared up to this LSN: written in the transaction in which clearing is over. */
    SystemItem record(long lastLsn);
}
