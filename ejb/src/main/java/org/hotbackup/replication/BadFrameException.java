package org.hotbackup.replication;

/** Bytes from the network that are not a frame of this protocol version. */
public class BadFrameException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean unknownVersion;

    BadFrameException(String reason) {
        this(reason, false);
    }

    private BadFrameException(String reason, boolean unknownVersion) {
        super(reason);
        this.unknownVersion = unknownVersion;
    }

    static BadFrameException unknownVersion(int version) {
        return new BadFrameException("protocol version " + version, true);
    }

    /** Whether the frame is of another protocol version rather than damaged. */
    public boolean isUnknownVersion() {
        return unknownVersion;
    }
}
