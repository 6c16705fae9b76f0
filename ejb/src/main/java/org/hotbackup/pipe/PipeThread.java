package org.hotbackup.pipe;

import java.util.concurrent.ThreadFactory;

/** A thread that reads or writes a pipe, or applies what arrives: begun once, if at all, and waited for in the end. For one caller. */
final class PipeThread {

    /** Whoever waits in a pipe is woken by closing it; what else may take its time is a transaction. */
    private static final long STOP_MILLIS = 10_000;

    private Thread thread;

    /**
     * Begins.
     *
     * @throws IllegalStateException if there is no thread, as in a node that stops
     */
    void start(ThreadFactory threads, String name, Runnable work) {
        thread = threads.newThread(work);
        if (thread == null) {
            throw new IllegalStateException("there is no thread for " + name);
        }
        thread.setName(name);
        thread.start();
    }

    /** Waits some seconds for its end, if it was begun. */
    void join() {
        try {
            if (thread != null) {
                thread.join(STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
