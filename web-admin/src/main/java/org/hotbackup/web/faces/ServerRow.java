package org.hotbackup.web.faces;

import java.util.Set;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.ServerMXBean;

/** One server as the page shows it. Faces sees it, nobody else should. */
public final class ServerRow {

    /** The manual's words for a server that calls or listens in vain. */
    private static final Set<String> WAITING = Set.of("Wait response to call", "Wait incoming call");

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

    /** A class of the style sheet: stopped, waiting for the other side, or running. */
    public String getState() {
        if (!isRunning()) {
            return "stopped";
        }
        return isWaiting() ? "waiting" : "running";
    }

    /** Whether it waits for the other side, which is not there. */
    boolean isWaiting() {
        return WAITING.contains(getStatus());
    }

    public String getStatus() {
        return server.getStatus();
    }

    public String getPeer() {
        return server.getPeer().isEmpty() ? "\u2013" : server.getPeer();
    }

    public String getCurrent() {
        return isRunning() ? Figures.counter(server.getCurrentTransaction()) : Figures.UNKNOWN;
    }

    public String getAcked() {
        return isRunning() ? Figures.counter(server.getAckedTransaction()) : Figures.UNKNOWN;
    }

    public String getApplied() {
        return isRunning() ? Figures.counter(server.getAppliedTotal()) : Figures.UNKNOWN;
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
