package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * How far a slave is behind: what is committed on the master and not acknowledged, whether it waits for the pump, in the
 * queue or on the network. True also while the server or the link is down, and never 0 when it is known that the slave
 * misses something that is not in the queue (I9).
 */
@ApplicationScoped
public class MasterLag {

    @Inject
    TransactionLogQueue queue;

    @Inject
    StoreBean store;

    @Inject
    ReplicationServers servers;

    /** Transactions not acknowledged. */
    public long transactions(String server) {
        long known = missingSinceMillis(server) == 0 ? 0 : 1;
        return Math.max(known, store.unacknowledged(() -> state(server).depth()));
    }

    /** Age of the oldest of them, wherever it waits, or of what is known to be missing, in milliseconds; 0 if there is none. */
    public long millis(String server) {
        long now = System.currentTimeMillis();
        // the log first: an entry that moves between the two readings is then seen twice, not overlooked
        long inLog = age(now, store.oldestPendingMillis());
        long inQueue = age(now, state(server).oldestCommittedAtMillis());
        return Math.max(Math.max(inLog, inQueue), age(now, missingSinceMillis(server)));
    }

    /** The slave hears of a gap only when something follows on it; here it is known at once. */
    long missingSinceMillis(String name) {
        ReplicationServer server = servers.server(name);
        long refusedSince = server.behindSinceMillis();
        if (!server.isBehind(store.gapLsn())) {
            return refusedSince;
        }
        long gapSince = store.gapSinceMillis();
        return refusedSince == 0 ? gapSince : Math.min(refusedSince, gapSince);
    }

    private static long age(long now, long sinceMillis) {
        return sinceMillis == 0 ? 0 : Math.max(0, now - sinceMillis);
    }

    private TransactionLogQueue.State state(String server) {
        try {
            return queue.state(server);
        } catch (QueueUnavailableException e) {
            throw e.refusal();
        }
    }
}
