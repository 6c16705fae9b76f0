package org.hotbackup.saves;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One thing at a time that is done on a thread of its own, which is there from the first one on. For one caller. */
final class Background<T> implements AutoCloseable {

    private static final long LONGEST_SECONDS = 60;

    private final ExecutorService thread;
    private Future<T> underWay;

    Background(ThreadFactory threads) {
        thread = Executors.newSingleThreadExecutor(threads);
    }

    /** Begins something, when what was begun before has ended. */
    void begin(Supplier<T> work) {
        await();
        underWay = thread.submit(work::get);
    }

    /**
     * Waits for its end.
     *
     * @return what came of it; null if nothing was begun since the last call
     * @throws RuntimeException what it threw
     */
    T await() {
        if (underWay == null) {
            return null;
        }
        Future<T> begun = underWay;
        underWay = null;
        try {
            return begun.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Lets what is under way come to its end, whatever that is, and ends the thread. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
