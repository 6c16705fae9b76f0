package org.hotbackup.replication;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ApplyBlockedException.Cause;
import org.hotbackup.replication.SlaveSession.Head;

/**
 * Applies what was delayed, in its order and at its own pace. When it cannot, it takes fewer at a time until the one that is
 * in the way is found, and tries that again and again; an operator can put it into lost+found. For the session's thread, but
 * for {@link #head} and {@link #setAside}.
 */
final class CatchUp {

    private static final Logger LOG = Logger.getLogger(CatchUp.class.getName());
    private static final long NONE = 0;

    private final Applier applier;
    private final Notices notices;
    private final Backoff backoff =
            new Backoff(SlaveSettings.FIRST_APPLY_AGAIN_MILLIS, SlaveSettings.APPLY_AGAIN_MILLIS);
    private int most = SlaveSettings.APPLY_DELAYED_TRANSACTIONS;
    private long notBefore = Long.MIN_VALUE;
    private volatile Head head;
    private volatile long toSetAside = NONE;

    CatchUp(Applier applier, ServerMessages messages) {
        this.applier = applier;
        notices = new Notices(messages);
    }

    /** When the next attempt makes sense. */
    long notBefore() {
        return notBefore;
    }

    /** The transaction that cannot be applied now, empty if none is in the way. From any thread. */
    Optional<Head> head() {
        return Optional.ofNullable(head);
    }

    /**
     * Puts the blocked transaction into lost+found at the next attempt. From any thread.
     *
     * @return false if another one, or none, is blocked
     */
    boolean setAside(long transaction) {
        Head inTheWay = head;
        if (inTheWay == null || inTheWay.transaction().number() != transaction) {
            return false;
        }
        toSetAside = transaction;
        return true;
    }

    /** Applies some; what became of them, empty if it cannot be done now. */
    Optional<Applier.Outcome> attempt(long now) {
        try {
            Applier.Outcome outcome = perform();
            head = null;
            toSetAside = NONE;
            most = Math.min(SlaveSettings.APPLY_DELAYED_TRANSACTIONS, most * 2);
            backoff.reset();
            notices.well();
            return Optional.of(outcome);
        } catch (ApplyBlockedException e) {
            block(now, e.what(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Delayed updates cannot be applied", e);
            block(now, Cause.INTERNAL, e.toString());
        }
        return Optional.empty();
    }

    private Applier.Outcome perform() throws ApplyBlockedException {
        Head inTheWay = head;
        if (inTheWay != null && inTheWay.transaction().number() == toSetAside) {
            return applier.setAsideDelayed(inTheWay.transaction(), inTheWay.reason());
        }
        return applier.applyDelayed(most);
    }

    private void block(long now, Cause what, String reason) {
        if (most > 1) {
            notices.trouble(MessageCode.DELAYED_BLOCKED, reason);
            most /= 2;
            notBefore = now + SlaveSettings.FIRST_APPLY_AGAIN_MILLIS;
            return;
        }
        findHead(what, reason);
        notBefore = now + backoff.afterFailure();
    }

    private void findHead(Cause what, String reason) {
        try {
            head = applier.firstDelayed()
                    .map(first -> new Head(first, what, reason))
                    .orElse(null);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Which delayed update is the first cannot be read: {0}", e.getMessage());
        }
        Head found = head;
        if (found == null) {
            notices.trouble(MessageCode.DELAYED_BLOCKED, reason);
        } else {
            notices.trouble(MessageCode.TRANSACTION_BLOCKED, found.transaction().number(), reason);
        }
    }
}
