package org.hotbackup.server;

import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * What became of what somebody asked for.
 *
 * @param word {@code BEGUN}, {@code DONE}, {@code ACCEPTED}, {@code REFUSED} or {@code FAILED}
 * @param messageId number of the answer's message, empty if there is none
 * @param message the answer, empty if there is none
 */
public record AuditOutcome(String word, String messageId, String message) {

    static final AuditOutcome BEGUN = new AuditOutcome(AuditRecord.BEGUN, "", "");

    /** An operation that answers with something else than a receipt answered. */
    private static final AuditOutcome DONE = new AuditOutcome(OperationReceipt.Outcome.DONE.name(), "", "");

    /** As the receipt says. */
    public static AuditOutcome of(OperationReceipt receipt) {
        return new AuditOutcome(receipt.outcome().name(), receipt.messageId(), receipt.message());
    }

    /** As the refusal says. */
    public static AuditOutcome of(Refusal refusal) {
        return new AuditOutcome(
                refusal.code() == MessageCode.INTERNAL_ERROR || refusal.code() == MessageCode.NODE_STOPPING
                        ? AuditRecord.FAILED
                        : OperationReceipt.Outcome.REFUSED.name(),
                refusal.code().id(),
                refusal.getMessage());
    }

    /** An operation answered: as the receipt says if that is one. */
    static AuditOutcome ofAnswer(Object answer) {
        return answer instanceof OperationReceipt receipt ? of(receipt) : DONE;
    }

    /** An operation failed: as the refusal says if that is the reason, in what container's exception ever it comes. */
    static AuditOutcome ofFailure(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return of(refusal);
            }
        }
        return of(new Refusal(MessageCode.INTERNAL_ERROR, thrown.getClass().getSimpleName()));
    }

    /** The same with an answer that is nobody's business. */
    public AuditOutcome secret() {
        return new AuditOutcome(word, messageId, "");
    }
}
