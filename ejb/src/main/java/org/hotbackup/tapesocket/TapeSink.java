package org.hotbackup.tapesocket;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.hotbackup.control.messages.Refusal;

/**
 * The input server's pipe, and what waits to be written to it. Which tape it is and how far it came outlives the server. Its
 * methods are for the session's thread and do not wait for the pipe.
 */
public interface TapeSink {

    /** The tape that is or was received last, 0 if there is none. */
    long tape();

    /** Bytes of every block of it but the last. */
    int blockSize();

    /** Blocks that arrived. */
    long received();

    /** Bytes that arrived. */
    long receivedBytes();

    /** Blocks that are wholly in the pipe, and known to be if the server is started again: a short one at the end, when it {@link #ended}. */
    long written();

    /** Whether its end arrived. */
    boolean endReceived();

    /** Whether all of it was written, the pipe is empty and closed. */
    boolean ended();

    /** Whether another tape may begin although this one did not end. */
    default boolean mayBreakOff() {
        return false;
    }

    /** Why no more of this tape is wanted; empty if that is not so. */
    default Optional<Refusal> objection() {
        return Optional.empty();
    }

    /** From now on it is this tape; nothing of another one may be unfinished, unless it {@link #mayBreakOff}. */
    void begin(long tape, int blockSize);

    /** The blocks behind {@link #received}, which nobody changes any more. */
    void add(ByteBuffer data);

    /** The tape ends here. */
    void end();
}
