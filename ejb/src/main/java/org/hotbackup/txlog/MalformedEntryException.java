package org.hotbackup.txlog;

/** The payload of a log entry is not what {@link LogEntryCodec} writes: it can never be performed. */
public class MalformedEntryException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, one clause for people. */
    public MalformedEntryException(String reason) {
        super("malformed log entry: " + reason);
    }
}
