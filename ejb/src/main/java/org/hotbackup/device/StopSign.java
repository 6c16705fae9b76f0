package org.hotbackup.device;

import java.util.ArrayList;
import java.util.List;

/** Tells work on a device to end, also where it waits for a program at the other end of a pipe. Thread-safe. */
public final class StopSign {

    private final List<Runnable> wakers = new ArrayList<>();
    private boolean raised;
    private String waiting = "";

    /** Work ended because it was told to. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("told to stop");
        }
    }

    /** Tells it, and wakes whoever waits. */
    public void raise() {
        List<Runnable> all;
        synchronized (this) {
            raised = true;
            all = List.copyOf(wakers);
        }
        all.forEach(Runnable::run);
    }

    /** Says for whom work waits, for people; nothing if it goes on. */
    synchronized void waits(String forWhom) {
        waiting = forWhom;
    }

    /** For whom it waits, empty if for nobody. */
    public synchronized String waiting() {
        return waiting;
    }

    /** Whether it was told. */
    public synchronized boolean isRaised() {
        return raised;
    }

    /**
     * To be asked between two steps.
     *
     * @throws Stopped if it was told
     */
    public void check() {
        if (isRaised()) {
            throw new Stopped();
        }
    }

    /** What wakes somebody who waits; called in the thread that tells, perhaps several times. */
    synchronized void wakenBy(Runnable waker) {
        wakers.add(waker);
    }
}
