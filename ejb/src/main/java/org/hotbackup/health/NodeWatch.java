package org.hotbackup.health;

import jakarta.annotation.PreDestroy;
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
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.Figure;
import org.hotbackup.health.NodeFacts.CertificateFacts;
import org.hotbackup.health.NodeFacts.ClockStep;
import org.hotbackup.health.NodeFacts.Stuck;
import org.hotbackup.server.NodeConfiguration;
import org.hotbackup.server.ReplicationServer;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.store.LostAndFoundDesk;
import org.hotbackup.store.StoreBean;

/**
 * Looks at the node every ten seconds, from the end of its start to the beginning of its stop: lets its heart beat, takes the
 * samples and keeps them in {@code data/samples.txt} of the home, every five minutes and at the stop. Whoever asks how the
 * node is asks here. Thread-safe.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class NodeWatch {

    private static final Logger LOGGER = Logger.getLogger(NodeWatch.class.getName());
    private static final Clock CLOCK = Clock.systemUTC();
    private static final int PERIOD_SECONDS = SampleHistory.INTERVAL_SECONDS;
    /** Whole, without what is too old; in between each sample is appended. */
    private static final int WRITTEN_EVERY = SampleHistory.LONG_INTERVAL_SECONDS / PERIOD_SECONDS;

    /** The station that every update passes first. */
    static final String STORE = "store";

    private static final String NOT_TAKEN = "a sample cannot be taken: ";
    private static final String NOT_KEPT = "the samples cannot be kept: ";

    @Resource
    private TimerService timers;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private FactsReader reader;

    @Inject
    private StoreBean store;

    @Inject
    private ReplicationServers servers;

    @Inject
    private LostAndFoundDesk lostAndFound;

    @Inject
    private NodeMetrics metrics;

    @Inject
    private NodeConfiguration configuration;

    private final Samples samples = new Samples();
    private final LatestFacts latest = new LatestFacts(this::read, this::stuck, System::nanoTime);
    private volatile List<CertificateFacts> certificates = List.of();
    private volatile Optional<ClockStep> clockStep = Optional.empty();
    private volatile boolean begun;
    private Heartbeat heartbeat;
    private StoreBeat storeBeat;
    private ClockWatch clockWatch;
    private Path file;
    private int taken;
    private boolean torn;
    private String failing = "";

    /** Begins; the servers are there. */
    public void begin() {
        file = configuration.home().resolve("data").resolve("samples.txt");
        try {
            samples.takeOver(file);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, "the samples that were kept cannot be read, they begin anew: {0}", e.getMessage());
        }
        clockWatch = new ClockWatch(CLOCK, System::nanoTime);
        storeBeat = new StoreBeat(store::heartbeat, () -> lostAndFound.count(NodeFacts.MOST_COUNTED), threads);
        heartbeat = new Heartbeat(this::stations, PERIOD_SECONDS, configuration.healthBoundSeconds(), System::nanoTime);
        begun = true;
        look();
        keep(samples::keep);
        long millis = TimeUnit.SECONDS.toMillis(PERIOD_SECONDS);
        timers.createIntervalTimer(millis, millis, new TimerConfig(null, false));
    }

    /** Ends. Its timer goes with this bean. The container may end this bean before others, or kill it with the process. */
    @PreDestroy
    public synchronized void end() {
        if (begun) {
            begun = false;
            storeBeat.end();
            metrics.takeBack();
        }
    }

    @Timeout
    void tick(Timer timer) {
        if (!begun) {
            return;
        }
        look();
        taken++;
        keep(torn || taken % WRITTEN_EVERY == 0 ? samples::keep : samples::append);
    }

    /** What every logged update passes, and the threads of the servers that run. */
    private List<Station> stations() {
        List<Station> stations = new ArrayList<>();
        stations.add(new Station(
                STORE, storeBeat::progress, () -> !store.lockTrouble().isEmpty(), storeBeat::ask));
        stations.add(new Station("log pump", store::pumpProgress, () -> false, store::wakePump));
        for (ReplicationServer server : servers.all()) {
            if (server.isRunning()) {
                stations.add(new Station("server " + server.name(), server::progress, () -> false, server::wake));
            }
        }
        return stations;
    }

    /** A container takes a timer away whose method fails twice in a row. */
    private void look() {
        try {
            heartbeat.beat();
            certificates = reader.certificates();
            clockStep = clockWatch.look();
            NodeFacts now = facts();
            metrics.bringUp(now, this::facts);
            samples.take(now.at().toEpochMilli(), SampledFigures.of(now));
            over(NOT_TAKEN);
        } catch (RuntimeException e) {
            failed(NOT_TAKEN, e);
        }
    }

    private interface Keeping {
        void keep(Path file) throws IOException;
    }

    private void keep(Keeping keeping) {
        try {
            keeping.keep(file);
            torn = false;
            over(NOT_KEPT);
        } catch (IOException e) {
            torn = true;
            failed(NOT_KEPT, e);
        }
    }

    private synchronized void failed(String what, Exception e) {
        String failure = what + e;
        if (!failure.equals(failing)) {
            LOGGER.warning(failure);
        }
        failing = failure;
    }

    private synchronized void over(String what) {
        if (failing.startsWith(what)) {
            failing = "";
        }
    }

    /** What the node is like, at most a second old; see {@link LatestFacts}. */
    public NodeFacts facts() {
        return latest.get();
    }

    private NodeFacts read(List<Stuck> stuck) {
        return reader.read(storeBeat.lostAndFound(), certificates, stuck, clockStep);
    }

    /** What is wrong with the node now. */
    public Diagnosis diagnosis() {
        return Diagnosis.of(facts());
    }

    /** Whether the node is started so far that it can be asked. */
    public boolean isBegun() {
        return begun;
    }

    /** The stations of the heartbeat that have not got on for longer than they may; asks nobody. */
    public List<Stuck> stuck() {
        return begun ? heartbeat.stuck() : List.of();
    }

    /** How long ago, in seconds, each station of the heartbeat got on; asks nobody. */
    public Map<String, Long> beats() {
        return begun ? heartbeat.ages() : Map.of();
    }

    /** Why the store did not take the last heartbeat, one clause; empty if it did. */
    public String storeTrouble() {
        return storeBeat.trouble();
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
