package org.hotbackup.replication;

/** Transactions could not be applied now but may be later: they are not acknowledged and are tried again. */
public class ApplyBlockedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason, one clause for people. */
    public ApplyBlockedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
