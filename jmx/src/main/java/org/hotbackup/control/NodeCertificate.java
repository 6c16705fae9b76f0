package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * A certificate that the node's links depend on: its own, or that of a peer that it trusts.
 *
 * @param peer how the peer is called here; empty if it is the node's own
 * @param nodeId the node whose certificate it is, as it states; empty if it states none
 * @param fingerprint SHA-256 in hex
 * @param validUntil its end, ISO-8601 in UTC
 * @param daysLeft whole days until then; 0 or less if it has ended
 */
public record NodeCertificate(String peer, String nodeId, String fingerprint, String validUntil, long daysLeft) {

    /** For MXBean tools. */
    @ConstructorParameters({"peer", "nodeId", "fingerprint", "validUntil", "daysLeft"})
    public NodeCertificate {}

    public String getPeer() {
        return peer;
    }

    public String getNodeId() {
        return nodeId;
    }

    public String getFingerprint() {
        return fingerprint;
    }

    public String getValidUntil() {
        return validUntil;
    }

    public long getDaysLeft() {
        return daysLeft;
    }

    /** One line for scripts. */
    @Override
    public String toString() {
        return TextLine.of(peer, nodeId, fingerprint, validUntil, daysLeft);
    }
}
