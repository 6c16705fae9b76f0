package org.hotbackup.store;

import org.hotbackup.replication.Epochs;

/**
 * What a node is among others.
 *
 * @param epoch the greatest epoch that it took or was told of
 * @param closed why it is closed for users' updates, a clause; empty if it is open
 */
public record Standing(long epoch, String closed) {

    /** The longest reason. */
    private static final int MOST_LETTERS = 1_000;

    /** Of a new node: the first epoch, open. */
    public static final Standing FIRST = new Standing(Epochs.FIRST, "");

    /** With its reason cut to what can be kept. */
    public Standing {
        closed = closed.length() > MOST_LETTERS ? closed.substring(0, MOST_LETTERS) : closed;
    }

    /** Whether users may update. */
    public boolean isOpen() {
        return closed.isEmpty();
    }

    /** In a greater epoch. */
    public Standing inEpoch(long greater) {
        return new Standing(greater, closed);
    }

    /** Closed for users' updates. */
    public Standing closedBecause(String why) {
        return new Standing(epoch, why);
    }

    /** Open for users' updates. */
    public Standing opened() {
        return new Standing(epoch, "");
    }
}
