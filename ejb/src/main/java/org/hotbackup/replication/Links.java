package org.hotbackup.replication;

/** Makes links: a master server calls, a slave server listens. */
public interface Links {

    /** How a link is secured. */
    enum Security {
        /** TLS 1.3 with the certificates of both sides; each must be trusted by the other. */
        TLS,
        /** Nothing at all, for tests: both ends must be on this machine. */
        INSECURE
    }

    /** A port that is kept for a slave server. */
    @FunctionalInterface
    interface KeptPort extends AutoCloseable {
        /** Lets go of it. */
        @Override
        void close();
    }

    /**
     * Keeps a port for a slave server that is about to listen on it: nobody else can take it before it is closed.
     *
     * @throws LinkDownException if the port cannot be listened on, with the reason
     */
    KeptPort keep(int port) throws LinkDownException;

    /**
     * Calls a slave server; waits for the connection, some seconds at most.
     *
     * @param wake called, on any thread and quickly, whenever a frame arrived or the link broke
     * @param messages told, on any thread, of what arrived and cannot be a frame
     * @throws LinkDownException if nobody answers, or the peer is not trusted
     */
    Link call(String host, int port, Security security, Runnable wake, ServerMessages messages)
            throws LinkDownException;

    /** Callers that were turned away at ports on which is listened, before they were let in; since the node started. */
    long rejectedTotal();

    /**
     * Listens on a port for the one master that is served. Frames of several callers may arrive; each carries its
     * conversation's id. What is sent reaches whoever is connected.
     *
     * @param messages told, on any thread, who was turned away and what arrived and cannot be a frame
     * @throws LinkDownException if the port cannot be listened on, with the reason
     */
    Link listen(String server, int port, Security security, Runnable wake, ServerMessages messages)
            throws LinkDownException;
}
