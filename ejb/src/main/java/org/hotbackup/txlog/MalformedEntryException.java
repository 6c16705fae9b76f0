package org.hotbackup.txlog;

/** The payload of a log entry is not what {@link LogEntryCodec} writes: it can never be performed. */
public class MalformedEntryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Fault {
        /** Its version or one of its operation codes is not known here. */
        UNKNOWN_CODE,
        /** It ends too early or too late, or a length in it cannot be. */
        LENGTH,
        /** Anything else. */
        CONTENT
    }

    private final Fault fault;

    /** With what is wrong, one clause for people. */
    public MalformedEntryException(Fault fault, String reason) {
        super("malformed log entry: " + reason);
        this.fault = fault;
    }

    /** What is wrong with it. */
    public Fault fault() {
        return fault;
    }
}
