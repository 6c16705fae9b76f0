package org.hotbackup.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.replication.LinkDownException;

/**
 * Drives one server: begins it, then steps it whenever it is woken or its own time has come. One thread for each running
 * server, so that sessions need no locks.
 */
final class ServerThread {

    /** What is driven; everything on the server's thread. */
    @FunctionalInterface
    interface Work {

        /** Initializes it. */
        default void begin() throws LinkDownException {}

        /**
         * One step.
         *
         * @param now the monotonic time in milliseconds
         * @return when it wants the next one
         */
        long step(long now);

        /**
         * Ends it, however far it came.
         *
         * @param asked whether somebody asked for the end; otherwise it failed
         */
        default void end(boolean asked) {}
    }

    private static final Logger LOGGER = Logger.getLogger(ServerThread.class.getName());

    private final Work work;
    private final Semaphore woken = new Semaphore(0);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean initialized;
    private volatile Exception failure;
    private volatile boolean stopping;
    private volatile long steps;

    /**
     * Not yet running.
     *
     * @throws IllegalStateException if there is no thread for it
     */
    ServerThread(String name, ThreadFactory threads, Work work) {
        this.work = work;
        this.thread = threads.newThread(this::run);
        if (thread == null) {
            throw new IllegalStateException("there is no thread for it");
        }
        thread.setName("hot-backup server " + name);
    }

    void start() {
        thread.start();
    }

    /**
     * Waits until it is initialized.
     *
     * @return false if it has not come so far within the time given
     * @throws LinkDownException or what else {@link Work#begin} threw, if it cannot; its thread has ended then
     */
    boolean awaitBegun(Duration patience) throws LinkDownException, InterruptedException {
        if (!begun.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        if (initialized) {
            return true;
        }
        thread.join();
        if (failure instanceof LinkDownException down) {
            throw down;
        } else if (failure instanceof RuntimeException failed) {
            throw failed;
        }
        throw new LinkDownException("its phantom ended");
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

    /**
     * Waits until it has ended by itself.
     *
     * @return false if it has not within the time given
     */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
        return !thread.isAlive();
    }

    /** How many steps it did. */
    long steps() {
        return steps;
    }

    long id() {
        return thread.getId();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    private void run() {
        boolean interrupted = false;
        try {
            work.begin();
            initialized = true;
            begun.countDown();
            while (!stopping) {
                long now = now();
                long next = work.step(now);
                steps++;
                if (!stopping && woken.tryAcquire(Math.max(0, next - now), TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
            }
        } catch (LinkDownException | RuntimeException e) {
            failure = e;
            if (initialized) {
                LOGGER.log(Level.SEVERE, thread.getName() + " failed", e);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            try {
                work.end(stopping);
            } finally {
                begun.countDown();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The clock of sessions, in milliseconds from nowhere in particular. */
    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
