package org.hotbackup.control;

import java.util.function.Supplier;
import javax.management.ConstructorParameters;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The answer to every control operation: never silence.
 *
 * @param outcome what became of it
 * @param messageId the message's number in the catalogue, for example HB2016
 * @param message one sentence
 */
public record OperationReceipt(Outcome outcome, String messageId, String message) {

    /** What became of an operation. */
    public enum Outcome {
        /** It is done. */
        DONE,
        /** Nothing was done; the message says why. */
        REFUSED,
        /** It was begun; the message says what to watch. */
        ACCEPTED
    }

    /** For MXBean tools. */
    @ConstructorParameters({"outcome", "messageId", "message"})
    public OperationReceipt {}

    /** What an operation answers: that it is refused if it throws a {@link Refusal}. */
    public static OperationReceipt of(Supplier<OperationReceipt> operation) {
        try {
            return operation.get();
        } catch (Refusal e) {
            return refused(e);
        }
    }

    /** Done, with this message. */
    public static OperationReceipt done(MessageCode code, Object... values) {
        return new OperationReceipt(Outcome.DONE, code.id(), code.text(values));
    }

    /** Begun, with this message. */
    public static OperationReceipt accepted(MessageCode code, Object... values) {
        return new OperationReceipt(Outcome.ACCEPTED, code.id(), code.text(values));
    }

    /** Refused, for this reason. */
    public static OperationReceipt refused(MessageCode code, Object... values) {
        return new OperationReceipt(Outcome.REFUSED, code.id(), code.text(values));
    }

    private static OperationReceipt refused(Refusal refusal) {
        return new OperationReceipt(Outcome.REFUSED, refusal.code().id(), refusal.getMessage());
    }

    public Outcome getOutcome() {
        return outcome;
    }

    public String getMessageId() {
        return messageId;
    }

    public String getMessage() {
        return message;
    }
}
