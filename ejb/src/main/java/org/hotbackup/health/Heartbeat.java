package org.hotbackup.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hotbackup.health.NodeFacts.Stuck;

/**
 * The heartbeat of a node: at each beat every station is asked to get on, and has got on since the beat before, or is late.
 * A living thread is not enough, and a station that says why it cannot get on is not stuck. Thread-safe; a beat never waits
 * for a station.
 *
 * <p>How late a station is is counted in beats, and only the beats themselves by the clock: a process that was stopped for an
 * hour and goes on is alive with its next beat.
 */
public final class Heartbeat {

    /** The name of the timer that beats. */
    static final String TIMER = "timers";

    private final Supplier<List<Station>> stations;
    private final int periodSeconds;
    private final int boundSeconds;
    private final LongSupplier nanos;
    private final Map<String, Seen> seen = new TreeMap<>();
    private long beats;
    private long lastNanos;

    private record Seen(long progress, long atBeat) {}

    /**
     * One that has just beaten.
     *
     * @param stations those that there are now
     * @param periodSeconds between two beats
     * @param boundSeconds a station may take so long
     * @param nanos a clock like {@link System#nanoTime}
     */
    Heartbeat(Supplier<List<Station>> stations, int periodSeconds, int boundSeconds, LongSupplier nanos) {
        this.stations = stations;
        this.periodSeconds = periodSeconds;
        this.boundSeconds = boundSeconds;
        this.nanos = nanos;
        this.lastNanos = nanos.getAsLong();
    }

    /** One beat. */
    void beat() {
        List<Station> now = stations.get();
        synchronized (this) {
            beats++;
            lastNanos = nanos.getAsLong();
            seen.keySet().retainAll(now.stream().map(Station::name).toList());
            now.forEach(this::look);
        }
        now.forEach(station -> station.ask().run());
    }

    private void look(Station station) {
        long progress = station.progress().getAsLong();
        Seen before = seen.get(station.name());
        if (before == null || before.progress() != progress || station.excused().getAsBoolean()) {
            seen.put(station.name(), new Seen(progress, beats));
        }
    }

    /** How long ago each station got on, in seconds by the beats; of the timer, since the last beat. */
    synchronized Map<String, Long> ages() {
        Map<String, Long> ages = new TreeMap<>();
        seen.forEach((name, last) -> ages.put(name, (beats - last.atBeat()) * periodSeconds));
        ages.put(TIMER, TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - lastNanos));
        return ages;
    }

    /** The stations that have taken longer than they may. */
    List<Stuck> stuck() {
        List<Stuck> stuck = new ArrayList<>();
        ages().forEach((name, seconds) -> {
            if (seconds > boundSeconds) {
                stuck.add(new Stuck(name, seconds));
            }
        });
        return stuck;
    }
}
