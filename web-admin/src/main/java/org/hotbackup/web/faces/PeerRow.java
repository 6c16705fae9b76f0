package org.hotbackup.web.faces;

import java.util.List;
import org.hotbackup.control.ServerMXBean;

/**
 * The other side of a server: who it is, when it was last heard of, and, of a slave, what it said of itself then. Faces sees it,
 * nobody else should.
 */
public final class PeerRow {

    private final ServerMXBean server;
    private final List<CertificateRow> known;

    PeerRow(ServerMXBean server, List<CertificateRow> known) {
        this.server = server;
        this.known = known;
    }

    /** The server that it is the other side of. */
    public String getServer() {
        return server.getName();
    }

    /** Whether it is a slave, which reports what became of what it got. */
    public boolean isSlave() {
        return server.getServerType().equals("Master");
    }

    /** How its node is called here, or its identity; a dash if it was never heard of. */
    public String getNode() {
        String id = server.getPeerNodeId();
        return id.isEmpty()
                ? Figures.UNKNOWN
                : known.stream()
                        .filter(certificate -> certificate.getNodeId().equals(id))
                        .map(CertificateRow::getPeer)
                        .filter(name -> !name.isEmpty())
                        .findFirst()
                        .orElse(id);
    }

    /** Where it is. */
    public String getAddress() {
        return server.getPeer().isEmpty() ? Figures.UNKNOWN : server.getPeer();
    }

    /** How old what it said is. */
    public String getHeard() {
        long millis = server.getPeerSilenceMillis();
        return millis < 0 ? Texts.get("neverHeard") : Texts.get("ago", Figures.time(millis));
    }

    /** Up to which transaction it has everything, of a slave; which one it sent last, of a master. */
    public String getReached() {
        return Figures.counter(isSlave() ? server.getAckedTransaction() : server.getCurrentTransaction());
    }

    /** What a slave applied since its server started. */
    public String getApplied() {
        return isSlave() ? Figures.counter(server.getAppliedTotal()) : Figures.UNKNOWN;
    }

    /** What of it went to lost+found. */
    public String getLostAndFound() {
        return isSlave() ? Figures.counter(server.getLostAndFoundTotal()) : Figures.UNKNOWN;
    }
}
