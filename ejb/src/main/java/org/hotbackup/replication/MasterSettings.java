package org.hotbackup.replication;

/**
 * What a master session needs to know.
 *
 * @param server the master server's name
 * @param nodeId this node
 * @param history the history that its store holds
 * @param peer the slave's host and port, for messages
 * @param definedAtLsn the LSN after which the server's queue holds every entry
 * @param txLogTimerMillis how long to sleep when the queue is found empty; 0 not at all (HB-057)
 */
public record MasterSettings(
        String server, String nodeId, String history, String peer, long definedAtLsn, long txLogTimerMillis) {

    /** The most transactions in one batch. */
    static final int BATCH_TRANSACTIONS = 500;

    /** The most bytes of payload in one batch, unless one transaction alone is larger. */
    static final long BATCH_BYTES = 1 << 20;

    /** Fewer transactions than this wait for each other while others are out: a frame costs more than what is in it. */
    static final int SMALL_BATCH_TRANSACTIONS = 100;

    /** For so long at most. */
    static final long SMALL_BATCH_MILLIS = 3;

    /** The most transactions sent and not yet acknowledged. */
    static final int WINDOW_TRANSACTIONS = 20_000;

    /** The most bytes sent and not yet acknowledged, unless one transaction alone is larger. */
    static final long WINDOW_BYTES = 16 << 20;

    /** A heartbeat goes out when nothing else did for so long. */
    static final long HEARTBEAT_MILLIS = 2_000;

    /** The link is given up when nothing arrived for so long and the slave has nothing to do. */
    static final long NO_ANSWER_MILLIS = 10_000;

    /** The link is given up when nothing arrived for so long and the slave may be applying what it was sent. */
    static final long NO_ACKNOWLEDGEMENT_MILLIS = 60_000;

    /** How soon a failed call is made again the first time; the wait doubles each time. */
    static final long FIRST_CALL_AGAIN_MILLIS = 200;

    /** How soon a failed call is made again at the latest, and after a refusal. */
    static final long CALL_AGAIN_MILLIS = 2_000;

    /** How long entries that must be there may take from the pump through the queue. */
    static final long QUEUE_PATIENCE_MILLIS = 10_000;
}
