package org.hotbackup.replication;

import java.util.function.Consumer;
import org.hotbackup.replication.Frame.Hello;

/**
 * Which master this slave server belongs to (I7): one node, and one server of that node (HB-015). Whoever calls first is
 * only talked to; it is belonged to, and that is kept, before anything of it is applied. For the session's thread.
 */
final class Belonging {

    private final Consumer<String> keepNode;
    private Consumer<String> keepServer = server -> {};
    /** The node that it belongs to, or that it talks to and will belong to. */
    private String nodeId;
    /** Whether {@link #nodeId} is kept. */
    private boolean kept;

    /** Its server that this one belongs to or talks to, empty if that is not known. */
    private String server = "";

    /** What is kept of {@link #server}. */
    private String serverKept = "";

    /**
     * As it was kept.
     *
     * @param nodeId the node that it belongs to, empty if it belongs to nobody yet
     * @param keepNode told the node's id once; keeps it for good before it returns
     */
    Belonging(String nodeId, Consumer<String> keepNode) {
        this.nodeId = nodeId;
        this.kept = !nodeId.isEmpty();
        this.keepNode = keepNode;
    }

    /**
     * Which of its master's servers it belongs to.
     *
     * @param known its name, empty if it is not known yet
     * @param keep told the name once it is another one; keeps it for good before it returns
     */
    void server(String known, Consumer<String> keep) {
        server = known;
        serverKept = known;
        keepServer = keep;
    }

    /** Nobody is talked to any more: what is not kept does not count. */
    void talksToNobody() {
        nodeId = kept ? nodeId : "";
        server = serverKept;
    }

    /** Whether it belongs to, or talks to, another master than this one. */
    boolean isToAnotherThan(Hello caller) {
        boolean otherNode = !nodeId.isEmpty() && !nodeId.equals(caller.nodeId());
        boolean otherServer = !server.isEmpty() && !server.equals(caller.server());
        return otherNode || otherServer;
    }

    /** It talks to this master from now on. */
    void talksTo(Hello caller) {
        nodeId = caller.nodeId();
        server = caller.server();
    }

    /**
     * It belongs to whom it talks to, for good. Not before he said something after his call: a master that passes on updates
     * of this node names them first, and is refused without a trace.
     */
    void keep() {
        if (!kept) {
            keepNode.accept(nodeId);
            kept = true;
        }
        if (!server.equals(serverKept)) {
            keepServer.accept(server);
            serverKept = server;
        }
    }

    /** The master's node, empty if there is none. */
    String nodeId() {
        return nodeId;
    }

    /** The master's server, empty if it is not known. */
    String server() {
        return server;
    }

    /** The master, for people. */
    String master() {
        return master(server, nodeId);
    }

    /** A caller, for people. */
    static String master(Hello caller) {
        return master(caller.server(), caller.nodeId());
    }

    private static String master(String server, String nodeId) {
        return server.isEmpty() ? nodeId : "'" + server + "' of node " + nodeId;
    }
}
