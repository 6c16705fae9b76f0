package org.hotbackup.store;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * Hands committed log entries to the transaction log queue, in order and without gaps, then forgets their rows (design
 * 1.4). While the queue takes nothing it tries again for ever. One thread; the methods may be called by any.
 */
final class LogPump {

    private static final Logger LOG = Logger.getLogger(LogPump.class.getName());

    private static final int BATCH_ENTRIES = 1_000;
    /** Rows of entries that are in the queue may stay for so long, or for so many: a crash has them appended again. */
    private static final int ROWS_KEPT = 20_000;

    /** Between two batches: what is committed meanwhile goes with the next one, in one forced write of the queue. */
    private static final long PAUSE_MILLIS = 2;

    private static final long ROWS_KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long FIRST_RETRY_MILLIS = 50;
    private static final long LAST_RETRY_MILLIS = 2_000;
    private static final long IDLE_MILLIS = 1_000;
    /** The queue gives up an append that it does not answer in a third of it. */
    private static final long STOP_MILLIS = 30_000;

    private final Store store;
    private final TransactionLogQueue queue;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile String trouble = "";

    private long firstRow;
    private long lastRow;
    private int rows;
    private long rowsSince;

    /** A pump that does nothing until it is started. */
    LogPump(Store store, TransactionLogQueue queue, ThreadFactory threads) {
        this.store = store;
        this.queue = queue;
        thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Ends the thread; what is not handed over stays in the store for the next pump.
     */
    void stop() {
        stopping.countDown();
        store.log().wakePump();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why the queue takes nothing at the moment, empty if it does. */
    String trouble() {
        return trouble;
    }

    private void run() {
        try {
            while (stopping.getCount() > 0) {
                List<LogEntry> batch = store.log().take(BATCH_ENTRIES, waitMillis());
                if (!batch.isEmpty() && append(batch)) {
                    remember(batch);
                    store.log().enqueued();
                    if (batch.size() < BATCH_ENTRIES) {
                        stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                    }
                }
                if (rows >= ROWS_KEPT || rows > 0 && System.nanoTime() - rowsSince >= ROWS_KEPT_NANOS) {
                    forgetRows();
                }
            }
            if (rows > 0) {
                forgetRows();
            }
        } catch (InterruptedException e) {
            // nobody interrupts this thread; should it happen, the rows that are left say where to go on
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            trouble = "the pump ended: " + e.getMessage();
            LOG.log(Level.SEVERE, "The log pump ended, nothing is handed to the transaction log queue any more", e);
        }
    }

    private long waitMillis() {
        return rows == 0 ? IDLE_MILLIS : TimeUnit.NANOSECONDS.toMillis(ROWS_KEPT_NANOS);
    }

    /** Until the queue has taken it; false only if the pump has to stop before. */
    private boolean append(List<LogEntry> batch) throws InterruptedException {
        long pause = FIRST_RETRY_MILLIS;
        do {
            try {
                queue.append(batch);
                recovered();
                return true;
            } catch (QueueUnavailableException e) {
                troubled("The transaction log queue takes no entries, they wait in the store: " + e.getMessage());
            }
            pause = Math.min(2 * pause, LAST_RETRY_MILLIS);
        } while (!stopping.await(pause, TimeUnit.MILLISECONDS));
        return false;
    }

    private void remember(List<LogEntry> batch) {
        if (rows == 0) {
            firstRow = batch.get(0).lsn();
            rowsSince = System.nanoTime();
        }
        lastRow = batch.get(batch.size() - 1).lsn();
        rows += batch.size();
    }

    /** Not durable by itself: should a crash undo it, the same entries are appended again and recognised. */
    private void forgetRows() {
        try {
            store.database().inTransaction(connection -> {
                store.logTable().delete(connection, firstRow, lastRow);
                NodeState.pumped(connection, lastRow);
                return null;
            });
            rows = 0;
        } catch (SQLException e) {
            rowsSince = System.nanoTime();
            LOG.log(Level.WARNING, "Log entries that are in the queue could not be deleted yet: {0}", e.getMessage());
        }
    }

    private void troubled(String sentence) {
        if (trouble.isEmpty()) {
            LOG.warning(sentence);
        }
        trouble = sentence;
    }

    private void recovered() {
        if (!trouble.isEmpty()) {
            LOG.info("The transaction log queue takes entries again");
            trouble = "";
        }
    }
}
