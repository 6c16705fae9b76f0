package org.hotbackup.replication;

/**
 * How far a slave has come, committed together with the effects (design: effects and position are one atomic change).
 *
 * @param history identity of the master's history whose image the slave holds
 * @param transaction number of the last transaction applied, held or in lost+found
 * @param lsn that transaction's LSN
 */
public record Position(String history, long transaction, long lsn) {

    /** That of an image which is no longer at one place of any log, since parts of another moment came into it. */
    public static final Position NOWHERE = new Position("", 0, 0);

    /** Whether it is {@link #NOWHERE}. */
    public boolean isNowhere() {
        return history.isEmpty();
    }
}
