package org.hotbackup.replication;

import org.hotbackup.control.TransactionStatistics;
import org.hotbackup.replication.Frame.Totals;

/** The statistics that a slave server keeps (HB-075): all begin anew when it is started. For the session's thread. */
final class SlaveStatistics {

    private long conversations;
    private long bytes;
    private long heardAt = ServerFigures.NEVER;
    private long received;
    private long applied;
    private long lostAndFound;
    private long acknowledged;
    private long databaseTransactions;

    /** The other end was heard of. */
    void heard(long now) {
        heardAt = now;
    }

    /** A conversation began. */
    void conversation() {
        conversations++;
    }

    /** A frame arrived. */
    void frame(int size) {
        bytes += size;
    }

    /** So many transactions arrived that are no repeats. */
    void received(int transactions) {
        received += transactions;
    }

    /** This became of some transactions; those that are delayed are counted once they are no longer. */
    void performed(Applier.Outcome outcome) {
        applied += outcome.applied();
        lostAndFound += outcome.lostAndFound();
    }

    /** So many transactions were applied by a commit that seemed to fail. */
    void appliedAfterAll(long transactions) {
        applied += transactions;
    }

    /** A database transaction was committed. */
    void databaseTransaction() {
        databaseTransactions++;
    }

    /** So many transactions are acknowledged. */
    void acknowledged(long transactions) {
        acknowledged += transactions;
    }

    /**
     * What the master is told with each acknowledgement.
     *
     * @param pending transactions that are delayed
     */
    Totals totals(long pending) {
        return new Totals(applied, lostAndFound, pending);
    }

    /**
     * For people.
     *
     * @param pending transactions that are delayed
     * @param last number of the last transaction that was dealt with
     */
    String text(long pending, long last) {
        return new TransactionStatistics(
                        received, applied, pending, lostAndFound, databaseTransactions, bytes, conversations, last)
                .toString();
    }

    /**
     * For whoever asks at any moment.
     *
     * @param arrived number of the last transaction that arrived
     * @param last number of the last transaction that was dealt with
     * @param pending transactions that are delayed
     */
    ServerFigures figures(ServerStatus status, String peer, long arrived, long last, long pending) {
        return new ServerFigures(
                status,
                peer,
                arrived,
                last,
                received,
                acknowledged,
                applied,
                lostAndFound,
                bytes,
                Math.max(0, conversations - 1),
                0,
                -1,
                databaseTransactions,
                text(pending, last),
                pending,
                heardAt);
    }
}
