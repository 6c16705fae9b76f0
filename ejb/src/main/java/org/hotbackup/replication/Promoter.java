package org.hotbackup.replication;

/** What a promotion needs of the node beyond the applier. For one thread. */
public interface Promoter {

    /** How many helpers still have something to do for this slave server, or for one that is not there any more. */
    long helpersLeft();

    /**
     * Writes the promotion down, takes a new epoch and opens the node for updates, all in one durable database transaction;
     * or throws and changes nothing.
     *
     * @param last where the slave server stands for good
     */
    Promotion promote(Position last);
}
