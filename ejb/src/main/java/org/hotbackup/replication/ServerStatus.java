package org.hotbackup.replication;

/** What a server is doing, in the manual's words (HB-112). */
public enum ServerStatus {
    STOPPED("Stopped"),
    WAIT_RESPONSE_TO_CALL("Wait response to call"),
    WAIT_INCOMING_CALL("Wait incoming call"),
    CONNECTED("Connected"),
    READING_NETWORK("Reading network"),
    WRITING_TO_NETWORK("Writing to network"),
    WAITING_FOR_ACK("Waiting for ACK"),
    READING_QUEUE("Reading queue"),
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
