package org.hotbackup.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * Drives one session: steps it whenever it is woken or its own time has come. One thread for each running server, so
 * that sessions need no locks.
 */
final class ServerThread {

    private final LongUnaryOperator step;
    private final Runnable atEnd;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * Not yet running.
     *
     * @param step one step of the session: takes the monotonic time in milliseconds, gives when it wants the next one
     * @param atEnd closes the session, on the same thread
     */
    ServerThread(String name, ThreadFactory threads, LongUnaryOperator step, Runnable atEnd) {
        this.step = step;
        this.atEnd = atEnd;
        this.thread = threads.newThread(this::run);
        this.thread.setName("hot-backup server " + name);
    }

    void start() {
        thread.start();
    }

    /** Asks for a step now. From any thread; never blocks. */
    void wake() {
        woken.release();
    }

    /** Ends after the step under way, without waiting for it. */
    void end() {
        stopping = true;
        wake();
    }

    /**
     * Ends after the step under way.
     *
     * @return false if it has not ended within the time given
     */
    boolean stop(Duration patience) throws InterruptedException {
        end();
        thread.join(patience.toMillis());
        return !thread.isAlive();
    }

    long id() {
        return thread.getId();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    private void run() {
        try {
            while (!stopping) {
                long now = now();
                long next = step.applyAsLong(now);
                if (!stopping && woken.tryAcquire(Math.max(0, next - now), TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atEnd.run();
        }
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
