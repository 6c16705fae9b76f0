package org.hotbackup.replication;

/** What a server is doing, in the manual's words (HB-112); true at any moment, also while a call or a write blocks. */
public enum ServerStatus {
    /** It does not run, or a slave cannot listen on its port at the moment; the message before tells why. */
    STOPPED("Stopped"),
    /** A master calls its slave, or is about to call again. */
    WAIT_RESPONSE_TO_CALL("Wait response to call"),
    /** A slave listens and its master is not there. */
    WAIT_INCOMING_CALL("Wait incoming call"),
    /** A connection was just made: the two find out where to go on. */
    CONNECTED("Connected"),
    /** A slave's normal state: it takes what arrives and applies it. */
    READING_NETWORK("Reading network"),
    /** Sent and not yet taken by the other side; after 30 seconds without transfer the connection is given up. */
    WRITING_TO_NETWORK("Writing to network"),
    /** A master's transactions are with its slave and not acknowledged. */
    WAITING_FOR_ACK("Waiting for ACK"),
    /** A master opens its queue or takes entries out of it. */
    READING_QUEUE("Reading queue"),
    /** A master found its queue empty and everything acknowledged. */
    IDLE("Idle");

    private final String text;

    ServerStatus(String text) {
        this.text = text;
    }

    /** The manual's words. */
    @Override
    public String toString() {
        return text;
    }
}
