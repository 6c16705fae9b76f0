package org.hotbackup.store;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * Hands committed log entries to the transaction log queue, in order and without gaps, then forgets their rows (design
 * 1.4). While the queue takes nothing, or anything else is wrong, it says so and tries again for ever: the entries stay in
 * hand, and the queue knows those that it has. One thread; the methods may be called by any.
 */
final class LogPump {

    private static final Logger LOG = Logger.getLogger(LogPump.class.getName());

    private static final int BATCH_ENTRIES = 1_000;
    /** Between two batches: what is committed meanwhile goes with the next one, in one forced write of the queue. */
    private static final long PAUSE_MILLIS = 2;

    private static final long FIRST_RETRY_MILLIS = 50;
    private static final long LAST_RETRY_MILLIS = 2_000;
    private static final long IDLE_MILLIS = 1_000;
    /** The queue gives up an append that it does not answer in a third of it. */
    private static final long STOP_MILLIS = 30_000;

    private final Store store;
    private final TransactionLogQueue queue;
    private final ServerMessages messages;
    private final Thread thread;
    private final PumpedRows pumped;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile String trouble = "";
    private volatile long rounds;

    /**
     * A pump that does nothing until it is started.
     *
     * @param messages told, on the pump's thread, when it cannot go on and when it can again
     */
    LogPump(Store store, TransactionLogQueue queue, ThreadFactory threads, ServerMessages messages) {
        this.store = store;
        this.queue = queue;
        this.messages = messages;
        pumped = new PumpedRows(store);
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

    /** Why nothing is handed over at the moment, one clause; empty if that goes well. */
    String trouble() {
        return trouble;
    }

    /** How often it looked for entries: while it does not hand any over, this shows that it could. */
    long rounds() {
        return rounds;
    }

    private void run() {
        long pause = FIRST_RETRY_MILLIS;
        try {
            while (stopping.getCount() > 0) {
                rounds++;
                try {
                    handOver();
                    pause = FIRST_RETRY_MILLIS;
                } catch (QueueUnavailableException e) {
                    troubled(e.getMessage());
                    pause = Math.min(2 * pause, LAST_RETRY_MILLIS);
                } catch (RuntimeException | OutOfMemoryError e) {
                    LOG.log(trouble.isEmpty() ? Level.SEVERE : Level.FINE, "The log pump failed; it begins again", e);
                    troubled(e.toString());
                    pause = Math.min(2 * pause, LAST_RETRY_MILLIS);
                }
                if (!trouble.isEmpty()) {
                    stopping.await(pause, TimeUnit.MILLISECONDS);
                }
            }
            pumped.forget();
        } catch (InterruptedException e) {
            // nobody interrupts this thread; should it happen, the rows that are left say where to go on
            Thread.currentThread().interrupt();
        }
    }

    /** Hands over what is there; what the queue did not take for sure is taken again. */
    private void handOver() throws InterruptedException, QueueUnavailableException {
        List<LogEntry> batch = store.log().take(BATCH_ENTRIES, waitMillis());
        if (!batch.isEmpty()) {
            queue.append(batch);
            pumped.add(batch);
            store.log().enqueued();
            recovered();
            if (batch.size() < BATCH_ENTRIES) {
                stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        if (pumped.areDue()) {
            pumped.forget();
        }
    }

    private long waitMillis() {
        return pumped.isEmpty() ? IDLE_MILLIS : PumpedRows.patienceMillis();
    }

    private void troubled(String reason) {
        boolean news = trouble.isEmpty();
        trouble = reason;
        if (news) {
            say(MessageCode.LOG_NOT_HANDED_ON, reason);
        }
    }

    private void recovered() {
        if (!trouble.isEmpty()) {
            trouble = "";
            say(MessageCode.LOG_HANDED_ON);
        }
    }

    /** Whatever is the matter with those who listen must not end the pump. */
    private void say(MessageCode code, Object... values) {
        try {
            messages.say(code, values);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, code.text(values), e);
        }
    }
}
