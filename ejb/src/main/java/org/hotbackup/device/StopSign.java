package org.hotbackup.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Tells work on a device to end, also where it waits for a program at the other end of a pipe. Thread-safe. */
public final class StopSign {

    private static final long LONG_MILLIS = 3_000;

    private final List<Runnable> wakers = new ArrayList<>();
    private boolean raised;
    private final LongSupplier millis;
    private String waiting = "";
    private long since;
    private long patience;
    private long waited;

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

    /** One that is not raised. */
    public StopSign() {
        this(System::currentTimeMillis);
    }

    /** The same, by this clock. */
    public StopSign(LongSupplier millis) {
        this.millis = millis;
    }

    /** Work waits for somebody who has to come; said at once. */
    void waits(String forWhom) {
        waits(forWhom, 0);
    }

    /** Work waits for somebody who is there, as it always does for a moment; said if that moment is long. */
    void stands(String forWhom) {
        waits(forWhom, LONG_MILLIS);
    }

    private synchronized void waits(String forWhom, long unsaid) {
        waiting = forWhom;
        patience = unsaid;
        since = millis.getAsLong();
    }

    /** It waits no longer. */
    synchronized void goesOn() {
        long time = millis.getAsLong() - since;
        waited += waiting.isEmpty() || time < patience ? 0 : time;
        waiting = "";
    }

    /** For whom it waits, empty if for nobody, or not for long. */
    public synchronized String waiting() {
        return millis.getAsLong() - since < patience ? "" : waiting;
    }

    /** How long it has waited for people, in milliseconds, without what is not worth saying. */
    public synchronized long waitedMillis() {
        return waited;
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
