package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * A persistent queue with duplicate detection. As a real one it delivers an entry a little after it took it, takes only a
 * part of a batch when it fails, and may have forgotten the last acknowledgements after a crash.
 */
final class SimulatedQueue implements TransactionLogQueue {

    private static final long ACKNOWLEDGEMENT_FORGOTTEN_MILLIS = 50;

    private record Kept(LogEntry entry, long visibleAt) {}

    private record Removed(Kept kept, long at) {}

    private final World world;
    private final SimulatedServer server;
    private final Breakage breakage;
    private final LongSupplier slaveLsn;
    private List<Kept> entries = new ArrayList<>();
    private Set<Long> seen = new HashSet<>();
    private final Deque<Removed> removed = new ArrayDeque<>();
    private long unavailableUntil;
    private long gap;
    private QueueReader reader;
    private List<SimulatedQueue> others = List.of();

    /** With the LSN up to which the slave has everything on its disk: no entry after it may be removed. */
    SimulatedQueue(World world, SimulatedServer server, Breakage breakage, LongSupplier slaveLsn) {
        this.world = world;
        this.server = server;
        this.breakage = breakage;
        this.slaveLsn = slaveLsn;
    }

    /** The same content in a queue of its own. */
    SimulatedQueue copy() {
        SimulatedQueue copy = new SimulatedQueue(world, server, breakage, slaveLsn);
        copy.restore(this);
        return copy;
    }

    void restore(SimulatedQueue from) {
        entries = new ArrayList<>(from.entries);
        seen = new HashSet<>(from.seen);
        removed.clear();
    }

    /** The queues of other servers, which have the same entries. */
    void beside(List<SimulatedQueue> queues) {
        others = queues;
    }

    void unavailable(long millis) {
        unavailableUntil = world.now() + millis;
    }

    /** The operator's Clear log queue (HB-125). */
    void clear() {
        entries.clear();
        removed.clear();
    }

    /** An entry may follow on this gap of the log instead of the entry before it. */
    void mayFollowOn(long lsn) {
        gap = lsn;
    }

    int depth() {
        return entries.size();
    }

    @Override
    public void append(List<LogEntry> batch) throws QueueUnavailableException {
        checkAvailable();
        if (world.trouble(150, "queue failures while appending")) {
            batch.subList(0, world.between(0, batch.size())).forEach(this::add);
            throw unavailable();
        }
        if (world.trouble(200, "crashes before an append")) {
            throw new Crash(server.machine());
        }
        batch.forEach(this::add);
        if (world.trouble(200, "crashes between append and forgetting the rows")) {
            throw new Crash(server.machine());
        }
    }

    private void add(LogEntry entry) {
        if (!seen.add(entry.lsn())) {
            world.count("duplicates at the queue");
            if (breakage != Breakage.NO_DUPLICATE_DETECTION) {
                return;
            }
        }
        long delay = world.delay(3, 400);
        Kept last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
        long visibleAt = Math.max(world.now() + delay, last == null ? 0 : last.visibleAt());
        check(
                last == null
                        || last.entry().lsn() == entry.previousLsn()
                        || last.entry().lsn() < gap && entry.previousLsn() == gap,
                "the queue keeps the chain",
                "LSN %d (after %d) is put behind another entry",
                entry.lsn(),
                entry.previousLsn());
        entries.add(new Kept(entry, visibleAt));
        server.machine().later(visibleAt - world.now(), () -> {
            if (reader != null) {
                reader.wake.run();
            }
        });
    }

    private void checkAvailable() throws QueueUnavailableException {
        if (world.now() < unavailableUntil) {
            throw unavailable();
        }
    }

    private static QueueUnavailableException unavailable() {
        return new QueueUnavailableException("the disk of the queue is busy", null);
    }

    /** The machine crashed: nobody reads any more, and the last acknowledgements may be forgotten. */
    void crash() {
        reader = null;
        while (!removed.isEmpty()
                && world.now() - removed.peekLast().at() < ACKNOWLEDGEMENT_FORGOTTEN_MILLIS
                && world.oneIn(2)) {
            entries.add(0, removed.pollLast().kept());
            world.count("acknowledgements forgotten by the queue");
        }
        removed.clear();
    }

    @Override
    public void define(String server) {
        // there is one queue
    }

    @Override
    public void remove(String server) {
        clear();
    }

    @Override
    public void clear(String server) {
        clear();
    }

    @Override
    public State state(String server) {
        return new State(entries.size(), 0, 0);
    }

    @Override
    public List<LogEntry> browse(String server, long afterLsn, int limit) {
        return entries.stream()
                .map(Kept::entry)
                .filter(e -> e.lsn() > afterLsn)
                .limit(limit)
                .toList();
    }

    @Override
    public Reader open(String name, Runnable wake) throws QueueUnavailableException {
        server.checkDoing(ServerStatus.READING_QUEUE);
        checkAvailable();
        check(reader == null, "one reader", "the queue is opened twice");
        reader = new QueueReader(wake);
        return reader;
    }

    private void remove(Kept kept) {
        check(
                kept.entry().lsn() <= slaveLsn.getAsLong(),
                "removed only if acknowledged",
                "LSN %d is removed from the queue, the slave has LSN %d",
                kept.entry().lsn(),
                slaveLsn.getAsLong());
        entries.remove(0);
        removed.addLast(new Removed(kept, world.now()));
        if (removed.size() > 100) {
            removed.removeFirst();
        }
    }

    private final class QueueReader implements Reader {

        private final Runnable wake;
        private int polled;

        QueueReader(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public Optional<LogEntry> poll() throws QueueUnavailableException {
            check(reader == this, "one reader", "a closed queue is polled");
            server.checkDoing(ServerStatus.READING_QUEUE, ServerStatus.CONNECTED);
            checkAvailable();
            if (world.trouble(200, "queue failures while polling")) {
                throw unavailable();
            }
            polled = Math.min(polled, entries.size());
            if (polled == entries.size() || entries.get(polled).visibleAt() > world.now()) {
                return Optional.empty();
            }
            boolean swaps = breakage == Breakage.QUEUE_OUT_OF_ORDER && polled + 1 < entries.size() && world.oneIn(10);
            if (swaps) {
                Collections.swap(entries, polled, polled + 1);
            }
            LogEntry next = entries.get(polled).entry();
            if (breakage == Breakage.ACKNOWLEDGED_WHEN_TAKEN) {
                remove(entries.get(polled));
            } else {
                polled++;
            }
            return Optional.of(next);
        }

        @Override
        public void acknowledge(long upToLsn) throws QueueUnavailableException {
            check(reader == this, "one reader", "a closed queue is acknowledged");
            checkAvailable();
            if (world.trouble(100, "queue failures before an acknowledgement")) {
                throw unavailable();
            }
            if (breakage == Breakage.ACKNOWLEDGED_FOR_ALL) {
                others.stream()
                        .filter(other -> !other.entries.isEmpty())
                        .forEach(other -> other.remove(other.entries.get(0)));
            }
            while (polled > 0 && entries.get(0).entry().lsn() <= upToLsn) {
                remove(entries.get(0));
                polled--;
            }
            if (world.trouble(100, "queue failures after an acknowledgement")) {
                throw unavailable();
            }
        }

        @Override
        public void close() {
            if (reader == this) {
                reader = null;
            }
        }
    }
}
