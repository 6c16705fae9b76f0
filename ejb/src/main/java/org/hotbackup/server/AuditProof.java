package org.hotbackup.server;

import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;

/**
 * What walking through the whole audit found.
 *
 * @param whole whether every record is as it was written, and none is missing
 * @param firstBroken number of the first record that is not as it was written, or is missing; 0 if there is none
 * @param headNumber number of the last record that is whole
 * @param headHash its hash: to be noted, and kept elsewhere
 */
public record AuditProof(boolean whole, long firstBroken, long headNumber, String headHash) {

    /** For whoever asked. */
    public OperationReceipt receipt() {
        return whole
                ? OperationReceipt.done(MessageCode.AUDIT_WHOLE, headNumber, headHash)
                : OperationReceipt.refused(MessageCode.AUDIT_BROKEN, firstBroken);
    }
}
