package org.hotbackup.cli;

import java.util.EnumSet;
import java.util.Set;
import org.hotbackup.client.FailedCall;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Why a command line was not done: what a user is told, whatever happened.
 *
 * @param status the exit status
 * @param outcome as in a receipt: refused, or failed if nobody refused it
 * @param messageId the message's number in the catalogue, empty if it has none
 * @param message one sentence
 */
record Failure(int status, Outcome outcome, String messageId, String message) {

    /** What became of it. */
    enum Outcome {
        /** Nothing was done. */
        REFUSED,
        /** The node was not reached, or what was done is not what was asked for. */
        FAILED
    }

    /** The node is not there; what it did of what was asked is not known if it went away meanwhile. */
    private static final Set<MessageCode> NOT_REACHED = EnumSet.of(
            MessageCode.NODE_NOT_RUNNING,
            MessageCode.NODE_NOT_REACHED,
            MessageCode.CONNECTION_LOST,
            MessageCode.RESYNC_LOST);

    /** The command line itself is wrong, so nothing was begun. */
    private static final Set<MessageCode> WRONG_LINE = EnumSet.of(
            MessageCode.USAGE,
            MessageCode.CONFIRM_OPTION_MISSING,
            MessageCode.NO_COMMAND,
            MessageCode.COMMAND_FIRST,
            MessageCode.NO_OPTION,
            MessageCode.NO_ARGUMENT,
            MessageCode.OPTIONS_NOT_LAST,
            MessageCode.DICT_APART,
            MessageCode.TAPE_CONFIRM,
            MessageCode.TAPE_CANNOT_ASK,
            MessageCode.TAPE_NO_LAST_VALUE,
            MessageCode.SETUP_NEEDS_SETTINGS,
            MessageCode.DATA_NOT_REMOTE,
            MessageCode.NOT_REMOTE,
            MessageCode.RECORD_NOT_REMOTE,
            MessageCode.OWN_PASSWORD_OF_WHOM);

    /** What became of a command that ended with this exception. */
    static Failure of(Throwable e) {
        if (e instanceof Refusal refusal) {
            return of(refusal.code(), refusal.getMessage());
        } else if (e instanceof RestRefusal refusal) {
            return new Failure(HotBackup.REFUSED, Outcome.REFUSED, refusal.code(), refusal.getMessage());
        } else if (e instanceof Failed || e instanceof IllegalStateException && e.getMessage() != null) {
            return new Failure(HotBackup.REFUSED, Outcome.FAILED, "", e.getMessage());
        }
        FailedCall call = FailedCall.of(e);
        return of(call.code(), call.sentence());
    }

    /** What became of a command line that is written wrongly. */
    static Failure usage(String message) {
        return of(MessageCode.USAGE, message);
    }

    private static Failure of(MessageCode code, String message) {
        if (NOT_REACHED.contains(code)) {
            return new Failure(HotBackup.NOT_REACHED, Outcome.FAILED, code.id(), message);
        }
        return new Failure(
                WRONG_LINE.contains(code) ? HotBackup.USAGE : HotBackup.REFUSED,
                code.kind() == MessageCode.Kind.INTERNAL ? Outcome.FAILED : Outcome.REFUSED,
                code.id(),
                message);
    }
}
