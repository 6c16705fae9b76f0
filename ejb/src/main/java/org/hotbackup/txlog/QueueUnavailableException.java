package org.hotbackup.txlog;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** The transaction log queue did not do what was asked; nothing is lost, the same may be asked again. */
public class QueueUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason, one clause for people. */
    public QueueUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** For a caller who asked for something that needs the queue. */
    public Refusal refusal() {
        return new Refusal(MessageCode.QUEUE_UNAVAILABLE, getMessage());
    }
}
