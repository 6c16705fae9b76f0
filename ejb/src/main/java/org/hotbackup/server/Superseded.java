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
 */
public record Superseded(String nodeId, long epoch, Position position, long epochMillis, long keptLsn) {

    Superseded keptUpTo(long lsn) {
        return new Superseded(nodeId, epoch, position, epochMillis, lsn);
    }
}
