package org.hotbackup.server;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.store.LogClearing;
import org.hotbackup.store.RejoinDesk;
import org.hotbackup.store.StoreBean;
import org.hotbackup.store.SystemItem;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * Clears the queues of all master servers and linked tape-socket servers (HB-125). A slave that had not acknowledged everything misses something from then
 * on, which its server's record says before anything is cleared: so the lag is not 0 until the slave was asked (I9).
 */
record QueueClearing(
        StoreBean store,
        TransactionLogQueue queue,
        RejoinDesk desk,
        List<ReplicationServer> masters,
        List<String> linked,
        Clock clock,
        LongFunction<SystemItem> done)
        implements LogClearing {

    /**
     * Does it.
     *
     * @return the LSN of the last entry before
     * @throws Refusal if it cannot be done now: then the same may be asked again
     */
    long run() {
        return holding(0);
    }

    /** Whoever changes a definition holds it when he waits for the log, so this must not come in the other order. */
    private long holding(int first) {
        return first == masters.size()
                ? store.clearLog(queue, this)
                : masters.get(first).holdingDefinition(() -> holding(first + 1));
    }

    @Override
    public void before(long lastLsn, long notEnqueued) {
        for (ReplicationServer server : masters) {
            if (notEnqueued > 0 || depth(server) > 0) {
                server.redefine(definition -> definition.withMissing(missing(definition, lastLsn)), this::keep);
            }
        }
    }

    private Optional<Missing> missing(ServerDefinition definition, long lastLsn) {
        return Missing.more(definition.missing(), clock.millis(), lastLsn);
    }

    private ServerDefinition keep(ServerDefinition definition) {
        desk.keep(
                List.of(),
                new RejoinDesk.ServerRecord(SystemPaths.DEFINITIONS, definition.name(), definition.toItem()));
        return definition;
    }

    @Override
    public SystemItem record(long lastLsn) {
        return done.apply(lastLsn);
    }

    private long depth(ReplicationServer server) {
        try {
            return queue.state(server.name()).depth();
        } catch (QueueUnavailableException e) {
            throw e.refusal();
        }
    }

    @Override
    public void empty() {
        for (ReplicationServer server : masters) {
            clear(server.name());
        }
        // whoever reads their tapes finds the gap between two LSNs
        linked.forEach(this::clear);
    }

    private void clear(String name) {
        try {
            queue.clear(name);
        } catch (QueueUnavailableException e) {
            throw e.refusal();
        }
    }
}
