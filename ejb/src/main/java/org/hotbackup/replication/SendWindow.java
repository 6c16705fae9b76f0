package org.hotbackup.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.txlog.LogEntry;

/**
 * Transactions taken from the queue and not yet acknowledged, in order: the first of them are out, the others wait to be
 * sent, again after a broken link. Numbers are given here, in order of extraction (HB-013): the first one follows the
 * last one acknowledged.
 */
final class SendWindow {

    private final ArrayDeque<LogEntry> out = new ArrayDeque<>();
    private final ArrayDeque<LogEntry> waiting = new ArrayDeque<>();
    private long acknowledgedTransaction;
    private long acknowledgedLsn;
    private long bytes;

    /** Begins after this position: everything up to it is done, everything else is to be sent. */
    void placeAfter(long transaction, long lsn) {
        while (!out.isEmpty()) {
            waiting.addFirst(out.pollLast());
        }
        while (!waiting.isEmpty() && waiting.peekFirst().lsn() <= lsn) {
            bytes -= waiting.pollFirst().payload().length;
        }
        acknowledgedTransaction = transaction;
        acknowledgedLsn = lsn;
    }

    /** Adds an entry taken from the queue. */
    void add(LogEntry entry) {
        waiting.addLast(entry);
        bytes += entry.payload().length;
    }

    /** Whether another entry may be taken from the queue. */
    boolean hasRoom() {
        return isEmpty()
                || bytes < MasterSettings.WINDOW_BYTES
                        && out.size() + waiting.size() < MasterSettings.WINDOW_TRANSACTIONS;
    }

    /** The next batch to send, which then is out; empty if nothing waits. */
    List<LogEntry> nextBatch() {
        List<LogEntry> batch = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && batch.size() < MasterSettings.BATCH_TRANSACTIONS) {
            size += waiting.peekFirst().payload().length;
            if (!batch.isEmpty() && size > MasterSettings.BATCH_BYTES) {
                break;
            }
            LogEntry entry = waiting.pollFirst();
            out.addLast(entry);
            batch.add(entry);
        }
        return batch;
    }

    /**
     * Drops what is acknowledged.
     *
     * @param count how many transactions, from the first one that is out
     * @param lsn that of the last of them
     * @return the last entry acknowledged; empty, and nothing dropped, if that is not what is out
     */
    Optional<LogEntry> acknowledge(long count, long lsn) {
        if (count > out.size() || nth(count).lsn() != lsn) {
            return Optional.empty();
        }
        LogEntry last = null;
        for (long i = 0; i < count; i++) {
            last = out.pollFirst();
            bytes -= last.payload().length;
        }
        acknowledgedTransaction += count;
        acknowledgedLsn = lsn;
        return Optional.of(last);
    }

    private LogEntry nth(long count) {
        return out.stream().skip(count - 1).findFirst().orElseThrow();
    }

    void clear() {
        out.clear();
        waiting.clear();
        bytes = 0;
    }

    boolean isEmpty() {
        return out.isEmpty() && waiting.isEmpty();
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    int waitingCount() {
        return waiting.size();
    }

    boolean hasOut() {
        return !out.isEmpty();
    }

    /** Whether an entry of this LSN is in the window. */
    boolean holds(long lsn) {
        return out.stream().anyMatch(entry -> entry.lsn() == lsn)
                || waiting.stream().anyMatch(entry -> entry.lsn() == lsn);
    }

    /** LSN of the last entry in the window, or of the last one acknowledged. */
    long lastLsn() {
        if (!waiting.isEmpty()) {
            return waiting.peekLast().lsn();
        }
        return out.isEmpty() ? acknowledgedLsn : out.peekLast().lsn();
    }

    /** The LSN that the first entry of a window that is not empty follows on. */
    long firstPreviousLsn() {
        return (out.isEmpty() ? waiting : out).getFirst().previousLsn();
    }

    /** LSN of the last entry acknowledged. */
    long acknowledgedLsn() {
        return acknowledgedLsn;
    }

    /** Number of the last transaction acknowledged. */
    long acknowledgedTransaction() {
        return acknowledgedTransaction;
    }

    /** Number of the last transaction sent. */
    long sentTransaction() {
        return acknowledgedTransaction + out.size();
    }

    /** When the oldest entry of the window was committed, 0 if there is none. */
    long oldestCommittedAtMillis() {
        LogEntry oldest = out.isEmpty() ? waiting.peekFirst() : out.peekFirst();
        return oldest == null ? 0 : oldest.committedAtMillis();
    }
}
