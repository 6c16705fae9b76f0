package org.hotbackup.replication;

/** Bytes from the network that are not a frame of this protocol version. Nothing of them is believed. */
public class BadFrameException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong with a frame. */
    public enum Fault {
        /** It does not begin as every frame does. */
        NOT_A_FRAME,
        /** It is of a protocol version that is not spoken here. */
        UNKNOWN_VERSION,
        /** Its type has no meaning in this version. */
        UNKNOWN_TYPE,
        /** A length or a count in it does not agree with how many bytes there are. */
        LENGTH,
        /** It was damaged on the way. */
        CHECKSUM,
        /** A field holds what it never may. */
        CONTENT
    }

    private final Fault fault;
    private final long conversation;

    BadFrameException(Fault fault, String reason) {
        this(fault, 0, reason);
    }

    BadFrameException(Fault fault, long conversation, String reason) {
        super(reason);
        this.fault = fault;
        this.conversation = conversation;
    }

    /** What is wrong. */
    public Fault fault() {
        return fault;
    }

    /** The conversation of a frame of an unknown version, 0 for every other fault: its sender can be answered. */
    public long conversation() {
        return conversation;
    }
}
