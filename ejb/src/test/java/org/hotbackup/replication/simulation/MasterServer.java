package org.hotbackup.replication.simulation;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.MasterSession;
import org.hotbackup.replication.MasterSettings;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.replication.Traces;
import org.hotbackup.verify.CheckReport;

/** A master server with its queue, its position and its state: one for each slave of a node. */
final class MasterServer implements SimulatedServer {

    private final World world;
    private final Machine machine;
    private final SimulatedNetwork network;
    private final String name;
    private final String nodeId;
    private final String history;
    private final BiConsumer<MessageCode, Object[]> messages;
    private final SimulatedQueue queue;
    private final int txLogTimerMillis;
    private final Traces traces = SimulatedTraces.off();
    private Consumer<CheckReport> reports = report -> {};
    private LongFunction<List<String>> upstream = lsn -> List.of();
    private Consumer<MasterSession> atBoot = booted -> {};
    private long definedAtLsn;
    private long conversations;
    private MasterSession session;
    private SessionDriver driver;

    /** With the LSN up to which the slave has everything on its disk. */
    MasterServer(
            Machine machine,
            SimulatedNetwork network,
            String name,
            String nodeId,
            String history,
            LongSupplier slaveLsn,
            Breakage breakage,
            BiConsumer<MessageCode, Object[]> messages) {
        this.world = machine.world;
        this.machine = machine;
        this.network = network;
        this.name = name;
        this.nodeId = nodeId;
        this.history = history;
        this.messages = messages;
        this.conversations = nodeId.hashCode() * 1_000_000L;
        this.txLogTimerMillis = world.oneIn(3) ? world.between(1, 3) * 1_000 : 0;
        this.queue = new SimulatedQueue(world, this, breakage, slaveLsn);
    }

    @Override
    public Machine machine() {
        return machine;
    }

    String name() {
        return name;
    }

    SimulatedNetwork network() {
        return network;
    }

    SimulatedQueue queue() {
        return queue;
    }

    MasterSession session() {
        return session;
    }

    Traces traces() {
        return traces;
    }

    void onReport(Consumer<CheckReport> listener) {
        reports = listener;
    }

    void passesOn(LongFunction<List<String>> nodeIds) {
        upstream = nodeIds;
    }

    /** What is told to each session before its first step. */
    void atBoot(Consumer<MasterSession> what) {
        atBoot = what;
    }

    /** The same node once more takes other numbers for its conversations. */
    void conversationsFrom(long number) {
        conversations = number;
    }

    /** Its queue holds every entry after this LSN, and nothing else. */
    void define(long afterLsn) {
        definedAtLsn = afterLsn;
        queue.clear();
    }

    @Override
    public ServerStatus status() {
        return session == null ? ServerStatus.STOPPED : session.figures().status();
    }

    ServerFigures figures() {
        return session == null ? ServerFigures.STOPPED : session.figures();
    }

    long acknowledgedLsn() {
        return session == null ? 0 : session.acknowledgedLsn();
    }

    boolean isQuiet() {
        return queue.depth() == 0 && status() == ServerStatus.IDLE;
    }

    void start(SimulatedLog log) {
        if (session != null) {
            return;
        }
        session = new MasterSession(
                new MasterSettings(name, nodeId, history, "10.0.0.2:2000", definedAtLsn, txLogTimerMillis),
                () -> network.call(this, this::wake),
                () -> queue.open(name, this::wake),
                log::lastEnqueued,
                log::lastCommitted,
                world::epochMillis,
                () -> ++conversations,
                (code, values) -> messages.accept(code, values));
        session.onReport(report -> reports.accept(report));
        session.passesOn(lsn -> upstream.apply(lsn));
        session.traceTo(traces);
        atBoot.accept(session);
        driver = new SessionDriver(machine, session, 10);
        driver.wake();
    }

    void wake() {
        if (session != null) {
            driver.wake();
        }
    }

    /** The operator stops it. */
    void stop() {
        if (session != null) {
            MasterSession stopping = session;
            driver.stop();
            stopping.close();
            session = null;
        }
    }

    /** Its machine crashed. */
    void lose() {
        queue.crash();
        session = null;
    }
}
