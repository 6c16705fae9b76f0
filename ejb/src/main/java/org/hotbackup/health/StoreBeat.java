package org.hotbackup.health;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.Refusal;

/**
 * The heartbeat's way through the store, on a thread of its own, because a store that is stuck never returns. Thread-safe;
 * asking never blocks.
 */
final class StoreBeat {

    private final Runnable commit;
    private final LongSupplier counting;
    private final ThreadPoolExecutor executor;
    private final AtomicLong progress = new AtomicLong();
    private volatile long lostAndFound = -1;
    private volatile String trouble = "";

    /**
     * One that has not beaten yet.
     *
     * @param commit goes through the store, durably
     * @param counting counts lost+found, which is not worth a thread of its own
     */
    StoreBeat(Runnable commit, LongSupplier counting, ThreadFactory threads) {
        this.commit = commit;
        this.counting = counting;
        // one beat at a time, and no second one waits behind it
        executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                threads,
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Lets it beat, unless it is still at it. */
    void ask() {
        if (executor.getActiveCount() == 0) {
            executor.execute(this::beat);
        }
    }

    private void beat() {
        try {
            commit.run();
            lostAndFound = counting.getAsLong();
            trouble = "";
            progress.incrementAndGet();
        } catch (Refusal e) {
            // an answer by name is one too
            trouble = e.getMessage();
            progress.incrementAndGet();
        } catch (RuntimeException e) {
            trouble = e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }

    /** How often the store took a beat or refused it by name. */
    long progress() {
        return progress.get();
    }

    /** Why the last beat was not taken; empty if it was. */
    String trouble() {
        return trouble;
    }

    /** How many records lost+found has, as counted at the last beat; -1 if it never was. */
    long lostAndFound() {
        return lostAndFound;
    }

    /** Ends without waiting for a beat under way. */
    void end() {
        executor.shutdown();
    }
}
