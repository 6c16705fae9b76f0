package org.hotbackup.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.channels.ClosedChannelException;
import javax.management.InstanceNotFoundException;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * What a user is told of a call to a node that failed, whatever happened.
 *
 * @param code what it is about
 * @param sentence for the user
 */
public record FailedCall(MessageCode code, String sentence) {

    /** What this exception means. */
    public static FailedCall of(Throwable e) {
        if (e instanceof Refusal refusal) {
            return new FailedCall(refusal.code(), refusal.getMessage());
        }
        Throwable cause = deepest(e);
        if (cause instanceof InstanceNotFoundException) {
            return of(MessageCode.NO_LONGER_THERE, cause.getMessage());
        }
        if (e instanceof UncheckedIOException
                || e instanceof UndeclaredThrowableException && e.getCause() instanceof IOException) {
            return of(MessageCode.CONNECTION_LOST, reason(cause));
        }
        if (e instanceof IllegalStateException && e.getMessage() != null) {
            return new FailedCall(MessageCode.COMMAND_FAILED, e.getMessage());
        }
        if (e instanceof SecurityException && e.getMessage() != null) {
            // the node does not let the user in any more
            return new FailedCall(MessageCode.NOT_ALLOWED, e.getMessage());
        }
        return of(MessageCode.COMMAND_FAILED, cause);
    }

    /** The refusal of a caller whose line to the node is gone. */
    static Refusal refusal(IOException e) {
        return new Refusal(MessageCode.CONNECTION_LOST, plain(e));
    }

    /** Why, without the exceptions that RMI nests in one another. */
    static String plain(IOException e) {
        return reason(deepest(e));
    }

    private static FailedCall of(MessageCode code, Object value) {
        return new FailedCall(code, code.text(value));
    }

    private static Throwable deepest(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String reason(Throwable cause) {
        if (cause instanceof EOFException) {
            return "it ended in the middle";
        } else if (cause instanceof ClosedChannelException) {
            // what the HTTP client says if nobody listens
            return "nobody answers there any more";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
