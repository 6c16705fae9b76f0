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
 * @param task the id of what was begun and can be watched with {@link TasksMXBean}; empty if nothing goes on
 */
public record OperationReceipt(Outcome outcome, String messageId, String message, String task) {

    /** What became of an operation. */
    public enum Outcome {
        /** It is done. */
        DONE,
        /** Nothing was done; the message says why. */
        REFUSED,
        /** It was begun; the message, and the task if there is one, say what to watch. */
        ACCEPTED
    }

    /** For MXBean tools. */
    @ConstructorParameters({"outcome", "messageId", "message", "task"})
    public OperationReceipt {}

    /** One that leaves nothing to watch. */
    public OperationReceipt(Outcome outcome, String messageId, String message) {
        this(outcome, messageId, message, "");
    }

    /** What an operation's task is called that goes on after its caller was answered. */
    public static final String OPERATION = "operation:";

    /** Begun as this task. */
    public OperationReceipt asTask(String id) {
        return new OperationReceipt(outcome, messageId, message, id);
    }

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

    /** Whether the operation itself is not over: {@link TasksMXBean#receipt} will have its answer. */
    public boolean goesOn() {
        return outcome == Outcome.ACCEPTED && task.startsWith(OPERATION);
    }

    /** Refused, for this reason. */
    public static OperationReceipt refused(MessageCode code, Object... values) {
        return new OperationReceipt(Outcome.REFUSED, code.id(), code.text(values));
    }

    /** Refused, as the refusal says. */
    public static OperationReceipt refused(Refusal refusal) {
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

    public String getTask() {
        return task;
    }
}
