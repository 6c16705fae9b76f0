package org.hotbackup.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.hotbackup.txlog.LogEntry;

/**
 * Transactions taken from the queue and not yet acknowledged, in order: the first of them are sent, the others wait to be
 * sent, again after a broken link. Numbers are given here, in order of extraction (HB-013).
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
        return bytes < MasterSettings.WINDOW_BYTES && size() < MasterSettings.WINDOW_TRANSACTIONS;
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
     * @return the last entry acknowledged, null if there was none
     */
    LogEntry acknowledge(long lsn) {
        LogEntry last = null;
        while (!out.isEmpty() && out.peekFirst().lsn() <= lsn) {
            last = out.pollFirst();
            bytes -= last.payload().length;
            acknowledgedTransaction++;
            acknowledgedLsn = last.lsn();
        }
        return last;
    }

    void clear() {
        out.clear();
        waiting.clear();
        bytes = 0;
    }

    boolean isEmpty() {
        return out.isEmpty() && waiting.isEmpty();
    }

    int size() {
        return out.size() + waiting.size();
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** LSN of the last entry in the window, or of the last one acknowledged. */
    long lastLsn() {
        if (!waiting.isEmpty()) {
            return waiting.peekLast().lsn();
        }
        return out.isEmpty() ? acknowledgedLsn : out.peekLast().lsn();
    }

    /** The LSN that the first entry of the window follows on; 0 if the window is empty. */
    long firstPreviousLsn() {
        LogEntry first = out.isEmpty() ? waiting.peekFirst() : out.peekFirst();
        return first == null ? 0 : first.previousLsn();
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
