package org.hotbackup.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.txlog.LogEntry;

/**
 * The rows of log entries that the transaction log queue has by now: kept for a while and forgotten together. A crash has
 * those that are left appended again, and the queue recognises them. For the pump's thread.
 */
final class PumpedRows {

    private static final Logger LOG = Logger.getLogger(PumpedRows.class.getName());

    private static final int MOST_ROWS = 20_000;
    /** H2 keeps in memory what one statement deletes. */
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Store store;
    /** What is forgotten in one transaction each, oldest first. */
    private final Deque<Piece> pieces = new ArrayDeque<>();

    private long since;
    private boolean failed;

    PumpedRows(Store store) {
        this.store = store;
    }

    private record Piece(long firstLsn, long lastLsn, int rows, long bytes) {

        boolean isFull() {
            return rows >= MOST_ROWS || bytes >= MOST_BYTES;
        }

        Piece with(LogEntry entry) {
            return new Piece(firstLsn, entry.lsn(), rows + 1, bytes + entry.payload().length);
        }
    }

    /** The queue has these too. */
    void add(List<LogEntry> batch) {
        if (pieces.isEmpty()) {
            since = System.nanoTime();
        }
        for (LogEntry entry : batch) {
            boolean begin = pieces.isEmpty() || pieces.getLast().isFull();
            Piece piece = begin ? new Piece(entry.lsn(), entry.lsn(), 0, 0) : pieces.removeLast();
            pieces.addLast(piece.with(entry));
        }
    }

    /** Whether there are none. */
    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** How long the pump may wait for entries before it looks here again, milliseconds. */
    static long patienceMillis() {
        return TimeUnit.NANOSECONDS.toMillis(LONGEST_NANOS);
    }

    /** Whether it is time to forget them: they are many, or have been there for a second since the last attempt. */
    boolean areDue() {
        return !pieces.isEmpty()
                && (pieces.getFirst().isFull() && !failed || System.nanoTime() - since >= LONGEST_NANOS);
    }

    /** Forgets them; what cannot be forgotten now is when it is due again. Not durable by itself. */
    void forget() {
        try {
            while (!pieces.isEmpty()) {
                Piece piece = pieces.getFirst();
                store.database().inTransaction(connection -> {
                    store.logTable().delete(connection, piece.firstLsn, piece.lastLsn);
                    NodeState.pumped(connection, piece.lastLsn);
                    return null;
                });
                pieces.removeFirst();
            }
            failed = false;
        } catch (SQLException | RuntimeException e) {
            failed = true;
            since = System.nanoTime();
            LOG.log(Level.WARNING, "Log entries that are in the queue could not be deleted yet: {0}", e.getMessage());
        }
    }
}
