package org.hotbackup.resync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Gives up a resync that is under way or was interrupted, and leaves nothing of its tapes on the nodes that are named. Whoever has
 * its command running is told by that.
 */
public final class AbandonedResync {

    private AbandonedResync() {}

    /**
     * Of a slave's node, and its master's if that is known.
     *
     * @param confirmName the slave server's name
     * @param reason why, for the permanent log
     * @return what stands, and what to do
     * @throws Refusal if something of its tapes does not end
     */
    public static OperationReceipt abandon(
            Optional<ControlDirectory> master,
            ControlDirectory slave,
            String confirmName,
            String reason,
            ResyncWatch watch) {
        OperationReceipt receipt = slave.resync().abandon(confirmName, reason);
        boolean none = receipt.messageId().equals(MessageCode.RESYNC_NONE.id());
        if (receipt.outcome() == Outcome.REFUSED && !(none && !isAtWork(slave))) {
            return receipt;
        }
        List<TapeEnd> ends = new ArrayList<>();
        master.ifPresent(node -> ends.add(TapeEnd.ofMaster(node, reason, watch)));
        ends.add(TapeEnd.ofSlave(slave, reason, watch));
        ends.forEach(TapeEnd::cancel);
        List<String> cleared = new ArrayList<>();
        for (TapeEnd end : ends) {
            if (end.delete() || !none) {
                cleared.add(end.node().node().getName());
            }
        }
        if (cleared.isEmpty()) {
            return receipt;
        }
        List<String> sentences = new ArrayList<>();
        if (!none) {
            sentences.add(receipt.message());
        }
        sentences.add(MessageCode.RESYNC_TAPES_GONE.text(String.join(", ", cleared)));
        if (master.isEmpty()) {
            sentences.add(MessageCode.RESYNC_MASTER_LEFT.text(slave.node().getName()));
        }
        MessageCode code = MessageCode.RESYNC_TAPES_GONE;
        return new OperationReceipt(Outcome.DONE, none ? code.id() : receipt.messageId(), String.join(" ", sentences));
    }

    private static boolean isAtWork(ControlDirectory slave) {
        return !slave.resync().getHolder().isEmpty();
    }
}
