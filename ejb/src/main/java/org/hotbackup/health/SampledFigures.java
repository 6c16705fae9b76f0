package org.hotbackup.health;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.hotbackup.control.Figure;
import org.hotbackup.health.ServerFacts.QueueFacts;
import org.hotbackup.replication.ServerFigures;

/** What is sampled of the facts. A figure that is not known is left out: a lag is never 0 because something stopped (I9). */
final class SampledFigures {

    private SampledFigures() {}

    /** By source: {@link Samples#NODE} or a server's name; of a rate, the total behind it. */
    static Map<String, Map<Figure, Double>> of(NodeFacts facts) {
        Map<String, Map<Figure, Double>> all = new TreeMap<>();
        Map<Figure, Double> node = new EnumMap<>(Figure.class);
        for (Figure queued : new Figure[] {Figure.QUEUE_DEPTH, Figure.QUEUE_BYTES, Figure.QUEUE_AGE}) {
            node.put(queued, 0.0);
        }
        for (ServerFacts server : facts.servers()) {
            Map<Figure, Double> figures = of(server);
            all.put(server.name(), figures);
            node.replaceAll((figure, longest) -> Math.max(longest, figures.getOrDefault(figure, 0.0)));
        }
        node.put(Figure.PENDING_ENTRIES, (double) facts.log().pending());
        node.put(Figure.COMMITTED_RATE, (double) facts.store().transactions());
        node.put(Figure.ENQUEUED_RATE, (double) facts.log().enqueued());
        node.put(Figure.DISK_FREE, (double) facts.store().diskFreeBytes());
        all.put(Samples.NODE, node);
        return all;
    }

    private static Map<Figure, Double> of(ServerFacts server) {
        Map<Figure, Double> known = new EnumMap<>(Figure.class);
        ServerFigures figures = server.figures();
        known.put(Figure.SENT_RATE, (double) figures.sent());
        known.put(Figure.ACKNOWLEDGED_RATE, (double) figures.acknowledged());
        known.put(Figure.APPLIED_RATE, (double) figures.applied());
        known.put(Figure.BYTES_RATE, (double) figures.bytes());
        if (server.master()) {
            server.queue().ifPresent(queue -> queued(queue, known));
            if (figures.lastRoundTripMillis() >= 0) {
                known.put(Figure.ROUND_TRIP, (double) figures.lastRoundTripMillis());
            }
        } else if (server.running()) {
            known.put(Figure.PENDING_UPDATES, (double) figures.pending());
        }
        return known;
    }

    private static void queued(QueueFacts queue, Map<Figure, Double> known) {
        known.put(Figure.QUEUE_DEPTH, (double) queue.depth());
        known.put(Figure.QUEUE_BYTES, (double) queue.bytes());
        known.put(Figure.QUEUE_AGE, (double) queue.ageMillis());
        known.put(Figure.LAG_TRANSACTIONS, (double) queue.lagTransactions());
        known.put(Figure.LAG_TIME, (double) queue.lagMillis());
    }
}
