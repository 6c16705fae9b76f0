package org.hotbackup.replication;

/** Transactions could not be applied now but may be later: they are not acknowledged and are tried again. */
public class ApplyBlockedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Cause {
        /** A lock was not given in time. */
        LOCK,
        /** The database does not do it, or there is no room. */
        DATABASE,
        /** A fault of ours. */
        INTERNAL
    }

    private final Cause what;

    /** With the reason for people; a sentence becomes the clause that stands in others. */
    public ApplyBlockedException(Cause what, String reason, Throwable cause) {
        super(clause(reason), cause);
        this.what = what;
    }

    private static String clause(String reason) {
        return reason != null && reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    /** What stands in the way. */
    public Cause what() {
        return what;
    }
}
