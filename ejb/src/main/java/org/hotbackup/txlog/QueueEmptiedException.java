package org.hotbackup.txlog;

/** The queue was cleared or removed while it was read, as somebody asked for; whoever reads it begins anew. */
public final class QueueEmptiedException extends QueueUnavailableException {

    private static final long serialVersionUID = 1L;

    /** With what was done to it, one clause for people. */
    public QueueEmptiedException(String reason) {
        super(reason, null);
    }
}
