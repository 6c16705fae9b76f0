package org.hotbackup.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hotbackup.control.messages.MessageCode;

/**
 * Says of each running slave server that does not apply updates when the database rests, once until it applies them again:
 * whoever waits for a save finds it in the server's status (HB-016). Thread-safe.
 */
final class RestingServers {

    private final Function<ReplicationServer, DatabaseRest> rest;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    RestingServers(Function<ReplicationServer, DatabaseRest> rest) {
        this.rest = rest;
    }

    /** Looks at one server. */
    void look(ReplicationServer server) {
        if (!server.isRunning() || server.appliesUpdates()) {
            said.remove(server.name());
        } else if (rest.apply(server).isThere() && said.add(server.name())) {
            server.say(MessageCode.DATABASE_RESTS, server.name());
        }
    }
}
