package org.hotbackup.control;

/**
 * Finds the control beans of one node: one implementation in the node itself, one over JMX. A surface holds a directory
 * and nothing else of the engine.
 */
public interface ControlDirectory {

    /** The node. */
    NodeMXBean node();

    /** The transaction log queue. */
    TransactionLogQueueMXBean transactionLogQueue();

    /** lost+found. */
    LostAndFoundMXBean lostAndFound();

    /** The permanent log. */
    PermanentLogMXBean permanentLog();

    /** The notices for users and ports. */
    NoticesMXBean notices();

    /** The sampled figures. */
    SamplesMXBean samples();

    /** What runs long on the node. */
    TasksMXBean tasks();

    /** Users and certificates. */
    SecurityMXBean security();

    /** The audit. */
    AuditMXBean audit();

    /**
     * One replication server.
     *
     * @throws org.hotbackup.control.messages.Refusal if there is none of this name
     */
    ServerMXBean server(String name);

    /**
     * The comparison of a master server's files with its slave's.
     *
     * @throws org.hotbackup.control.messages.Refusal if there is no server of this name, or it is a slave
     */
    VerificationMXBean verification(String server);

    /** The tape devices. */
    TapeMXBean tape();

    /** What this node does of a resync through tape-socket. */
    ResyncMXBean resync();

    /** The tape-socket servers. */
    TapeSocketMXBean tapeSocket();

    /**
     * One tape-socket server.
     *
     * @throws org.hotbackup.control.messages.Refusal if there is none of this name
     */
    TapeServerMXBean tapeServer(String name);
}
