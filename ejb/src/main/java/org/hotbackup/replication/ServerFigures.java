package org.hotbackup.replication;

/**
 * What a session can be asked at any moment; one consistent picture. Totals are since the session began.
 *
 * @param status what it is doing
 * @param peer the other end, empty if nobody
 * @param currentTransaction number last sent (master) or received (slave)
 * @param ackedTransaction number last acknowledged
 * @param sent transactions sent or received, repeats included
 * @param acknowledged transactions acknowledged
 * @param applied transactions the slave applied; on a master as the slave last reported
 * @param lostAndFound transactions in lost+found; on a master as the slave last reported
 * @param bytes of frames sent or received
 * @param reconnects conversations begun after the first
 * @param oldestCommittedAtMillis master: when the oldest transaction out was committed, epoch milliseconds; 0 if none is
 * @param lastRoundTripMillis master: from commit to acknowledgement of the transaction acknowledged last; -1 if none yet
 * @param statisticsId master: id of the last answered request for statistics, 0 if none
 * @param statistics that answer
 * @param pending updates that wait in the slave's {@code dm,hb.log,apply}; on a master as the slave last reported
 * @param heardAt when the other end was last heard of, on the session's clock; {@link #NEVER} if it was not
 */
public record ServerFigures(
        ServerStatus status,
        String peer,
        long currentTransaction,
        long ackedTransaction,
        long sent,
        long acknowledged,
        long applied,
        long lostAndFound,
        long bytes,
        long reconnects,
        long oldestCommittedAtMillis,
        long lastRoundTripMillis,
        long statisticsId,
        String statistics,
        long pending,
        long heardAt) {

    /** It was not heard of since the session began. */
    public static final long NEVER = Long.MIN_VALUE;

    /** Of a server that is not running. */
    public static final ServerFigures STOPPED =
            new ServerFigures(ServerStatus.STOPPED, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, "", 0, NEVER);

    /** The same figures of a server that is doing something else. */
    public ServerFigures doing(ServerStatus now) {
        return doing(now, peer);
    }

    /** The same figures of a server that is doing something else, with another peer. */
    public ServerFigures doing(ServerStatus now, String with) {
        return new ServerFigures(
                now,
                with,
                currentTransaction,
                ackedTransaction,
                sent,
                acknowledged,
                applied,
                lostAndFound,
                bytes,
                reconnects,
                oldestCommittedAtMillis,
                lastRoundTripMillis,
                statisticsId,
                statistics,
                pending,
                heardAt);
    }
}
