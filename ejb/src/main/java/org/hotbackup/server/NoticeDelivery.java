package org.hotbackup.server;

import java.util.Deque;
import org.hotbackup.control.Notice;

/** Brings notices to an address. */
@FunctionalInterface
interface NoticeDelivery {

    /**
     * Delivers notices, oldest first, and takes out of the queue what arrived; waits some seconds at most.
     *
     * @throws NotDelivered if what is left could not be delivered
     */
    void deliver(NoticeAddress address, Deque<Notice> notices) throws NotDelivered;

    /** Notices could not be delivered; the message says why. */
    final class NotDelivered extends Exception {

        private static final long serialVersionUID = 1L;

        NotDelivered(String reason) {
            super(reason);
        }
    }
}
