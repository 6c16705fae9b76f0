package org.hotbackup.health;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.Figure;
import org.hotbackup.server.NodeConfiguration;

/**
 * Looks at the node every ten seconds, from the end of its start to the beginning of its stop: takes the samples and keeps
 * them in {@code data/samples.txt} of the home, every five minutes and at the stop.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class NodeWatch {

    private static final Logger LOGGER = Logger.getLogger(NodeWatch.class.getName());
    private static final Clock CLOCK = Clock.systemUTC();
    private static final int KEPT_EVERY = SampleHistory.LONG_INTERVAL_SECONDS / SampleHistory.INTERVAL_SECONDS;

    @Resource
    private TimerService timers;

    @Inject
    private SampledFigures figures;

    @Inject
    private NodeConfiguration configuration;

    private final Samples samples = new Samples();
    private int taken;
    private String failing = "";

    /** Begins; the servers are there. */
    public void begin() {
        try {
            samples.takeOver(file());
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, "the samples that were kept cannot be read, they begin anew: {0}", e.getMessage());
        }
        take();
        long millis = TimeUnit.SECONDS.toMillis(SampleHistory.INTERVAL_SECONDS);
        timers.createIntervalTimer(millis, millis, new TimerConfig(null, false));
    }

    /** Ends; what was sampled is kept. */
    public void end() {
        timers.getTimers().forEach(Timer::cancel);
        keep();
    }

    @Timeout
    void tick(Timer timer) {
        take();
        taken++;
        if (taken % KEPT_EVERY == 0) {
            keep();
        }
    }

    /** A container takes a timer away whose method fails twice in a row. */
    private void take() {
        try {
            long now = CLOCK.millis();
            samples.take(now, figures.read(now));
            said("");
        } catch (RuntimeException e) {
            said("a sample cannot be taken: " + e);
        }
    }

    private void keep() {
        try {
            samples.keep(file());
        } catch (IOException e) {
            said("the samples cannot be kept: " + e);
        }
    }

    private void said(String failure) {
        if (!failure.isEmpty() && !failure.equals(failing)) {
            LOGGER.warning(failure);
        }
        failing = failure;
    }

    private Path file() {
        return configuration.home().resolve("data").resolve("samples.txt");
    }

    /** Readings of a server, or of the node if its name is empty, in which a figure is known; oldest first. */
    public List<Reading> samples(String server, Figure figure, long fromMillis, int limit) {
        return samples.of(server, figure, fromMillis, limit);
    }

    /** When the last sample was taken, epoch milliseconds. */
    public long lastMillis() {
        return samples.lastMillis();
    }
}
