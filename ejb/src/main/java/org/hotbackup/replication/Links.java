package org.hotbackup.replication;

/** Makes links: a master server calls, a slave server listens. */
public interface Links {

    /**
     * Calls a slave server; waits for the connection, some seconds at most.
     *
     * @param wake called, on any thread and quickly, whenever a frame arrived or the link broke
     * @throws LinkDownException if nobody answers, or the peer is not trusted
     */
    Link call(String host, int port, Runnable wake) throws LinkDownException;

    /**
     * Listens on a port for the one master that is served. Frames of several callers may arrive; each carries its
     * conversation's id. What is sent reaches whoever is connected.
     *
     * @throws LinkDownException if the port cannot be listened on, with the reason
     */
    Link listen(String server, int port, Runnable wake) throws LinkDownException;
}
