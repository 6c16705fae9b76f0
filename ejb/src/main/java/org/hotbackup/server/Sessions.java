package org.hotbackup.server;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.MasterSession;
import org.hotbackup.replication.MasterSettings;
import org.hotbackup.replication.Session;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.replication.SlaveSettings;
import org.hotbackup.store.SlaveAppliers;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.TransactionLogQueue;

/** Makes the sessions of this node's servers: what joins the pure state machines to store, queue and link. Thread-safe. */
final class Sessions {

    private final NodeConfiguration configuration;
    private final StoreBean store;
    private final TransactionLogQueue queue;
    private final Links links;
    private final SlaveAppliers appliers;
    private final UpdatesGate gate;
    private final Supplier<Collection<ReplicationServer>> servers;
    private final UnaryOperator<ServerDefinition> keep;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param servers all of this node, at any moment
     * @param keep makes a changed definition durable
     */
    Sessions(
            NodeConfiguration configuration,
            StoreBean store,
            TransactionLogQueue queue,
            Links links,
            SlaveAppliers appliers,
            UpdatesGate gate,
            Supplier<Collection<ReplicationServer>> servers,
            UnaryOperator<ServerDefinition> keep) {
        this.configuration = configuration;
        this.store = store;
        this.queue = queue;
        this.links = links;
        this.appliers = appliers;
        this.gate = gate;
        this.servers = servers;
        this.keep = keep;
    }

    /** A session that calls the slave. */
    Session master(ReplicationServer server) {
        ServerSettings settings = server.settings();
        String host = settings.get(ServerSetting.HOST);
        int port = settings.number(ServerSetting.PORT);
        long sleep = TimeUnit.SECONDS.toMillis(settings.number(ServerSetting.TXLOG_TIMER));
        MasterSession session = new MasterSession(
                new MasterSettings(
                        server.name(),
                        configuration.id(),
                        store.historyId(),
                        host + ":" + port,
                        server.definition().definedAtLsn(),
                        sleep),
                () -> links.call(host, port, security(settings), server::wake, server::say),
                () -> queue.open(server.name(), server::wake),
                store::lastEnqueuedLsn,
                store::lastLsn,
                System::currentTimeMillis,
                random::nextLong,
                server::say);
        session.epoch(
                () -> store.standing().epoch(), server.definition().succession().definedAtEpoch());
        session.onSuperseded(promoted -> gate.superseded(server, promoted));
        session.onReport(server::report);
        session.onBehind(sinceMillis -> missing(server, known -> Missing.more(known, sinceMillis, 0)));
        session.onPlaced(lsn -> missing(server, known -> Missing.placed(known, lsn)));
        session.passesOn(this::upstream);
        return session;
    }

    private void missing(ReplicationServer server, UnaryOperator<Optional<Missing>> change) {
        Optional<Missing> known = server.definition().missing();
        if (!change.apply(known).equals(known)) {
            server.note(definition -> definition.withMissing(change.apply(definition.missing())), keep);
        }
    }

    /** The nodes whose updates this node passes on, the nearest first, and those that its log holds after an LSN. */
    private List<String> upstream(long afterLsn) {
        Stream<String> now = servers.get().stream()
                .filter(ReplicationServer::passesOn)
                .flatMap(server -> Stream.concat(
                        Stream.of(server.definition().masterNodeId()), store.received(server.name()).stream()));
        return Stream.concat(now, store.loggedAfter(afterLsn).stream())
                .distinct()
                .toList();
    }

    private static Links.Security security(ServerSettings settings) {
        return settings.isInsecure() ? Links.Security.INSECURE : Links.Security.TLS;
    }

    /**
     * A session that listens, or goes on trying if it was promoted.
     *
     * @throws LinkDownException if the port cannot be listened on
     */
    Session slave(ReplicationServer server) throws LinkDownException {
        SlaveSession session = newSlave(server);
        session.begin();
        store.unreadableFiles().forEach(number -> server.say(MessageCode.CANNOT_READ_FOF_ITEM, number));
        if (session.promotion().isEmpty()) {
            sayWhetherApplied(server, session.figures().pending());
        }
        return session;
    }

    /** HB-059. */
    private static void sayWhetherApplied(ReplicationServer server, long pending) {
        if (!server.appliesUpdates()) {
            server.say(MessageCode.APPLYING_STOPPED, pending);
        } else if (pending > 0) {
            server.say(MessageCode.APPLYING_STARTED, pending);
        } else {
            server.say(MessageCode.APPLIES_AS_THEY_ARRIVE);
        }
    }

    /** A session that does not listen yet. */
    SlaveSession newSlave(ReplicationServer server) {
        ServerSettings settings = server.settings();
        Applier applier = appliers.forServer(
                server.name(),
                isOn(settings, ServerSetting.AUTO_CREATE),
                isOn(settings, ServerSetting.LOG_SLAVE_UPDATE),
                server.openFiles());
        String master = server.definition().masterNodeId();
        if (!master.isEmpty() && store.received(server.name()).isEmpty()) {
            // it belonged to its master already when a former program did not keep that, and applies what is delayed
            applier.receives(List.of(master), false);
        }
        SlaveSession session = new SlaveSession(
                new SlaveSettings(server.name(), configuration.id(), master),
                () -> links.listen(
                        server.name(),
                        settings.number(ServerSetting.PORT),
                        security(settings),
                        server::wake,
                        server::say),
                applier,
                nodeId -> server.redefine(d -> d.withMaster(nodeId), keep),
                server::say);
        session.onUpstream(() -> servers.get().forEach(ReplicationServer::wake));
        session.masterServer(
                server.definition().masterServer(),
                masterServer -> server.redefine(d -> d.withMasterServer(masterServer), keep));
        session.epochs(store.epochs());
        server.succession().promotion().ifPresent(session::promoted);
        session.applyUpdates(isOn(settings, ServerSetting.APPLY_UPDATES));
        return session;
    }

    private static boolean isOn(ServerSettings settings, ServerSetting setting) {
        return settings.get(setting).equals("on");
    }
}
