package org.hotbackup.ordeal;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import org.hotbackup.client.RestClient;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;

/**
 * A user who works on the master over REST. An answered call is what the image must hold (I1); of one without an answer
 * the user reads, as soon as the node is back, whether all of it was done or nothing.
 */
final class User implements Runnable {

    /** The node is closed for updates: the roles are changing. */
    static final String CLOSED = "HB2210";

    /** Refusals after which nothing is changed and a user tries something else. */
    private static final Set<String> LATER = Set.of("HB1016", "HB1017", "HB1018", "HB1026", "HB1028", CLOSED);

    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(6);
    private static final int MOST_PROBED = 40;
    private static final int MOST_PAUSE_MILLIS = 100;

    private volatile RestClient node;
    private final UserMoves moves;
    private final Expectation expectation;
    private final ReadWriteLock calls;
    private final Journal journal;
    private final Random pauses;
    private final AtomicLong answered = new AtomicLong();
    private final String name;
    private volatile boolean stopping;

    User(int number, RestClient node, UserMoves moves, Expectation expectation, ReadWriteLock calls, Journal journal) {
        this.node = node;
        this.moves = moves;
        this.expectation = expectation;
        this.calls = calls;
        this.journal = journal;
        this.pauses = new Random(number);
        this.name = "user " + number;
    }

    /** How many calls were answered. */
    long answered() {
        return answered.get();
    }

    /** From the next call on this user works on another node; no call is under way. */
    void moveTo(RestClient other) {
        node = other;
    }

    void stop() {
        stopping = true;
    }

    /** Makes what this user needs to begin. */
    void begin() {
        moves.first().forEach(updates -> perform(updates, false));
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                calls.readLock().lock();
                try {
                    move();
                } finally {
                    calls.readLock().unlock();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauses.nextInt(MOST_PAUSE_MILLIS)));
            }
        } catch (RuntimeException e) {
            journal.violation(name + " cannot go on: " + e);
        }
    }

    private void move() {
        if (moves.random().nextInt(100) == 0) {
            Update.ItemWritten excluded = moves.excluded();
            if (excluded != null) {
                perform(List.of(excluded), true);
            }
            return;
        }
        perform(moves.next(), false);
    }

    /** Performs one transaction and keeps what is known of it. */
    void perform(List<Update> updates, boolean excluded) {
        try {
            call(updates, excluded);
            answered.incrementAndGet();
            expectation.performed(updates, excluded);
        } catch (RestRefusal | UnexpectedAnswer | UncheckedIOException e) {
            boolean later = isForLater(e);
            if (Caller.isUncertain(e) && !later) {
                resolve(updates, excluded, e);
            } else if (!later) {
                journal.violation(name + ": " + describe(updates) + " was refused: " + e.getMessage());
            }
            LockSupport.parkNanos(AGAIN_NANOS);
        }
    }

    /** Whether a call was refused in a way that users know, whichever resource it went to. */
    static boolean isForLater(RuntimeException e) {
        return e instanceof RestRefusal refusal && LATER.contains(refusal.code())
                || e instanceof UnexpectedAnswer answer
                        && LATER.stream().anyMatch(code -> answer.getMessage().contains("/problems/" + code + '"'));
    }

    private void call(List<Update> updates, boolean excluded) {
        if (excluded) {
            Caller.performExcluded(node, (Update.ItemWritten) updates.get(0));
        } else {
            Caller.perform(node, updates);
        }
    }

    /** Finds out whether a call without an answer was performed. */
    private void resolve(List<Update> updates, boolean excluded, RuntimeException why) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            try {
                settle(updates, excluded, why);
                return;
            } catch (RestRefusal | UnexpectedAnswer | UncheckedIOException e) {
                if (stopping && !journal.isClean()) {
                    // it ends with the node down
                    return;
                }
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        }
        journal.violation(name + " never found out what became of " + describe(updates) + " after " + why);
    }

    private void settle(List<Update> updates, boolean excluded, RuntimeException why) {
        ImageModel before = expectation.snapshot(updates);
        ImageModel after = expectation.preview(updates);
        int asBefore = 0;
        int asAfter = 0;
        for (Update update : updates.subList(0, Math.min(MOST_PROBED, updates.size()))) {
            Object now = Probe.of(node, update);
            Object wouldBeBefore = Probe.of(before, update);
            Object wouldBeAfter = Probe.of(after, update);
            if (!now.equals(wouldBeBefore) && !now.equals(wouldBeAfter)) {
                journal.violation(name + ": " + update.file() + " is " + now + ", neither " + wouldBeBefore + " nor "
                        + wouldBeAfter + ", after a call that ended with " + why);
                return;
            }
            if (!wouldBeBefore.equals(wouldBeAfter)) {
                asBefore += now.equals(wouldBeBefore) ? 1 : 0;
                asAfter += now.equals(wouldBeAfter) ? 1 : 0;
            }
        }
        if (asBefore > 0 && asAfter > 0) {
            journal.violation(name + ": half of " + describe(updates) + " was performed, after " + why);
        } else if (asAfter > 0) {
            expectation.performed(updates, excluded);
        } else if (asBefore == 0) {
            expectation.perhapsPerformed();
        }
    }

    private static String describe(List<Update> updates) {
        Update first = updates.get(0);
        FilePath file = first.file();
        String more = updates.size() > 1 ? " and " + (updates.size() - 1) + " more" : "";
        return first.getClass().getSimpleName() + " of " + file + more;
    }
}
