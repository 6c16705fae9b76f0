package org.hotbackup.replication;

import org.hotbackup.replication.Frame.StatisticsReply;
import org.hotbackup.replication.Frame.Totals;

/**
 * What a master server counts, all from its start on, and what its slave reported last of its own. For the session's thread.
 */
final class MasterStatistics {

    private long conversations;
    private long bytes;
    private long heardAt = ServerFigures.NEVER;
    private long sent;
    private long acknowledged;
    private long lastRoundTripMillis = -1;
    private Totals slaveTotals = new Totals(0, 0, 0);
    private StatisticsReply answer = new StatisticsReply(0, "");

    /** The other end was heard of. */
    void heard(long now) {
        heardAt = now;
    }

    /** A conversation began. */
    void conversation() {
        conversations++;
    }

    /** A frame was sent. */
    void frame(int size) {
        bytes += size;
    }

    /** So many transactions were sent, repeats included. */
    void sent(int transactions) {
        sent += transactions;
    }

    /**
     * So many transactions were acknowledged.
     *
     * @param roundTripMillis from the commit of the last of them until now
     */
    void acknowledged(long transactions, long roundTripMillis) {
        acknowledged += transactions;
        lastRoundTripMillis = roundTripMillis;
    }

    /** The slave said what became of what it has. */
    void slaveHas(Totals totals) {
        slaveTotals = totals;
    }

    /** The slave answered a request for its statistics (HB-075). */
    void answered(StatisticsReply reply) {
        answer = reply;
    }

    /** Id of the last request that was answered, 0 if none was. */
    long answeredId() {
        return answer.id();
    }

    /**
     * For whoever asks at any moment.
     *
     * @param sentTransaction number of the last transaction sent
     * @param acknowledgedTransaction number of the last transaction acknowledged
     * @param oldestCommittedAtMillis when the oldest transaction out was committed, epoch milliseconds; 0 if none is
     */
    ServerFigures figures(
            ServerStatus status,
            String peer,
            long sentTransaction,
            long acknowledgedTransaction,
            long oldestCommittedAtMillis) {
        return new ServerFigures(
                status,
                peer,
                sentTransaction,
                acknowledgedTransaction,
                sent,
                acknowledged,
                slaveTotals.applied(),
                slaveTotals.lostAndFound(),
                bytes,
                Math.max(0, conversations - 1),
                oldestCommittedAtMillis,
                lastRoundTripMillis,
                answer.id(),
                answer.text(),
                slaveTotals.pending(),
                heardAt);
    }
}
