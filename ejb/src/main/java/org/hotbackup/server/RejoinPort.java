package org.hotbackup.server;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;

/**
 * The port on which a server that is brought back will listen: it is taken before anything is changed, so that nothing has
 * to be undone because of it. For one caller at a time.
 *
 * @param links takes it
 * @param servers all of this node
 */
record RejoinPort(Links links, Collection<ReplicationServer> servers) {

    /** Begins and ends runs of servers. */
    interface Runs {

        /** Begins one. */
        void begin(ReplicationServer server);

        /**
         * Ends one.
         *
         * @throws Refusal if it does not end in time
         */
        void end(ReplicationServer server);
    }

    /**
     * Takes it. A server that is over makes room.
     *
     * @param over promoted servers of this node that have nobody left to tell
     * @throws Refusal if it cannot be listened on, who listens there if that is known; nothing was changed
     */
    Links.KeptPort take(ReplicationServer rejoining, int port, List<ReplicationServer> over, Runs runs) {
        List<ReplicationServer> inTheWay =
                over.stream().filter(server -> listensOn(server, port)).toList();
        inTheWay.forEach(runs::end);
        try {
            return links.keep(port);
        } catch (LinkDownException e) {
            inTheWay.forEach(runs::begin);
            throw new Refusal(MessageCode.REJOIN_PORT_TAKEN, rejoining.name(), why(port, e));
        }
    }

    /** That a server was brought back before, and what is left to do. */
    static Refusal rejoinedAlready(ReplicationServer server) {
        return new Refusal(
                MessageCode.REJOINED_ALREADY,
                server.name(),
                server.definition().masterNodeId(),
                server.settings().get(ServerSetting.PORT));
    }

    private String why(int port, LinkDownException e) {
        Optional<ReplicationServer> other =
                servers.stream().filter(server -> listensOn(server, port)).findFirst();
        return other.map(server -> "server '" + server.name() + "' of this node listens on TCP port " + port)
                .orElseGet(e::getMessage);
    }

    private static boolean listensOn(ReplicationServer server, int port) {
        return server.isRunning()
                && !server.settings().isMaster()
                && server.settings().number(ServerSetting.PORT) == port;
    }
}
