package org.hotbackup.replication;

import java.util.List;
import java.util.Optional;

/** What the slave server does to its database. Implemented by the store; blocks until durable. */
public interface Applier {

    /** The committed position of this slave server, empty if it never applied anything. */
    Optional<Position> position();

    /**
     * Applies transactions in order, each as a whole, together with the position of the last one in one durable
     * database transaction. What cannot be performed is in lost+found afterwards, in the same database transaction.
     *
     * @param transactions consecutive, at least one
     * @param position of the last of them
     * @return how many were applied and how many went to lost+found; together as many as were given
     * @throws ApplyBlockedException if it may succeed later: nothing was changed
     */
    Outcome apply(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException;

    /**
     * What became of a batch.
     *
     * @param applied transactions applied
     * @param lostAndFound transactions kept in lost+found
     */
    record Outcome(int applied, int lostAndFound) {}
}
