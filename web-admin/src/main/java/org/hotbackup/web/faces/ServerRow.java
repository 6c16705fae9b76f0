package org.hotbackup.web.faces;

import java.util.List;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;

/** One server as the page shows it. Faces sees it, nobody else should. */
public final class ServerRow {

    /** So many of the oldest entries are shown of a queue. */
    static final int SHOWN_ENTRIES = 10;

    private final ServerMXBean server;
    private final List<QueueEntry> oldest;

    ServerRow(ServerMXBean server, TransactionLogQueueMXBean queue) {
        this.server = server;
        oldest = isMaster() ? queue.list(server.getName(), 0, SHOWN_ENTRIES + 1) : List.of();
    }

    /** Whether it is a master server, which has a queue. */
    public boolean isMaster() {
        return server.getServerType().equals("Master");
    }

    public String getName() {
        return server.getName();
    }

    public String getType() {
        return server.getServerType();
    }

    public boolean isRunning() {
        return server.isRunning();
    }

    public String getStatus() {
        return server.getStatus();
    }

    public String getPeer() {
        return server.getPeer().isEmpty() ? "\u2013" : server.getPeer();
    }

    public String getCurrent() {
        return Figures.counter(server.getCurrentTransaction());
    }

    public String getAcked() {
        return Figures.counter(server.getAckedTransaction());
    }

    public String getApplied() {
        return Figures.counter(server.getAppliedTotal());
    }

    public String getLostAndFound() {
        return Figures.counter(server.getLostAndFoundTotal());
    }

    /** Transactions not yet acknowledged and the age of the oldest; a dash on a slave. */
    public String getLag() {
        long transactions = server.getLagTransactions();
        return transactions < 0
                ? Figures.counter(transactions)
                : transactions + " / " + Figures.time(Math.max(0, server.getLagMillis()));
    }

    public String getLastMessage() {
        return server.getLastMessage();
    }

    /** The oldest entries of its queue. */
    public List<EntryRow> getEntries() {
        return oldest.stream().limit(SHOWN_ENTRIES).map(EntryRow::new).toList();
    }

    /** Whether its queue holds more than these. */
    public boolean isMore() {
        return oldest.size() > SHOWN_ENTRIES;
    }

    /** One entry of a queue as the page shows it. */
    public static final class EntryRow {

        private final QueueEntry entry;

        EntryRow(QueueEntry entry) {
            this.entry = entry;
        }

        public long getLsn() {
            return entry.lsn();
        }

        public String getCommittedAt() {
            return entry.committedAt();
        }

        public int getUpdates() {
            return entry.updates();
        }

        public String getSize() {
            return Figures.size(entry.bytes());
        }

        public String getSummary() {
            return entry.summary();
        }
    }
}
