package org.hotbackup.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.ServerMXBean;

/** Which slave servers could take over from their master, and what a superseded master has that the new one has not. */
@Named("succession")
@RequestScoped
public class SuccessionView extends PageView {

    private static final int LINES = 50;

    private List<Candidate> candidates;
    private List<QueueEntry> unsent;

    /** The slave servers of this node. */
    public List<Candidate> getCandidates() {
        if (candidates == null) {
            candidates = servers("Slave").stream()
                    .map(name -> new Candidate(control.server(name)))
                    .toList();
        }
        return candidates;
    }

    /** The master servers that were told that their slave was promoted. */
    public List<String> getSuperseded() {
        return servers("Master").stream()
                .filter(name -> !control.server(name).getPromotion().isEmpty())
                .toList();
    }

    /** The one that is looked at: as the address says, or the first; empty if there is none. */
    public String getServer() {
        return address().has("server")
                ? address().text("server")
                : getSuperseded().stream().findFirst().orElse("");
    }

    /** Its transactions that the new master does not have, oldest first, from where the address says. */
    public List<QueueEntry> getUnsent() {
        if (unsent == null) {
            unsent = getServer().isEmpty()
                    ? List.of()
                    : ask(
                            () -> control.server(getServer())
                                    .rejoinEntries(
                                            address().number("after"), address().limit(LINES)),
                            List.of());
        }
        return unsent;
    }

    /** Whether there may be more of them. */
    public boolean isMore() {
        return getUnsent().size() == address().limit(LINES);
    }

    /** Where to go on. */
    public long getReached() {
        return getUnsent().isEmpty() ? 0 : unsent.get(unsent.size() - 1).lsn();
    }

    @Override
    public void load() {
        getCandidates();
        getUnsent();
    }

    /** A slave server as the page shows it. Faces sees it, nobody else should. */
    public static final class Candidate {

        private final ServerMXBean server;

        Candidate(ServerMXBean server) {
            this.server = server;
        }

        public String getName() {
            return server.getName();
        }

        public String getStatus() {
            return server.getStatus();
        }

        public String getPeer() {
            return server.getPeer();
        }

        /** Its master is connected, so it cannot be promoted now. */
        public boolean isConnected() {
            return !server.getPeer().isEmpty();
        }

        public String getCurrent() {
            return Figures.counter(server.getCurrentTransaction());
        }

        public String getPending() {
            return Figures.counter(server.getPendingUpdates());
        }

        /** That it was or is being promoted; empty if neither. */
        public String getPromotion() {
            return server.getPromotion();
        }
    }
}
