package org.hotbackup.resync;

import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** What nodes answer. */
final class Answers {

    private Answers() {}

    /** The same, if it was not refused. */
    static OperationReceipt done(OperationReceipt receipt) {
        if (receipt.outcome() == OperationReceipt.Outcome.REFUSED) {
            throw new Refusal(MessageCode.RESYNC_REFUSED, receipt.message());
        }
        return receipt;
    }
}
