package org.hotbackup.replication;

/** The link is broken; what was sent may or may not have arrived. */
public class LinkDownException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason, one clause for people. */
    public LinkDownException(String reason) {
        super(reason);
    }

    /** With the reason, one clause for people. */
    public LinkDownException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
