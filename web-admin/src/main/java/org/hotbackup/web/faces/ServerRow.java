package org.hotbackup.web.faces;

import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.ServerMXBean;

/** One server as the page shows it. Faces sees it, nobody else should. */
public final class ServerRow {

    private final ServerMXBean server;

    ServerRow(ServerMXBean server) {
        this.server = server;
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
        return Figures.known(this::lag);
    }

    private String lag() {
        long transactions = server.getLagTransactions();
        long millis = server.getLagMillis();
        if (transactions == 0 && millis <= 0) {
            return Texts.get("none");
        }
        return transactions < 0
                ? Figures.counter(transactions)
                : Texts.get("lagOf", transactions, Figures.time(Math.max(0, millis)));
    }

    public String getLastMessage() {
        return Figures.withTimes(server.getLastMessage());
    }

    /** Why what waits does not flow; empty if nothing is in the way. */
    public String getTrouble() {
        return Figures.withTimes(server.getTrouble());
    }

    /** That it was promoted or superseded; empty if neither. */
    public String getPromotion() {
        return server.getPromotion();
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
