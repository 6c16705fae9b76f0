package org.hotbackup.server;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * The transaction log queues of this node's master servers and linked tape-socket servers, one for each; and as long as there is one, there are log
 * entries. Queues come and go under the lock of {@link ReplicationServers}; {@link #check} is for any thread.
 */
final class MasterQueues {

    private final StoreBean store;
    private final TransactionLogQueue queue;
    private final DefinedServers servers;
    private final LinkedQueues linked;

    MasterQueues(StoreBean store, TransactionLogQueue queue, DefinedServers servers, LinkedQueues linked) {
        this.store = store;
        this.queue = queue;
        this.servers = servers;
        this.linked = linked;
    }

    /** Defines those of all servers that have one, as far as they are not defined. */
    void defineAll() throws QueueUnavailableException {
        for (ReplicationServer server : servers.masters()) {
            queue.define(server.name());
        }
        for (String name : linked.queues()) {
            queue.define(name);
        }
    }

    /**
     * Defines that of a tape-socket server which is linked from now on.
     *
     * @throws Refusal if the queue does not do it now
     */
    void link(String server) {
        define(LinkedQueues.queue(server));
        linked.add(server);
    }

    /**
     * Removes it with what is in it.
     *
     * @throws Refusal if the queue does not do it now
     */
    void unlink(String server) {
        linked.remove(server);
        setLogging("");
        remove(LinkedQueues.queue(server));
    }

    /**
     * Defines one: it begins at a known LSN, because no transaction is open meanwhile, and from then on everything is logged.
     *
     * @return that LSN
     * @throws Refusal if the queue does not do it now
     */
    long define(String name) {
        return store.quiesce(lsn -> {
            try {
                queue.define(name);
            } catch (QueueUnavailableException e) {
                throw e.refusal();
            }
            store.logSettings(store.logSettings().withServers(true));
            return lsn;
        });
    }

    /**
     * Removes one with what is in it.
     *
     * @throws Refusal if the queue does not do it now
     */
    void remove(String name) {
        try {
            queue.remove(name);
        } catch (QueueUnavailableException e) {
            throw e.refusal();
        }
    }

    /**
     * Logging goes on as long as somebody is there to be sent to.
     *
     * @param leaving the name of a replication server that does not count any more, empty if all do
     */
    void setLogging(String leaving) {
        boolean masters = servers.mayHaveMaster(leaving) || !linked.isEmpty();
        if (store.logSettings().hasServers() != masters) {
            store.betweenTransactions(lsn -> {
                store.logSettings(store.logSettings().withServers(masters));
                return lsn;
            });
        }
    }

    /** Checks the queue of a master server and says in its name what is wrong with it. */
    void check(ReplicationServer server, QueueCheck check) {
        try {
            check.run(
                    store.logSettings().enqueuing(), queue.state(server.name()).bytes(), server::say);
        } catch (QueueUnavailableException e) {
            server.say(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        }
    }
}
