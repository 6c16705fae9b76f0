package org.hotbackup.tapesocket;

import java.util.Optional;

/** One end of a pair of tape-socket servers as a state machine. {@link #step} and {@link #close} are for one thread. */
public interface TapeSession extends AutoCloseable {

    /**
     * Does everything that can be done now.
     *
     * @param nowMillis a monotonic clock
     * @return when to step again at the latest, by that clock; sooner if a wake callback was called
     */
    long step(long nowMillis);

    /** The latest figures; from any thread. */
    TapeFigures figures();

    /** Why nothing flows because one side refuses the other, a sentence; empty if it is not so. From any thread. */
    Optional<String> refusal();

    /** Ends the session; what is not acknowledged stays where it is. Idempotent. */
    @Override
    void close();
}
