package org.hotbackup.replication;

import java.util.Optional;

/** What a promotion needs of the node beyond the applier. For one thread. */
public interface Promoter {

    /**
     * How many helpers still have something to do for this slave server, or for one that is not there any more; without those
     * that hold nothing back and cannot go on now.
     */
    long helpersLeft();

    /** One of these that died when it ran last and has not got on since, a clause for people; empty if there is none. */
    default Optional<String> helperInTheWay() {
        return Optional.empty();
    }

    /**
     * Writes the promotion down, takes a new epoch and opens the node for updates, all in one durable database transaction;
     * or throws and changes nothing.
     *
     * @param last where the slave server stands for good
     */
    Promotion promote(Position last);
}
