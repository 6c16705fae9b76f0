package org.hotbackup.jms;

/** The addresses and queues of a node's brokers, and what stands in their messages. */
final class Names {

    /** The multicast address of all log entries. */
    static final String TXLOG = "hb.txlog";

    /** Property of a log entry: its LSN. */
    static final String LSN = "hb_lsn";

    /** Property of a log entry: the LSN it follows on. */
    static final String PREVIOUS_LSN = "hb_previous_lsn";

    /** Property of a log entry: when it was committed, epoch milliseconds. */
    static final String COMMITTED_AT = "hb_committed_at";

    /** Property of a part of a frame: whose it is, a number that every link takes at random. */
    static final String SENDER = "hb_sender";

    /** Property of a part of a frame: how many bytes of the frame are still to come. */
    static final String LEFT = "hb_left";

    /** What the user of a peer, which the broker writes into each part of a frame, begins with; its certificate's node follows. */
    static final String PEER = "peer:";

    /** Where a master sends frames for the slave server whose port it called. */
    static final String IN = "hb.in";

    /** Where that slave server sends frames for its master. */
    static final String ACK = "hb.ack";

    private Names() {}

    /** The durable queue of one master server. */
    static String txlogQueue(String server) {
        return TXLOG + "." + server;
    }
}
