package org.hotbackup.server;

import java.util.List;
import java.util.function.Function;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.Links;
import org.hotbackup.store.RejoinDesk;
import org.hotbackup.store.StoreBean;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * The way of a superseded master server back among the servers of its node: the port, the stop, its {@link Rejoin}, and its
 * start as the slave server that it becomes. Slave servers of this node that were promoted over the new master have nobody
 * left to tell, and are deleted. For one caller at a time, who holds the lock of {@link ReplicationServers}.
 */
final class Rejoining {

    private final DefinedServers servers;
    private final ServerRecords records;
    private final ServerSetups setups;
    private final ServerRuns runs;
    private final MasterQueues queues;
    private final UpdatesGate gate;
    private final Links links;
    private final StoreBean store;
    private final TransactionLogQueue queue;
    private final RejoinDesk desk;
    private final PermanentLog log;
    private final Function<ServerDefinition, ReplicationServer> newServer;

    Rejoining(
            DefinedServers servers,
            ServerRecords records,
            ServerSetups setups,
            ServerRuns runs,
            MasterQueues queues,
            UpdatesGate gate,
            Links links,
            StoreBean store,
            TransactionLogQueue queue,
            RejoinDesk desk,
            PermanentLog log,
            Function<ServerDefinition, ReplicationServer> newServer) {
        this.servers = servers;
        this.records = records;
        this.setups = setups;
        this.runs = runs;
        this.queues = queues;
        this.gate = gate;
        this.links = links;
        this.store = store;
        this.queue = queue;
        this.desk = desk;
        this.log = log;
        this.newServer = newServer;
    }

    /**
     * The rejoin of a server, for any thread as long as it is only asked.
     *
     * @throws Refusal if it is a slave, or nobody told it that it is superseded
     */
    Rejoin of(String name) {
        return new Rejoin(servers.server(name), store, queue, desk);
    }

    /**
     * Brings a server back; should a crash come in between, or the start fail, the same may be asked again.
     *
     * @param confirmName its name
     * @param keep whether what the new master has not is kept in lost+found
     * @param port on which the slave server listens
     * @throws Refusal if it is not confirmed, was not told that it is superseded, does not stop, cannot listen on such a
     *     port, or the queue does not answer
     */
    OperationReceipt run(String name, String confirmName, boolean keep, int port) {
        ReplicationServer server = servers.server(name);
        if (server.isRejoined()) {
            Refusal.unlessConfirmed(name, confirmName);
            return onceMore(server, port);
        }
        Rejoin rejoin = of(name);
        Refusal.unlessConfirmed(name, confirmName);
        ServerDefinition slave = rejoin.slave(port);
        String newMaster = server.succession().superseded().orElseThrow().nodeId();
        List<ReplicationServer> over = servers.all().stream()
                .filter(other -> other.isPromotedFrom(newMaster))
                .toList();
        ReplicationServer rejoined;
        StringBuilder done = new StringBuilder();
        Links.KeptPort kept = takePort(server, port, over);
        try {
            stop(server);
            over.forEach(promoted -> deleteOver(promoted, newMaster));
            if (store.standing().isOpen()) {
                gate.close("it is brought back as a slave", "rejoin of server " + name);
            }
            boolean alone =
                    servers.all().stream().allMatch(other -> other.settings().isMaster());
            UnsentTransactions.Summary unsent = server.retire(() -> rejoin.run(keep, alone, slave));
            rejoined = newServer.apply(slave);
            servers.put(rejoined);
            servers.tell(name, true);
            queues.setLogging("");
            done.append(say(rejoined, newMaster, port, keep, unsent));
        } finally {
            kept.close();
        }
        over.forEach(
                promoted -> done.append(". ").append(MessageCode.PROMOTION_IS_OVER.text(promoted.name(), newMaster)));
        return start(
                rejoined,
                new OperationReceipt(OperationReceipt.Outcome.DONE, MessageCode.REJOINED.id(), done.toString()));
    }

    private static String say(
            ReplicationServer rejoined, String newMaster, int port, boolean keep, UnsentTransactions.Summary unsent) {
        String fate = unsent.count() + " transactions, " + (keep ? "kept in lost+found" : "dropped");
        Object[] values = {rejoined.name(), newMaster, port, fate};
        rejoined.say(MessageCode.REJOINED, values);
        if (unsent.ofOlderCopy()) {
            rejoined.say(MessageCode.REJOIN_OF_OLDER_COPY, rejoined.name(), newMaster);
        }
        if (!unsent.missing().isEmpty()) {
            rejoined.say(MessageCode.REJOIN_ENTRIES_MISSING, rejoined.name(), unsent.missing());
        }
        return MessageCode.REJOINED.text(values);
    }

    private Links.KeptPort takePort(ReplicationServer server, int port, List<ReplicationServer> over) {
        return new RejoinPort(links, servers.all()).take(server, port, over, new RejoinPort.Runs() {
            @Override
            public void begin(ReplicationServer paused) {
                runs.begin(paused);
            }

            @Override
            public void end(ReplicationServer inTheWay) {
                stop(inTheWay);
            }
        });
    }

    private void deleteOver(ReplicationServer promoted, String oldMaster) {
        stop(promoted);
        setups.delete(promoted.name(), promoted.name());
        log.say(promoted.name(), MessageCode.PROMOTION_IS_OVER, promoted.name(), oldMaster);
    }

    /** What is left of a rejoin whose start failed: it listens, on the port that is asked for now. */
    private OperationReceipt onceMore(ReplicationServer server, int port) {
        Object[] values = {server.name(), server.definition().masterNodeId(), port};
        if (server.isRunning()) {
            if (server.settings().number(ServerSetting.PORT) != port) {
                throw RejoinPort.rejoinedAlready(server);
            }
            return OperationReceipt.done(MessageCode.REJOINED_ALREADY, values);
        }
        ServerSettings settings = server.settings().with(ServerSetting.PORT, Integer.toString(port));
        takePort(server, port, List.of()).close();
        server.redefine(d -> d.withSettings(settings).withStarted(true), records::keep);
        return start(server, OperationReceipt.done(MessageCode.REJOINED_ALREADY, values));
    }

    private OperationReceipt start(ReplicationServer rejoined, OperationReceipt done) {
        OperationReceipt started = runs.begin(rejoined);
        return started.outcome() == OperationReceipt.Outcome.REFUSED
                ? OperationReceipt.accepted(
                        MessageCode.REJOINED_NOT_STARTED,
                        rejoined.name(),
                        rejoined.definition().masterNodeId(),
                        started.message())
                : done;
    }

    private void stop(ReplicationServer server) {
        try {
            if (!runs.end(server)) {
                throw new Refusal(MessageCode.REJOIN_STOPS, server.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(MessageCode.REJOIN_STOPS, server.name());
        }
    }
}
