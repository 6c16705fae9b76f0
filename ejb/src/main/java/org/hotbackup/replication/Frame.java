package org.hotbackup.replication;

import java.util.List;
import java.util.Optional;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.verify.CheckReport;

/** What the two servers of a pair say to each other; PROTOCOL.md has the layouts and the order of the conversation. */
public sealed interface Frame {

    /** Master: begins a conversation. Server name, node, history and epoch are the master's. */
    record Hello(String server, String nodeId, String history, long epoch) implements Frame {}

    /**
     * Master: the nodes whose updates it passes on, its own masters first (HB-015); said after Hello, and again whenever
     * they become others.
     */
    record Upstream(List<String> nodeIds) implements Frame {}

    /** Slave: where it stands, and in which history; nothing if it never applied anything. */
    record PositionReport(String nodeId, Optional<Position> position) implements Frame {}

    /** Master: consecutive transactions, at least one, the first of which has number {@code firstTransaction}. */
    record Batch(long firstTransaction, List<LogEntry> entries) implements Frame {}

    /** Slave: everything up to this transaction is durably applied, held or in lost+found. */
    record Acknowledge(long transaction, long lsn, Totals totals) implements Frame {}

    /** Either: the conversation is over, for this reason, a message of the catalogue. */
    record Refuse(String messageId, String text) implements Frame {}

    /** Master: is somebody there, and did everything up to this transaction arrive? */
    record Heartbeat(long lastTransaction) implements Frame {}

    /** Slave: yes; and, as {@link Acknowledge}, how far it has come, 0 and 0 if it never applied anything. */
    record HeartbeatReply(long transaction, long lsn, Totals totals) implements Frame {}

    /** Master: a request for the slave's statistics. */
    record StatisticsRequest(long id) implements Frame {}

    /** Slave: its statistics, for people. */
    record StatisticsReply(long id, String text) implements Frame {}

    /**
     * Slave: what it found at a check in its log. Sent before the acknowledgement of the transaction that holds the check,
     * so that a check which is acknowledged without a report is known to be lost.
     */
    record Checked(CheckReport report) implements Frame {}

    /**
     * Slave: it was promoted and applies nothing any more; said to the master of that history before it is refused.
     *
     * @param nodeId the node that was promoted
     * @param epoch the epoch that it took
     * @param position the last of the old master's transactions that it has
     */
    record Promoted(String nodeId, long epoch, Position position) implements Frame {}

    /**
     * What the slave server did since it started, and what it has yet to do.
     *
     * @param applied transactions applied
     * @param lostAndFound transactions in lost+found
     * @param pending updates that it has and did not apply yet, now
     */
    record Totals(long applied, long lostAndFound, long pending) {}
}
