package org.hotbackup.replication;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Promotes a slave server once everything that it has is applied, or says why not, and then it goes on as a slave. For the
 * session's thread.
 */
final class Promoting {

    private static final Logger LOG = Logger.getLogger(Promoting.class.getName());

    private final String server;
    private final SlavePromotion promotion;
    private final Applying applying;
    private final ServerMessages messages;
    private Runnable over = () -> {};
    /** Nothing was left to be applied at the last look. */
    private boolean allApplied;

    Promoting(String server, SlavePromotion promotion, Applying applying, ServerMessages messages) {
        this.server = server;
        this.promotion = promotion;
        this.applying = applying;
        this.messages = messages;
    }

    /** Tells somebody, on the session's thread, that a promotion is done or given up. */
    void onOver(Runnable listener) {
        over = listener;
    }

    /**
     * Goes on with a promotion that is under way.
     *
     * @return whether the session has something else to do now
     */
    boolean step(long now) {
        if (isAllApplied()) {
            lookAfterHelpers(now);
        } else {
            allApplied = false;
        }
        if (promotion.isStuck(now)) {
            giveUp(inTheWay());
            return true;
        }
        try {
            if (applying.waiting() == 0) {
                applying.readPosition();
            }
            Optional<Promotion> promoted =
                    promotion.attempt(applying.waiting(), applying.pending(), applying.position());
            promoted.ifPresent(this::promoted);
            return promoted.isPresent();
        } catch (StoreUnavailableException | Refusal e) {
            giveUp(e.getMessage());
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "Slave server " + server + " cannot be promoted", e);
            giveUp(e.getMessage() == null ? e.toString() : e.getMessage());
            return true;
        }
    }

    private boolean isAllApplied() {
        return applying.waiting() == 0 && applying.pending() == 0;
    }

    /** What a helper holds has to be in its file first; one that dies again and again is not waited for without end. */
    private void lookAfterHelpers(long now) {
        boolean dies = promotion.helperInTheWay().isPresent();
        if (!allApplied || !dies) {
            // what was in the way is done, although its commit may have seemed to fail; or a helper got on
            promotion.goesWell();
        }
        if (dies) {
            promotion.blocked(now);
        }
        allApplied = true;
    }

    private String inTheWay() {
        if (isAllApplied()) {
            return promotion.helperInTheWay().orElse("its helpers do not get on")
                    + "; put that right, then promote again";
        }
        return applying.head()
                .map(inTheWay -> "transaction " + inTheWay.number() + " cannot be applied: " + inTheWay.reason())
                .orElse("updates cannot be applied");
    }

    private void promoted(Promotion promoted) {
        messages.say(
                MessageCode.PROMOTED,
                server,
                promoted.epoch(),
                promoted.position().transaction(),
                promoted.position().lsn());
        over.run();
    }

    /** It goes on as a slave: what arrived and is not applied comes once more. */
    private void giveUp(String reason) {
        messages.say(MessageCode.PROMOTION_GIVEN_UP, server, reason);
        promotion.giveUp(MessageCode.PROMOTION_GIVEN_UP.text(server, reason));
        applying.beginAgain();
        over.run();
    }
}
