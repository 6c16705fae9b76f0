package org.hotbackup.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hotbackup.control.Figure;
import org.hotbackup.control.Sample;
import org.hotbackup.control.SamplesMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.health.NodeWatch;
import org.hotbackup.health.SampleHistory;
import org.hotbackup.server.ReplicationServers;

/** The samples, for every surface. */
@ApplicationScoped
public class SamplesControl implements SamplesMXBean {

    private static final int MOST_SAMPLES = 2_000;

    @Inject
    NodeWatch watch;

    @Inject
    ReplicationServers servers;

    @Override
    public List<String> getFigures() {
        return Arrays.stream(Figure.values())
                .map(figure -> figure.word() + " " + figure.unit() + " "
                        + figure.of().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public int getIntervalSeconds() {
        return SampleHistory.INTERVAL_SECONDS;
    }

    @Override
    public int getLongIntervalSeconds() {
        return SampleHistory.LONG_INTERVAL_SECONDS;
    }

    @Override
    public long getLastMillis() {
        return watch.lastMillis();
    }

    @Override
    public List<Sample> samples(String figure, String server, long fromMillis, int limit) {
        Figure known = Figure.of(figure)
                .orElseThrow(() -> new Refusal(MessageCode.NO_FIGURE, figure, String.join(", ", Figure.words())));
        String source = server == null ? "" : server;
        if (!source.isEmpty() && !servers.names().contains(source)) {
            throw new Refusal(MessageCode.NO_SERVER, source);
        }
        return watch.samples(source, known, fromMillis, Math.max(1, Math.min(MOST_SAMPLES, limit))).stream()
                .map(reading -> new Sample(
                        reading.atMillis(),
                        Instant.ofEpochMilli(reading.atMillis()).toString(),
                        reading.value(known)))
                .toList();
    }

    @Override
    public String csv(String figure, String server, long fromMillis, int limit) {
        String heading = "time," + figure + System.lineSeparator();
        return samples(figure, server, fromMillis, limit).stream()
                .map(sample -> sample.time() + "," + number(sample.value()))
                .collect(Collectors.joining(System.lineSeparator(), heading, System.lineSeparator()));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
