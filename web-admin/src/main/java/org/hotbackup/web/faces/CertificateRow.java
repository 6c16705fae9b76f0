package org.hotbackup.web.faces;

import org.hotbackup.control.NodeCertificate;

/** A certificate as pages show it. Faces sees it, nobody else should. */
public final class CertificateRow {

    /** From here on it is said in colour, as diagnose says it. */
    private static final int NOTICE_DAYS = 30;

    private final NodeCertificate certificate;

    CertificateRow(NodeCertificate certificate) {
        this.certificate = certificate;
    }

    /** Whose it is. */
    public String getTitle() {
        return certificate.peer().isEmpty()
                ? Texts.get("ownCertificate")
                : Texts.get("peerCertificate", certificate.peer());
    }

    /** How it is called here; empty if it is the node's own. */
    public String getPeer() {
        return certificate.peer();
    }

    public String getNodeId() {
        return certificate.nodeId();
    }

    public String getFingerprint() {
        return certificate.fingerprint();
    }

    /** When it ends. */
    public String getEnd() {
        return Figures.withTimes(certificate.validUntil());
    }

    /** How long it is still valid. */
    public String getDaysLeft() {
        long days = certificate.daysLeft();
        return days <= 0 ? Texts.get("ended") : Texts.get("days", days);
    }

    /** Whether it ends soon, or has ended. */
    public boolean isEnding() {
        return certificate.daysLeft() < NOTICE_DAYS;
    }
}
