package org.hotbackup.replication;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ApplyBlockedException.Cause;

/**
 * Applies what was delayed, in its order and at its own pace. When it cannot, it takes fewer at a time until the one that is
 * in the way is found, and tries that again and again; an operator can put it into lost+found. For the session's thread, but
 * for what is for any thread of its {@link #blockage}.
 */
final class CatchUp {

    private static final Logger LOG = Logger.getLogger(CatchUp.class.getName());

    private final Applier applier;
    private final Notices notices;
    private final Backoff backoff =
            new Backoff(SlaveSettings.FIRST_APPLY_AGAIN_MILLIS, SlaveSettings.APPLY_AGAIN_MILLIS);
    private final Blockage blockage = new Blockage();
    private int most = SlaveSettings.APPLY_DELAYED_TRANSACTIONS;
    private long notBefore = Long.MIN_VALUE;

    CatchUp(Applier applier, ServerMessages messages) {
        this.applier = applier;
        notices = new Notices(messages);
    }

    /** When the next attempt makes sense. */
    long notBefore() {
        return notBefore;
    }

    /** What is in the way of the first of them. */
    Blockage blockage() {
        return blockage;
    }

    /** Applies some; what became of them, empty if it cannot be done now. */
    Optional<Applier.Outcome> attempt(long now) {
        try {
            Applier.Outcome outcome = perform();
            blockage.isOver();
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
        Optional<BlockedTransaction> setAside = blockage.toSetAside();
        return setAside.isPresent()
                ? applier.setAsideDelayed(
                        setAside.get().transaction(), setAside.get().reason())
                : applier.applyDelayed(most);
    }

    private void block(long now, Cause what, String reason) {
        if (most > 1) {
            notices.trouble(MessageCode.DELAYED_BLOCKED, reason);
            most /= 2;
            notBefore = now + SlaveSettings.FIRST_APPLY_AGAIN_MILLIS;
            return;
        }
        findFirst(what, reason);
        notBefore = now + backoff.afterFailure();
    }

    private void findFirst(Cause what, String reason) {
        try {
            blockage.by(applier.firstDelayed().map(first -> new BlockedTransaction(first, what, reason)));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Which delayed update is the first cannot be read: {0}", e.getMessage());
        }
        blockage.transaction()
                .ifPresentOrElse(
                        found -> notices.trouble(MessageCode.TRANSACTION_BLOCKED, found.number(), reason),
                        () -> notices.trouble(MessageCode.DELAYED_BLOCKED, reason));
    }
}
