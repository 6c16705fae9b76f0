package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * How far a slave is behind: what is committed on the master and not acknowledged, whether it waits for the pump, in the
 * queue or on the network. True also while the server or the link is down (I9).
 */
@ApplicationScoped
public class MasterLag {

    @Inject
    TransactionLogQueue queue;

    @Inject
    StoreBean store;

    /** Transactions not acknowledged. */
    long transactions(String server) {
        return state(server).depth() + store.pendingLogEntries();
    }

    /** Age of the oldest of them in the queue, in milliseconds; 0 if there is none. */
    long millis(String server) {
        long oldest = state(server).oldestCommittedAtMillis();
        return oldest == 0 ? 0 : Math.max(0, System.currentTimeMillis() - oldest);
    }

    private TransactionLogQueue.State state(String server) {
        try {
            return queue.state(server);
        } catch (QueueUnavailableException e) {
            throw new Refusal(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        }
    }
}
