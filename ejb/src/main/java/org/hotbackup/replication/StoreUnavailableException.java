package org.hotbackup.replication;

/**
 * The node's store cannot be read or written now: nobody's mistake, nothing was changed, and the same may succeed later. Its
 * message is a clause for people, the reason included.
 */
public class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what was being done, and why it failed. */
    public StoreUnavailableException(String what, Throwable cause) {
        super(what, cause);
    }
}
