package org.hotbackup.health;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hotbackup.control.Figure;

/**
 * The samples of a node and its servers. What it is told of a rate is the total behind it; of a total that begins anew, as
 * those of a server do at each start, what it has come to counts. Thread-safe.
 */
final class Samples {

    /** The node's own, beside those of its servers. */
    static final String NODE = "";

    private final Map<String, SampleHistory> histories = new TreeMap<>();
    private final Map<String, Reading> totals = new TreeMap<>();
    private final Map<String, Reading> latest = new TreeMap<>();
    private long lastMillis;

    /** Takes a sample of all there is; what is known of a server that is gone goes. */
    synchronized void take(long nowMillis, Map<String, Map<Figure, Double>> figures) {
        histories.keySet().retainAll(figures.keySet());
        totals.keySet().retainAll(figures.keySet());
        latest.clear();
        figures.forEach((source, values) -> {
            Reading total = Reading.of(nowMillis, values);
            Reading reading = withRates(total, totals.put(source, total));
            histories.computeIfAbsent(source, s -> new SampleHistory()).add(reading);
            latest.put(source, reading);
        });
        lastMillis = nowMillis;
    }

    private static Reading withRates(Reading reading, Reading before) {
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            if (reading.isKnown(figure) && !figure.isRate()) {
                values.put(figure, reading.value(figure));
            } else if (reading.isKnown(figure) && before != null && before.isKnown(figure)) {
                double seconds = (reading.atMillis() - before.atMillis()) / 1_000.0;
                double now = reading.value(figure);
                double grown = now >= before.value(figure) ? now - before.value(figure) : now;
                if (seconds > 0) {
                    values.put(figure, grown / seconds);
                }
            }
        }
        return Reading.of(reading.atMillis(), values);
    }

    /** Readings in which a figure is known, oldest first. */
    synchronized List<Reading> of(String source, Figure figure, long fromMillis, int limit) {
        SampleHistory history = histories.get(source);
        return history == null
                ? List.of()
                : history.all()
                        .filter(reading -> reading.atMillis() >= fromMillis && reading.isKnown(figure))
                        .limit(limit)
                        .toList();
    }

    /** When the last was taken, epoch milliseconds; 0 if none was. */
    synchronized long lastMillis() {
        return lastMillis;
    }

    /** Keeps them in a file, which is the old one or the new one at any moment. */
    synchronized void keep(Path file) throws IOException {
        SampleFile.write(file, histories);
    }

    /** Adds the latest ones to a file that the ones before were kept in. */
    synchronized void append(Path file) throws IOException {
        SampleFile.append(file, latest);
    }

    /**
     * Takes over those that were kept, before the first is taken.
     *
     * @throws IOException if they cannot be read; there are none then
     */
    synchronized void takeOver(Path file) throws IOException {
        histories.putAll(SampleFile.read(file));
    }
}
