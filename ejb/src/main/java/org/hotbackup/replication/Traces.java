package org.hotbackup.replication;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hotbackup.txlog.LogEntry;

/**
 * What a server does with each transaction while traces are on (HB-091): number, LSN, and item and file of each of its
 * updates, so that the one at fault has a name (HB-033). The last lines are kept, bounded. Thread-safe.
 */
public final class Traces {

    /** How many lines are kept. */
    public static final int KEPT = 1_000;

    private final Clock clock;
    private final Function<LogEntry, List<String>> describer;
    private final Consumer<String> log;
    private final Deque<String> lines = new ArrayDeque<>();
    private volatile boolean on;

    /**
     * Traces that are off.
     *
     * @param describer a line for each update of an entry, bounded
     * @param log is given each line too
     */
    public Traces(Clock clock, Function<LogEntry, List<String>> describer, Consumer<String> log) {
        this.clock = clock;
        this.describer = describer;
        this.log = log;
    }

    /** Traces that nobody reads. */
    static Traces toNowhere() {
        return new Traces(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), entry -> List.of(), line -> {});
    }

    /** Whether transactions are traced. */
    public boolean isOn() {
        return on;
    }

    /** Turns traces on (HB-091) or off (HB-092); lines that are kept stay. */
    public void turn(boolean nowOn) {
        on = nowOn;
    }

    /** The last lines, oldest first. */
    public List<String> lines(int most) {
        synchronized (lines) {
            return lines.stream().skip(Math.max(0, lines.size() - most)).toList();
        }
    }

    /** Traces consecutive transactions, if traces are on. */
    void trace(String what, long firstTransaction, List<LogEntry> entries) {
        if (on) {
            long number = firstTransaction;
            for (LogEntry entry : entries) {
                trace(what, number++, entry);
            }
        }
    }

    /** Traces one transaction, if traces are on. */
    void trace(String what, ReceivedTransaction transaction) {
        if (on) {
            trace(what, transaction.number(), transaction.entry());
        }
    }

    private void trace(String what, long number, LogEntry entry) {
        String transaction = "transaction " + number + " (LSN " + entry.lsn() + ") " + what + ": ";
        describer.apply(entry).forEach(line -> add(transaction + line));
    }

    /** Traces an acknowledgement, if traces are on. */
    void acknowledged(long transaction, long lsn) {
        if (on) {
            add("acknowledged up to transaction " + transaction + " (LSN " + lsn + ")");
        }
    }

    private void add(String text) {
        log.accept(text);
        synchronized (lines) {
            lines.addLast(clock.instant() + "  " + text);
            if (lines.size() > KEPT) {
                lines.removeFirst();
            }
        }
    }
}
