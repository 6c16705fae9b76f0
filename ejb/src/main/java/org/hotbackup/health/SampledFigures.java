package org.hotbackup.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.hotbackup.control.Figure;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.management.MasterLag;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/** Asks for what is sampled. Nothing here reads through a queue or a table. What cannot be found out now is left out. */
@ApplicationScoped
public class SampledFigures {

    @Inject
    ReplicationServers servers;

    @Inject
    StoreBean store;

    @Inject
    TransactionLogQueue queue;

    @Inject
    MasterLag lag;

    /** By source: {@link Samples#NODE} or a server's name; of a rate, the total behind it. */
    public Map<String, Map<Figure, Double>> read(long nowMillis) {
        Map<String, Map<Figure, Double>> all = new TreeMap<>();
        Map<Figure, Double> node = new EnumMap<>(Figure.class);
        for (Figure queued : new Figure[] {Figure.QUEUE_DEPTH, Figure.QUEUE_BYTES, Figure.QUEUE_AGE}) {
            node.put(queued, 0.0);
        }
        for (ReplicationServer server : servers.all()) {
            Map<Figure, Double> figures = of(server, nowMillis);
            all.put(server.name(), figures);
            if (server.settings().isMaster()) {
                node.replaceAll((figure, longest) -> Math.max(longest, figures.getOrDefault(figure, 0.0)));
            }
        }
        node.put(Figure.PENDING_ENTRIES, (double) store.pendingLogEntries());
        node.put(Figure.COMMITTED_RATE, (double) store.transactionsTotal());
        node.put(Figure.ENQUEUED_RATE, (double) store.enqueuedTotal());
        node.put(Figure.DISK_FREE, (double) store.diskFreeBytes());
        all.put(Samples.NODE, node);
        return all;
    }

    private Map<Figure, Double> of(ReplicationServer server, long nowMillis) {
        Map<Figure, Double> known = new EnumMap<>(Figure.class);
        ServerFigures figures = server.figures();
        known.put(Figure.SENT_RATE, (double) figures.sent());
        known.put(Figure.ACKNOWLEDGED_RATE, (double) figures.acknowledged());
        known.put(Figure.APPLIED_RATE, (double) figures.applied());
        known.put(Figure.BYTES_RATE, (double) figures.bytes());
        if (server.settings().isMaster()) {
            queued(server.name(), nowMillis, known);
            if (figures.lastRoundTripMillis() >= 0) {
                known.put(Figure.ROUND_TRIP, (double) figures.lastRoundTripMillis());
            }
        } else if (server.isRunning()) {
            known.put(Figure.PENDING_UPDATES, (double) figures.pending());
        }
        return known;
    }

    /** A queue that does not answer leaves a hole: a lag is never 0 because something stopped (I9). */
    private void queued(String server, long nowMillis, Map<Figure, Double> known) {
        try {
            TransactionLogQueue.State state = queue.state(server);
            long oldest = state.oldestCommittedAtMillis();
            known.put(Figure.QUEUE_DEPTH, (double) state.depth());
            known.put(Figure.QUEUE_BYTES, (double) state.bytes());
            known.put(Figure.QUEUE_AGE, oldest == 0 ? 0.0 : Math.max(0, nowMillis - oldest));
            known.put(Figure.LAG_TRANSACTIONS, (double) lag.transactions(server));
            known.put(Figure.LAG_TIME, (double) lag.millis(server));
        } catch (QueueUnavailableException | Refusal e) {
            known.remove(Figure.LAG_TIME);
        }
    }
}
