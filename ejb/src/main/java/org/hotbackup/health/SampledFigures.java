package org.hotbackup.health;

import java.util.EnumMap;
import java.util.List;
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
        for (ServerFacts server : facts.servers()) {
            all.put(server.name(), of(server));
        }
        Map<Figure, Double> node = longestQueue(facts);
        node.put(Figure.PENDING_ENTRIES, (double) facts.log().pending());
        node.put(Figure.COMMITTED_RATE, (double) facts.store().transactions());
        node.put(Figure.ENQUEUED_RATE, (double) facts.log().enqueued());
        node.put(Figure.DISK_FREE, (double) facts.store().diskFreeBytes());
        all.put(Samples.NODE, node);
        return all;
    }

    /** Of the node the greatest of its queues; not known if one of them is not, as that may be the one. */
    private static Map<Figure, Double> longestQueue(NodeFacts facts) {
        Map<Figure, Double> longest = new EnumMap<>(Figure.class);
        List<ServerFacts> masters =
                facts.servers().stream().filter(ServerFacts::master).toList();
        if (masters.stream().allMatch(master -> master.queue().isPresent())) {
            for (Figure queued : List.of(Figure.QUEUE_DEPTH, Figure.QUEUE_BYTES, Figure.QUEUE_AGE)) {
                longest.put(
                        queued,
                        masters.stream()
                                .mapToDouble(master -> of(master).get(queued))
                                .max()
                                .orElse(0));
            }
        }
        return longest;
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
