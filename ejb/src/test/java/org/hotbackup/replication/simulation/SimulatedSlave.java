package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Promoter;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.replication.SlaveSettings;
import org.hotbackup.replication.Traces;

/** A slave's machine: its database, its slave server, and the master server for a slave of its own if it has one. */
final class SimulatedSlave extends Machine implements SimulatedServer {

    private static final long HELPERS_MILLIS = 50;

    /** A slave of this slave, and the link to it (HB-015). */
    record Next(SimulatedSlave slave, SimulatedNetwork network, Truth truth) {}

    private final SimulatedNetwork network;
    private final BiConsumer<MessageCode, Object[]> messages;
    private final Breakage breakage;
    private final String nodeId;
    private final SlaveStore store;
    private final Optional<Next> next;
    private final Optional<SimulatedLog> log;
    private final Optional<MasterServer> onward;
    private final Traces traces = SimulatedTraces.off();
    private boolean applying = true;
    private boolean stopped;
    private String masterNodeId = "";
    private String masterServer = "";
    private SlaveSession session;
    private SessionDriver driver;
    private Consumer<SlaveSession> atBoot = booted -> {};

    /**
     * A slave's machine, not started.
     *
     * @param autoCreate create accounts and files that are missing (HB-017)
     */
    SimulatedSlave(
            World world,
            String nodeId,
            boolean autoCreate,
            SimulatedNetwork network,
            Truth truth,
            Optional<Next> next,
            Breakage breakage,
            BiConsumer<MessageCode, Object[]> messages) {
        super(world, "slave");
        this.network = network;
        this.messages = messages;
        this.breakage = breakage;
        this.nodeId = nodeId;
        this.next = next;
        List<SimulatedQueue> queues = new ArrayList<>();
        this.log = next.map(there -> new SimulatedLog(world, this, there.truth(), breakage, queues));
        this.onward = next.map(there -> new MasterServer(
                this,
                there.network(),
                "onward",
                nodeId,
                Truth.HISTORY,
                () -> there.slave().store().disk().lsn(),
                breakage,
                messages));
        onward.ifPresent(server -> queues.add(server.queue()));
        onward.ifPresent(server -> server.passesOn(this::upstream));
        this.store = new SlaveStore(world, network, this, truth, breakage, autoCreate, log);
        store.oneAtATimeWhile(traces::isOn);
    }

    /** What is told to each session before it listens. */
    void atBoot(Consumer<SlaveSession> what) {
        atBoot = what;
    }

    /** An operator promotes it, if it runs. */
    void promote(Promoter promoter) {
        if (session != null) {
            session.promote(promoter);
            driver.wake();
        }
    }

    SlaveStore store() {
        return store;
    }

    SlaveSession session() {
        return session;
    }

    SimulatedNetwork network() {
        return network;
    }

    Traces traces() {
        return traces;
    }

    Optional<Next> next() {
        return next;
    }

    /** The master server for the slave behind it. */
    Optional<MasterServer> onward() {
        return onward;
    }

    Optional<SimulatedLog> log() {
        return log;
    }

    /** Whether a master called already. */
    boolean hasMaster() {
        return !masterNodeId.isEmpty();
    }

    /** As the node does it: its master and whom that passes on, and those whose updates its log holds. */
    private List<String> upstream(long afterLsn) {
        if (!hasMaster() || breakage == Breakage.UPSTREAM_UNSAID) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        if (store.logsUpdates()) {
            all.add(masterNodeId);
            all.addAll(store.disk().sources().received());
        }
        if (breakage != Breakage.UPSTREAM_SWITCHED_OFF) {
            store.disk().sources().after(afterLsn).forEach(all::add);
        }
        return all.stream().distinct().toList();
    }

    /** The operator stops it, turns log slave update on or off, and starts it again after a while. */
    void logUpdates(boolean on, long awayMillis) {
        stopServer();
        store.logUpdates(on);
        world.count(on ? "log slave update on" : "log slave update off");
        world.later(awayMillis, this::startServer);
    }

    @Override
    public Machine machine() {
        return this;
    }

    @Override
    public ServerStatus status() {
        return session == null ? ServerStatus.STOPPED : session.figures().status();
    }

    @Override
    void boot() {
        log.ifPresent(SimulatedLog::boot);
        onward.ifPresent(server -> server.start(log.orElseThrow()));
        int life = incarnation();
        world.later(HELPERS_MILLIS, () -> help(life));
        if (!stopped) {
            startServer();
        }
    }

    /** The operator starts the slave server. */
    void startServer() {
        stopped = false;
        if (!isUp() || session != null) {
            return;
        }
        String belongsTo = breakage == Breakage.ANY_MASTER ? "" : masterNodeId;
        session = new SlaveSession(
                new SlaveSettings("fromprod", nodeId, belongsTo),
                () -> network.listen(this, this::wake),
                store,
                this::belongTo,
                (code, values) -> messages.accept(code, values));
        if (breakage != Breakage.ANY_MASTER) {
            session.masterServer(masterServer, name -> masterServer = name);
        }
        store.calledBy("");
        session.applyUpdates(applying);
        session.traceTo(breakage == Breakage.TRACES_IN_BATCHES ? SimulatedTraces.off() : traces);
        session.onUpstream(() -> onward.ifPresent(server -> world.later(0, server::wake)));
        atBoot.accept(session);
        driver = new SessionDriver(this, session, 20);
        try {
            session.listen();
            driver.wake();
        } catch (LinkDownException | IllegalStateException e) {
            // as the node does it: the start failed, and somebody starts the server again
            session.close();
            session = null;
            later(500, () -> {
                if (!stopped) {
                    startServer();
                }
            });
        }
    }

    /** The operator stops the slave server; helpers go on. */
    void stopServer() {
        stopped = true;
        if (session != null) {
            driver.stop();
            session.close();
            session = null;
            world.count("slave servers stopped");
        }
    }

    private void wake() {
        if (session != null) {
            driver.wake();
        }
    }

    /** Updates are applied, or delayed, from now on: the definition is changed, and the running server goes over. */
    void applyUpdates(boolean apply) {
        applying = apply;
        if (session != null) {
            session.applyUpdates(apply);
            driver.wake();
        }
    }

    private void help(int life) {
        if (isUp() && life == incarnation()) {
            world.later(HELPERS_MILLIS, () -> help(life));
            store.helpersStep();
        }
    }

    private void belongTo(String master) {
        check(!hasMaster() || masterNodeId.equals(master), "I7", "the slave of %s becomes %s's", masterNodeId, master);
        masterNodeId = master;
    }

    boolean isQuiet() {
        return store.isQuiet() && log.map(SimulatedLog::isQuiet).orElse(true) && !store.isBlocked();
    }

    @Override
    public String toString() {
        return nodeId + (isUp() ? " " : " down ") + status() + (stopped ? " stopped" : "") + " at " + store
                + ", onward "
                + onward.map(server -> server.status() + " " + server.queue().depth());
    }

    @Override
    void lose() {
        network.crash(this);
        onward.ifPresent(server -> server.network().crash(this));
        onward.ifPresent(MasterServer::lose);
        log.ifPresent(SimulatedLog::lose);
        store.crash();
        session = null;
    }
}
