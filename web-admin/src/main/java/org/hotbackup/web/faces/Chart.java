package org.hotbackup.web.faces;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hotbackup.control.Figure;
import org.hotbackup.control.Sample;

/**
 * Samples of one figure as a line in a drawing of 600 by 120 units, and as the rows of the table under it. A gap in the samples is
 * a gap in the line. Faces sees it.
 */
public final class Chart {

    static final int WIDTH = 600;
    static final int HEIGHT = 120;

    private static final int ROWS = 12;

    /** A chart of more hours than these says the day with the time. */
    private static final int HOURS_OF_A_DAY = 12;

    private final String title;
    private final Figure figure;
    private final List<Sample> samples;
    private final long from;
    private final long to;
    private final long gapMillis;

    /**
     * A chart.
     *
     * @param from where the line may begin, epoch milliseconds
     * @param to where it may end
     * @param gapMillis samples farther apart are not joined
     */
    Chart(String title, Figure figure, List<Sample> samples, long from, long to, long gapMillis) {
        this.title = title;
        this.figure = figure;
        this.samples = samples;
        this.from = from;
        this.to = to;
        this.gapMillis = gapMillis;
    }

    public String getTitle() {
        return title;
    }

    /** Whether there is nothing to draw yet. */
    public boolean isNothing() {
        return samples.isEmpty();
    }

    /** The line, as a path. */
    public String getPath() {
        double greatest = greatest();
        StringBuilder path = new StringBuilder();
        long before = Long.MIN_VALUE / 2;
        for (Sample sample : samples) {
            double x = (double) (sample.timeMillis() - from) / Math.max(1, to - from) * WIDTH;
            double y = greatest == 0 ? HEIGHT : HEIGHT - sample.value() / greatest * HEIGHT;
            String point = String.format(Locale.ROOT, "%.1f %.1f ", x, y);
            if (sample.timeMillis() - before > gapMillis) {
                // a line to where it begins is a dot: one sample alone is seen, too
                path.append('M').append(point);
            }
            path.append('L').append(point);
            before = sample.timeMillis();
        }
        return path.toString().strip();
    }

    /** The time at the left of the drawing. */
    public String getBegin() {
        return clock(from);
    }

    /** The time at the right of it. */
    public String getEnd() {
        return clock(to);
    }

    private String clock(long millis) {
        String form = to - from > TimeUnit.HOURS.toMillis(HOURS_OF_A_DAY) ? "MM-dd HH:mm" : "HH:mm";
        return DateTimeFormatter.ofPattern(form, Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.ofEpochMilli(millis));
    }

    private double greatest() {
        return samples.stream().mapToDouble(Sample::value).max().orElse(0);
    }

    /** The value at the top of the drawing. */
    public String getGreatest() {
        return value(greatest());
    }

    /** The last value. */
    public String getLatest() {
        return samples.isEmpty()
                ? "\u2013"
                : value(samples.get(samples.size() - 1).value());
    }

    /** Some of the samples, evenly spread, the latest first. */
    public List<Row> getRows() {
        int step = Math.max(1, (samples.size() + ROWS - 1) / ROWS);
        int last = samples.size() - 1;
        return IntStream.iterate(last, at -> at >= 0, at -> at - step)
                .mapToObj(at -> new Row(
                        Figures.withTimes(samples.get(at).time()),
                        value(samples.get(at).value())))
                .toList();
    }

    private String value(double value) {
        return switch (figure.unit()) {
            case "milliseconds" -> Figures.time(Math.round(value));
            case "bytes" -> Figures.size(Math.round(value));
            case "bytes/second" -> Figures.size(Math.round(value)) + "/s";
            default -> figure.isRate() ? String.format(Locale.ROOT, "%.1f/s", value) : Long.toString(Math.round(value));
        };
    }

    /**
     * A row of the table.
     *
     * @param time of the sample
     * @param value with its unit
     */
    public record Row(String time, String value) {

        public String getTime() {
            return time;
        }

        public String getValue() {
            return value;
        }
    }
}
