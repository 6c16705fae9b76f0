package org.hotbackup.replication;

import java.util.Optional;

/** One end of a server pair as a state machine. {@link #step} and {@link #close} are for one thread. */
public interface Session extends AutoCloseable {

    /**
     * Does everything that can be done now.
     *
     * @param nowMillis a monotonic clock
     * @return when to step again at the latest, by that clock; sooner if a wake callback was called
     */
    long step(long nowMillis);

    /** The latest figures; from any thread. */
    ServerFigures figures();

    /** That nothing flows because one side refuses the other, empty if it is not so; from any thread. */
    default Optional<StandingRefusal> refusal() {
        return Optional.empty();
    }

    /** Traces its transactions to this from now on; before the first step. */
    void traceTo(Traces traces);

    /** Ends the session; what is not acknowledged stays in the queue. Idempotent. */
    @Override
    void close();
}
