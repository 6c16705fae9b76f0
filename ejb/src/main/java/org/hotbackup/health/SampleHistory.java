package org.hotbackup.health;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.hotbackup.control.Figure;

/**
 * The samples of the node or of one server: those of the last hour as they were taken, and one for each five minutes of the
 * last day. For one thread at a time.
 */
public final class SampleHistory {

    /** Between two samples. */
    public static final int INTERVAL_SECONDS = 10;

    /** What one sample of the day stands for. */
    public static final int LONG_INTERVAL_SECONDS = 300;

    private static final int OF_AN_HOUR = 3_600 / INTERVAL_SECONDS;
    private static final int OF_A_DAY = 86_400 / LONG_INTERVAL_SECONDS;
    private static final long LONG_MILLIS = LONG_INTERVAL_SECONDS * 1_000L;

    private final SampleRing hour = new SampleRing(OF_AN_HOUR);
    private final SampleRing day = new SampleRing(OF_A_DAY);
    private final List<Reading> current = new ArrayList<>();

    /** A sample is taken. */
    void add(Reading reading) {
        hour.add(reading);
        digest(reading);
    }

    /** One of the last hour that was kept, after those of the day. */
    void addOfHour(Reading reading) {
        hour.add(reading);
        if (part(reading) * LONG_MILLIS > day.lastMillis()) {
            digest(reading);
        }
    }

    private void digest(Reading reading) {
        if (!current.isEmpty() && part(current.get(0)) != part(reading)) {
            day.add(digest(part(current.get(0)) * LONG_MILLIS, current));
            current.clear();
        }
        current.add(reading);
    }

    /** One of the last day that was kept. */
    void addOfDay(Reading reading) {
        day.add(reading);
    }

    private static long part(Reading reading) {
        return Math.floorDiv(reading.atMillis(), LONG_MILLIS);
    }

    private static Reading digest(long atMillis, List<Reading> readings) {
        Map<Figure, Double> digests = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            double[] known = readings.stream()
                    .filter(reading -> reading.isKnown(figure))
                    .mapToDouble(reading -> reading.value(figure))
                    .toArray();
            if (known.length > 0) {
                digests.put(figure, digest(figure, DoubleStream.of(known)));
            }
        }
        return Reading.of(atMillis, digests);
    }

    private static double digest(Figure figure, DoubleStream known) {
        return switch (figure.digest()) {
            case GREATEST -> known.max().orElseThrow();
            case LEAST -> known.min().orElseThrow();
            case MEAN -> known.average().orElseThrow();
        };
    }

    /** Those of the last hour, oldest first. */
    Stream<Reading> hour() {
        return hour.stream();
    }

    /** Those of the last day, oldest first. */
    Stream<Reading> day() {
        return day.stream();
    }

    /** All that is known of a time, once: of the last hour as taken, of what was before by five minutes; oldest first. */
    Stream<Reading> all() {
        long begin = hour.firstMillis();
        return Stream.concat(day.stream().filter(reading -> reading.atMillis() + LONG_MILLIS <= begin), hour.stream());
    }
}
