package org.hotbackup.server;

import org.hotbackup.replication.Position;

/**
 * That the slave of a master server was promoted: what the master has beyond the position is not on the new master.
 *
 * @param nodeId the node that was promoted
 * @param epoch the epoch that it took
 * @param position the last of this master's transactions that it has
 * @param epochMillis when this master was told, by its own clock
 * @param keptLsn the transactions up to this LSN are in lost+found already; 0 if none is
 * @param givenUp what was in the queue when a rejoin gave it up
 */
public record Superseded(
        String nodeId, long epoch, Position position, long epochMillis, long keptLsn, GivenUp givenUp) {

    /**
     * What was beyond the position in a queue that a rejoin was about to delete, all of it dealt with.
     *
     * @param lsn of the last entry; 0 if no rejoin came so far
     * @param transactions how many
     */
    public record GivenUp(long lsn, long transactions) {

        /** No rejoin came so far. */
        public static final GivenUp NOTHING = new GivenUp(0, 0);
    }

    /** Of a master that was just told. */
    Superseded(String nodeId, long epoch, Position position, long epochMillis) {
        this(nodeId, epoch, position, epochMillis, 0, GivenUp.NOTHING);
    }

    Superseded keptUpTo(long lsn) {
        return new Superseded(nodeId, epoch, position, epochMillis, lsn, givenUp);
    }

    Superseded givingUp(long lsn, long transactions) {
        return new Superseded(nodeId, epoch, position, epochMillis, keptLsn, new GivenUp(lsn, transactions));
    }
}
