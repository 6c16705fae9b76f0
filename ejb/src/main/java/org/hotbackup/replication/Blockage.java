package org.hotbackup.replication;

import java.util.Optional;

/**
 * The transaction at the head that cannot be applied now, if there is one, and whether an operator wants it in lost+found
 * (HB-181). {@link #transaction} and {@link #setAside} are for any thread, the rest is for the session's. Without a lock:
 * an operator's word counts as long as the transaction that he named is the one in the way.
 */
final class Blockage {

    private static final long NONE = 0;

    private volatile BlockedTransaction transaction;
    private volatile long toSetAside = NONE;

    /** What cannot be applied now, empty if nothing is in the way. From any thread. */
    Optional<BlockedTransaction> transaction() {
        return Optional.ofNullable(transaction);
    }

    /**
     * Puts the blocked transaction into lost+found at the next attempt. From any thread.
     *
     * @return false if another one, or none, is blocked
     */
    boolean setAside(long number) {
        BlockedTransaction blocked = transaction;
        if (blocked == null || blocked.number() != number) {
            return false;
        }
        toSetAside = number;
        return true;
    }

    /** Whether an operator asked for one. */
    boolean isToBeSetAside() {
        return toSetAside != NONE;
    }

    /** The one that an operator wants in lost+found; empty if he asked for none, or for one that is not in the way now. */
    Optional<BlockedTransaction> toSetAside() {
        BlockedTransaction blocked = transaction;
        return blocked != null && blocked.number() == toSetAside ? Optional.of(blocked) : Optional.empty();
    }

    /** This one is in the way; if it is empty, nobody knows which. */
    void by(Optional<BlockedTransaction> blocked) {
        transaction = blocked.orElse(null);
    }

    /** Nothing is in the way any more. */
    void isOver() {
        transaction = null;
        toSetAside = NONE;
    }
}
