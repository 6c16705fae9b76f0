package org.hotbackup.replication;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;

/**
 * The log of the node itself: what it has logged is in its image, and a tape of it would bring back what was overwritten and deleted
 * since (TLOG-2).
 *
 * @param history identity of the history of this node's log
 * @param lastLsn the last LSN that it logged
 */
public record OwnLog(String history, long lastLsn) {

    /**
     * Lets a log be applied to this node's image.
     *
     * @param placed whether it is said that the image is older than its log, and up to where it holds it
     * @throws Refusal if it is this node's own, and in its image
     */
    public void admit(Origin origin, boolean placed) {
        if (origin.history().equals(history) && !placed && origin.previousLsn() < lastLsn) {
            throw new Refusal(MessageCode.LOG_TAPE_OWN, origin.node(), lastLsn);
        }
    }
}
