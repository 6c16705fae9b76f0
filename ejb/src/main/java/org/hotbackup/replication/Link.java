package org.hotbackup.replication;

import java.util.Optional;

/**
 * A conversation with the other server: whole frames, in order while it lasts; a frame may be lost or repeated only when
 * the link breaks. For one thread at a time.
 */
public interface Link extends AutoCloseable {

    /**
     * Sends a frame without waiting for the other side.
     *
     * @throws LinkDownException if the link is broken or the other side takes nothing any more
     */
    void send(byte[] frame) throws LinkDownException;

    /**
     * Sends one of many frames that keep their order among each other, but may overtake what was sent before; so what was sent is
     * answered first. It costs a fraction of {@link #send}.
     *
     * @throws LinkDownException if the link is broken
     */
    default void stream(byte[] frame) throws LinkDownException {
        send(frame);
    }

    /**
     * The next frame that arrived, without waiting.
     *
     * @throws LinkDownException if the link is broken
     */
    Optional<byte[]> poll() throws LinkDownException;

    /**
     * The node that sent the frame that was polled last, as its certificate states it: an empty text if that states none,
     * nothing if the link knows no certificates.
     */
    default Optional<String> sender() {
        return Optional.empty();
    }

    /** Whether something that was sent has not been taken by the other side yet. From any thread. */
    default boolean isWriting() {
        return false;
    }

    /** Who is at the other end, for people: host:port, or empty if nobody is known. From any thread. */
    String peer();

    /** Ends the conversation. Idempotent. */
    @Override
    void close();
}
