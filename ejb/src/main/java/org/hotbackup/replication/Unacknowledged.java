package org.hotbackup.replication;

import java.util.Optional;

/**
 * Watches whether a slave that answers gets on: whether the oldest transaction that is out is acknowledged in time. A slave
 * does nothing else while it applies, so one that answers and acknowledges nothing has a transaction that it cannot apply
 * now (HB-033). For the session's thread, except {@link #transaction}.
 */
final class Unacknowledged {

    /** So long a transaction that arrived may wait for its turn. */
    static final long AFTER_MILLIS = 5_000;

    private static final long NONE = 0;

    private long oldest = NONE;
    private long sinceMillis;
    private long asked;
    private long answered;
    /** Answers to what was asked before the oldest was sent say nothing about it. */
    private long askedBefore;

    private volatile Optional<UnacknowledgedTransaction> transaction = Optional.empty();

    /** The transaction that the slave has and does not acknowledge, empty if it gets on. From any thread. */
    Optional<UnacknowledgedTransaction> transaction() {
        return transaction;
    }

    /** A conversation begins: nothing is out, and nothing was asked. */
    void begins() {
        nothingIsOut();
        asked = 0;
        answered = 0;
    }

    /** The slave is asked whether it is there, behind everything that is out. */
    void asks() {
        asked++;
    }

    /**
     * This is the oldest transaction that is out now.
     *
     * @return whether the slave gets on again
     */
    boolean isOut(long now, long number) {
        if (number == oldest) {
            return false;
        }
        oldest = number;
        sinceMillis = now;
        askedBefore = asked;
        return forgets();
    }

    /**
     * Nothing is out now.
     *
     * @return whether the slave gets on again
     */
    boolean nothingIsOut() {
        oldest = NONE;
        return forgets();
    }

    private boolean forgets() {
        boolean known = transaction.isPresent();
        transaction = Optional.empty();
        return known;
    }

    /**
     * The slave answered what it was asked.
     *
     * @return whether it is known from now on that it does not get on
     */
    boolean answers(long now) {
        answered++;
        boolean soon = answered <= askedBefore || now - sinceMillis < AFTER_MILLIS;
        if (oldest == NONE || transaction.isPresent() || soon) {
            return false;
        }
        transaction = Optional.of(new UnacknowledgedTransaction(oldest, sinceMillis));
        return true;
    }
}
