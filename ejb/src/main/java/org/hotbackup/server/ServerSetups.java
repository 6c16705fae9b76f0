package org.hotbackup.server;

import java.util.Optional;
import java.util.function.Function;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.store.SlaveAppliers;
import org.hotbackup.store.StoreBean;

/**
 * Sets this node's servers up and deletes them: their records, and with them the queues of masters and what slaves know. For
 * one caller at a time, who holds the lock of {@link ReplicationServers}.
 */
final class ServerSetups {

    private final DefinedServers servers;
    private final ServerRecords records;
    private final MasterQueues queues;
    private final StoreBean store;
    private final SlaveAppliers appliers;
    private final PermanentLog log;
    private final Function<ServerDefinition, ReplicationServer> newServer;

    ServerSetups(
            DefinedServers servers,
            ServerRecords records,
            MasterQueues queues,
            StoreBean store,
            SlaveAppliers appliers,
            PermanentLog log,
            Function<ServerDefinition, ReplicationServer> newServer) {
        this.servers = servers;
        this.records = records;
        this.queues = queues;
        this.store = store;
        this.appliers = appliers;
        this.log = log;
        this.newServer = newServer;
    }

    /** Sets up a new server or changes a stopped one (HB-093). */
    OperationReceipt setup(String name, ServerSettings settings) {
        ServerSettings.checkedName(name);
        servers.refuseUnusable(name);
        boolean gap =
                servers.find(name).map(server -> change(server, settings)).orElseGet(() -> define(name, settings));
        MessageCode done = gap ? MessageCode.LOG_SLAVE_UPDATE_WITH_GAP : MessageCode.SERVER_SET_UP;
        log.say(name, done, name);
        return OperationReceipt.done(done, name);
    }

    /** Whether what it applied until now is missing for this node's slaves. */
    private boolean change(ReplicationServer server, ServerSettings settings) {
        ServerDefinition before = server.definition();
        boolean[] gap = new boolean[1];
        server.setUp(settings, definition -> {
            gap[0] = definition.beginsToPassOn(before) && leavesGap(server.name());
            return records.keep(definition);
        });
        return gap[0];
    }

    /** Whether what others applied that are gone is missing for this node's slaves. */
    private boolean define(String name, ServerSettings settings) {
        ServerDefinition definition = ServerDefinition.of(name, settings, settings.isMaster() ? queues.define(name) : 0)
                .withSuccession(Succession.in(store.standing().epoch()));
        boolean gap = definition.passesOn() && leavesGap(name);
        servers.put(newServer.apply(records.keep(definition)));
        servers.tell(name, true);
        return gap;
    }

    /**
     * When log slave update is turned on: what this server, or one that is gone, applied without it is missing for this node's
     * slaves.
     */
    private boolean leavesGap(String name) {
        return store.logFromNowOn(
                other -> other.equals(name) || servers.find(other).isEmpty());
    }

    /**
     * Lets a stopped server begin anew, as if it were set up now: a master's queue from the LSN of this moment on, a slave where the
     * queue of its master begins; whose slave it is stays. Should a crash come in between, the same may be asked again.
     *
     * @throws Refusal if it runs, is not confirmed, or the queue does not do it now
     */
    OperationReceipt beginAnew(String name, String confirmName) {
        ReplicationServer server = servers.server(name);
        Refusal.unlessConfirmed(name, confirmName);
        if (server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name);
        }
        long lsn = 0;
        if (server.settings().isMaster()) {
            queues.remove(name);
            lsn = queues.define(name);
        } else {
            appliers.forget(name);
        }
        long begins = lsn;
        server.redefine(
                before -> ServerDefinition.of(name, before.settings(), begins)
                        .withMaster(before.masterNodeId())
                        .withMasterServer(before.masterServer())
                        .withSuccession(Succession.in(store.standing().epoch())),
                records::keep);
        log.say(name, MessageCode.SERVER_BEGINS_ANEW, name);
        return OperationReceipt.done(MessageCode.SERVER_BEGINS_ANEW, name);
    }

    /** Deletes a stopped server with its queue and position (HB-094). */
    OperationReceipt delete(String name, String confirmName) {
        ReplicationServer server = servers.server(name);
        Refusal.unlessConfirmed(name, confirmName);
        if (server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name);
        }
        long dropped = forget(server);
        servers.tell(name, false);
        log.say(name, MessageCode.SERVER_DELETED, name);
        return dropped == 0
                ? OperationReceipt.done(MessageCode.SERVER_DELETED, name)
                : OperationReceipt.done(MessageCode.DELAYED_DROPPED, name, dropped);
    }

    /**
     * Deletes a record of {@code dm,hb.log}, also one that cannot be used: the manual's {@code delete hb.log NAME}. A
     * server of that name goes with its queue; what a slave has applied stays known, so that it can be set up again and
     * goes on.
     */
    OperationReceipt deleteRecord(String name, String confirmName) {
        Optional<ReplicationServer> server = servers.find(name);
        if (server.isPresent()) {
            return server.get().isRunning()
                    ? OperationReceipt.refused(
                            MessageCode.ALREADY_RUNNING, name, server.get().pib())
                    : delete(name, confirmName);
        }
        if (servers.unusable(name).isEmpty()) {
            throw new Refusal(MessageCode.NO_SERVER, name);
        }
        Refusal.unlessConfirmed(name, confirmName);
        queues.remove(name);
        records.delete(name);
        servers.removeUnusable(name);
        queues.setLogging("");
        if (ServerSettings.isName(name)) {
            servers.tell(name, false);
        }
        log.say(name, MessageCode.RECORD_DELETED, name);
        return OperationReceipt.done(MessageCode.RECORD_DELETED, name);
    }

    private long forget(ReplicationServer server) {
        String name = server.name();
        boolean wroteImage = appliers.position(name).isPresent();
        long dropped = appliers.forget(name);
        if (wroteImage) {
            // it is beyond what tapes brought before, nobody knows how far
            appliers.forget(LogTapeRestores.TASK);
        }
        server.retire(() -> {
            queues.setLogging(name);
            records.delete(name);
            return name;
        });
        servers.remove(name);
        queues.remove(name);
        if (dropped > 0) {
            log.say(name, MessageCode.DELAYED_DROPPED, name, dropped);
        }
        return dropped;
    }
}
