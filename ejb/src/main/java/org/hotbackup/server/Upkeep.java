package org.hotbackup.server;

/**
 * What is looked after all the time while the node runs, whether its servers do or not: that {@code node.log} stays bounded,
 * that helpers which died are started again (HB-019), and that records which could not be written are. Thread-safe.
 */
final class Upkeep {

    private final DefinedServers servers;
    private final ServerRecords records;
    private final Helpers helpers;
    private final NodeLog nodeLog;
    private final TimedWork timedWork = new TimedWork();

    Upkeep(DefinedServers servers, ServerRecords records, Helpers helpers, NodeLog nodeLog) {
        this.servers = servers;
        this.records = records;
        this.helpers = helpers;
        this.nodeLog = nodeLog;
    }

    /** Looks after all of it once; what fails is tried again the next time. */
    void look() {
        timedWork.run("beginning node.log anew", nodeLog::bound);
        for (ReplicationServer server : servers.all()) {
            timedWork.run(
                    "looking after the helpers of server " + server.name(),
                    () -> helpers.look(server.name(), server::say));
            timedWork.run("writing the record of server " + server.name(), () -> server.keepUnkept(records::keep));
        }
    }
}
