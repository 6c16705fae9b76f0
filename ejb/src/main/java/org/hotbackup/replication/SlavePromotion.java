package org.hotbackup.replication;

import java.util.Optional;

/**
 * How far the promotion of a slave server is: not asked for, under way, done, or given up. {@link #ask} and the questions
 * are for any thread, the rest is for the session's.
 */
final class SlavePromotion {

    private static final long NEVER = Long.MIN_VALUE;

    private volatile Promoter promoter;
    private volatile Optional<Promotion> done = Optional.empty();
    private volatile String progress = "";
    private volatile String trouble = "";
    private long blockedSince = NEVER;

    /** Asks for it; what an earlier one failed at is forgotten. */
    void ask(Promoter how) {
        trouble = "";
        progress = "begins";
        promoter = how;
    }

    /** It was promoted. */
    void done(Promotion promotion) {
        done = Optional.of(promotion);
        blockedSince = NEVER;
        progress = "";
        promoter = null;
    }

    /** It is given up; the slave server goes on as one. */
    void giveUp(String reason) {
        trouble = reason;
        blockedSince = NEVER;
        progress = "";
        promoter = null;
    }

    boolean isUnderWay() {
        return promoter != null;
    }

    Optional<Promotion> promotion() {
        return done;
    }

    /** What is being done, empty if it is not under way. */
    String progress() {
        return progress;
    }

    /** Why the last one was given up, empty if none was. */
    String trouble() {
        return trouble;
    }

    /** Something cannot be applied now; what happened before the promotion was asked for does not count. */
    void blocked(long now) {
        if (isUnderWay() && blockedSince == NEVER) {
            blockedSince = now;
        }
    }

    /** Something was applied, or nothing is left to be. */
    void goesWell() {
        blockedSince = NEVER;
    }

    /** Whether what is in the way stays there. */
    boolean isStuck(long now) {
        return blockedSince != NEVER && now - blockedSince >= SlaveSettings.PROMOTION_PATIENCE_MILLIS;
    }

    /** The helper that dies and holds what is to be in a file first, a clause for people; empty if there is none. */
    Optional<String> helperInTheWay() {
        return promoter.helperInTheWay();
    }

    /**
     * Promotes if nothing is left to be applied.
     *
     * @param arrived transactions that arrived and are not applied
     * @param delayed transactions that are delayed
     * @param position where the slave server stands; empty if it has applied nothing since its image began anew
     * @return what became of it, empty if something is left
     */
    Optional<Promotion> attempt(long arrived, long delayed, Optional<Position> position) {
        Promoter how = promoter;
        long helpers = how.helpersLeft();
        progress = "promoting: " + arrived + " received and " + delayed + " delayed updates and " + helpers
                + " helpers left"
                + helperInTheWay().map("; "::concat).orElse("");
        if (arrived > 0 || delayed > 0 || helpers > 0) {
            return Optional.empty();
        }
        Promotion promotion = how.promote(position.orElse(Position.NOWHERE));
        done(promotion);
        return done;
    }
}
