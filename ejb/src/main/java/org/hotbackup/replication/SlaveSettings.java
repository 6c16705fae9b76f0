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

    /** The most delayed transactions applied in one database transaction. */
    static final int APPLY_DELAYED_TRANSACTIONS = 2_000;

    /** The most bytes of payload applied in one database transaction, unless one transaction alone is larger. */
    static final long APPLY_BYTES = 8 << 20;

    /** The most transactions that may wait to be applied: more than any master's window. */
    static final int MOST_ARRIVED_TRANSACTIONS = 3 * MasterSettings.WINDOW_TRANSACTIONS;

    /** The most bytes of payload that may wait to be applied: a full window and a largest transaction, twice. */
    static final long MOST_ARRIVED_BYTES = 160L << 20;

    /** Without a frame for so long the master is taken for gone; it will call again. */
    static final long SILENCE_MILLIS = 10_000;

    /**
     * After so long a conversation is a good one: its master takes {@link MasterSettings#QUEUE_PATIENCE_MILLIS} to find out
     * that it must refuse, and does so at each call.
     */
    static final long SETTLED_MILLIS = 2 * MasterSettings.QUEUE_PATIENCE_MILLIS;

    /** How soon the port is listened on again after the link broke. */
    static final long LISTEN_AGAIN_MILLIS = 1_000;

    /** How soon a blocked transaction is tried again the first time; the wait doubles each time. */
    static final long FIRST_APPLY_AGAIN_MILLIS = 100;

    /** How soon a blocked transaction is tried again at the latest. */
    static final long APPLY_AGAIN_MILLIS = 5_000;

    /** A promotion is given up when nothing could be applied for so long. */
    static final long PROMOTION_PATIENCE_MILLIS = 30_000;

    /** How soon it is looked again whether a promotion's helpers are done. */
    static final long PROMOTION_STEP_MILLIS = 200;

    /** How many conversations that are over are remembered, so that their repeated first frames do no harm. */
    static final int CONVERSATIONS_REMEMBERED = 64;
}
