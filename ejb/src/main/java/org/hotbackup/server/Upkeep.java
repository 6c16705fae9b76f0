package org.hotbackup.server;

import org.hotbackup.replication.ServerMessages;

/**
 * What is looked after all the time while the node runs, whether its servers do or not: that {@code node.log} stays bounded,
 * that helpers which died are started again (HB-019), that it is said when the database rests, and that records which could not be written are. Thread-safe.
 */
final class Upkeep {

    private final DefinedServers servers;
    private final ServerRecords records;
    private final Helpers helpers;
    private final RestingServers resting;
    private final NodeLog nodeLog;
    private final ServerMessages node;
    private final TimedWork timedWork = new TimedWork();

    /**
     * @param node says something in the name of the node
     */
    Upkeep(
            DefinedServers servers,
            ServerRecords records,
            Helpers helpers,
            RestingServers resting,
            NodeLog nodeLog,
            ServerMessages node) {
        this.servers = servers;
        this.records = records;
        this.helpers = helpers;
        this.resting = resting;
        this.nodeLog = nodeLog;
        this.node = node;
    }

    /** Looks after all of it once; what fails is tried again the next time. */
    void look() {
        timedWork.run("beginning node.log anew", nodeLog::bound);
        timedWork.run("looking after the helpers of servers that are gone", () -> helpers.lookAfterOrphans(node));
        for (ReplicationServer server : servers.all()) {
            timedWork.run(
                    "looking after the helpers of server " + server.name(),
                    () -> helpers.look(server.name(), server::say));
            timedWork.run(
                    "looking whether server " + server.name() + " leaves the database at rest",
                    () -> resting.look(server));
            timedWork.run("writing the total of server " + server.name(), () -> server.keepTotal(records::keep));
            timedWork.run("writing the record of server " + server.name(), () -> server.keepUnkept(records::keep));
        }
    }
}
