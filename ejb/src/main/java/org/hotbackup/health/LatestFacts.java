package org.hotbackup.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hotbackup.health.NodeFacts.Stuck;

/**
 * The facts of the node as they were read last. One caller at a time reads them anew; while he does, the others are told the
 * last ones and never wait, however long he takes. Facts that are old say so: a reader that never returns must not keep a
 * node healthy (I9). Thread-safe.
 */
final class LatestFacts {

    /** The name of the reader among what does not move. */
    static final String READER = "facts";

    /** Facts that are this old, in seconds, are those of a reader that does not answer. */
    static final int OLD_SECONDS = 30;

    private static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Known(NodeFacts facts, long atNanos) {}

    private final Function<List<Stuck>, NodeFacts> reader;
    private final Supplier<List<Stuck>> stuck;
    private final LongSupplier nanos;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Known latest;

    /**
     * Facts that nobody has asked for yet.
     *
     * @param reader reads them, given what is stuck; may take its time
     * @param stuck the stations of the heartbeat that do not move; asks nobody
     * @param nanos a clock like {@link System#nanoTime}
     */
    LatestFacts(Function<List<Stuck>, NodeFacts> reader, Supplier<List<Stuck>> stuck, LongSupplier nanos) {
        this.reader = reader;
        this.stuck = stuck;
        this.nanos = nanos;
    }

    /** What the node is like, at most a second old; older only while somebody is reading it. */
    NodeFacts get() {
        Known known = latest;
        if (known != null && age(known) < VALID_NANOS) {
            return known.facts();
        }
        if (known == null) {
            reading.lock();
        } else if (!reading.tryLock()) {
            return meanwhile(known);
        }
        try {
            NodeFacts now = reader.apply(stuck.get());
            latest = new Known(now, nanos.getAsLong());
            return now;
        } finally {
            reading.unlock();
        }
    }

    private long age(Known known) {
        return nanos.getAsLong() - known.atNanos();
    }

    /** What does not move is known without the reader. */
    private NodeFacts meanwhile(Known known) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(age(known));
        List<Stuck> still = new ArrayList<>(stuck.get());
        if (seconds < OLD_SECONDS) {
            return known.facts().withStuck(still);
        }
        still.add(new Stuck(READER, seconds));
        return known.facts().withStuck(still).withoutQueues();
    }
}
