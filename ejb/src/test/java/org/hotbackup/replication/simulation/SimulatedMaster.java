package org.hotbackup.replication.simulation;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.MasterSession;
import org.hotbackup.replication.MasterSettings;
import org.hotbackup.replication.ServerStatus;

/** A master's machine: its database with the pump, its queue and its master server. */
final class SimulatedMaster extends Machine {

    /** A copy of everything on its disk. */
    record Copy(Object store, SimulatedQueue queue) {}

    private final SimulatedNetwork network;
    private final BiConsumer<MessageCode, Object[]> messages;
    private final String nodeId;
    private final String history;
    private final int txLogTimerMillis;
    private final int writers;
    private final SimulatedQueue queue;
    private final MasterStore store;
    private long conversations;
    private MasterSession session;
    private SessionDriver driver;
    private Consumer<MasterSession> atBoot = booted -> {};

    SimulatedMaster(
            World world,
            SimulatedNetwork network,
            Truth truth,
            Breakage breakage,
            SlaveStore slave,
            String nodeId,
            String history,
            BiConsumer<MessageCode, Object[]> messages) {
        super(world, "master");
        this.network = network;
        this.messages = messages;
        this.nodeId = nodeId;
        this.history = history;
        this.conversations = nodeId.hashCode() * 1_000_000L;
        this.txLogTimerMillis = world.oneIn(3) ? world.between(1, 3) * 1_000 : 0;
        this.writers = world.between(1, 8);
        this.queue =
                new SimulatedQueue(world, this, breakage, () -> slave.disk().lsn());
        this.store = new MasterStore(world, this, truth, breakage, queue);
    }

    /** What is told to each session before its first step. */
    void atBoot(Consumer<MasterSession> what) {
        atBoot = what;
    }

    /** The same node once more takes other numbers for its conversations. */
    void conversationsFrom(long number) {
        conversations = number;
    }

    MasterStore store() {
        return store;
    }

    SimulatedQueue queue() {
        return queue;
    }

    MasterSession session() {
        return session;
    }

    Copy copy() {
        return new Copy(store.copyOfDisk(), queue.copyFor(this));
    }

    void restore(Copy copy) {
        store.restore(copy.store());
        queue.restore(copy.queue());
    }

    @Override
    ServerStatus status() {
        return session == null ? ServerStatus.STOPPED : session.figures().status();
    }

    @Override
    void boot() {
        store.boot(writers);
        session = new MasterSession(
                new MasterSettings("todev", nodeId, history, "10.0.0.2:2000", 0, txLogTimerMillis),
                () -> network.call(this, () -> driver.wake()),
                () -> queue.open("todev", () -> driver.wake()),
                store::lastEnqueued,
                store::lastCommitted,
                world::epochMillis,
                () -> ++conversations,
                (code, values) -> messages.accept(code, values));
        session.onReport(report -> world.count("reports of checks"));
        atBoot.accept(session);
        driver = new SessionDriver(this, session, 10);
        driver.wake();
    }

    @Override
    void lose() {
        network.crash(this);
        queue.crash();
        store.lose();
        session = null;
    }
}
