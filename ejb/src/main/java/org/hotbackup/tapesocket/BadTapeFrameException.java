package org.hotbackup.tapesocket;

/** Bytes from the network that are not a frame of this protocol version. Nothing of them is believed. */
public final class BadTapeFrameException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int version;
    private final long conversation;

    BadTapeFrameException(String reason) {
        this(TapeFrameCodec.VERSION, 0, reason);
    }

    BadTapeFrameException(int version, long conversation, String reason) {
        super(reason);
        this.version = version;
        this.conversation = conversation;
    }

    /** Whether it is a frame of another protocol version: its sender can be answered. */
    boolean isOfAnotherVersion() {
        return version != TapeFrameCodec.VERSION;
    }

    /** The protocol version of the frame. */
    int version() {
        return version;
    }

    /** The conversation of a frame of another version, 0 otherwise. */
    long conversation() {
        return conversation;
    }
}
