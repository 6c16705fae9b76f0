package org.hotbackup.txlog;

/** The transaction log queue did not do what was asked; nothing is lost, the same may be asked again. */
public class QueueUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason, one clause for people. */
    public QueueUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
