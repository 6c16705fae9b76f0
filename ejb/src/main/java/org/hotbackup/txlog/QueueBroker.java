package org.hotbackup.txlog;

/** What is under the transaction log queue, started before and stopped after everything that uses it. */
public interface QueueBroker {

    /**
     * Opens the queue's journal and takes connections from inside the node.
     *
     * @throws QueueUnavailableException if it cannot, with the reason
     */
    void start() throws QueueUnavailableException;

    /** Ends. Idempotent. */
    void stop();
}
