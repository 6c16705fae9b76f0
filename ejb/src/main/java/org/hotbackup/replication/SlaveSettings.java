package org.hotbackup.replication;

/**
 * What a slave session needs to know.
 *
 * @param server the slave server's name
 * @param nodeId this node
 * @param masterNodeId the master it belongs to, empty until one has called
 */
public record SlaveSettings(String server, String nodeId, String masterNodeId) {

    /** The most transactions applied in one database transaction. */
    static final int APPLY_TRANSACTIONS = 5_000;

    /** The most bytes of payload applied in one database transaction, unless one transaction alone is larger. */
    static final long APPLY_BYTES = 8 << 20;

    /** Without a frame for so long the master is taken for gone; it will call again. */
    static final long SILENCE_MILLIS = 30_000;
}
