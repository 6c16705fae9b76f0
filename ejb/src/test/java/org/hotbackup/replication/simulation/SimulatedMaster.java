package org.hotbackup.replication.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.MasterSession;

/** A master's machine: its database with the pump, and a master server for each of its slaves. */
final class SimulatedMaster extends Machine {

    /** A copy of everything on its disk. */
    record Copy(Object store, SimulatedQueue queue) {}

    private static final String FIRST = "todev";

    private final String nodeId;
    private final String history;
    private final Breakage breakage;
    private final int writers;
    private final List<SimulatedQueue> queues = new ArrayList<>();
    private final List<MasterServer> servers = new ArrayList<>();
    private final MasterStore store;

    SimulatedMaster(World world, Truth truth, Breakage breakage, String nodeId, String history) {
        super(world, "master");
        this.nodeId = nodeId;
        this.history = history;
        this.breakage = breakage;
        this.writers = world.between(1, 8);
        this.store = new MasterStore(world, this, breakage, new SimulatedLog(world, this, truth, breakage, queues));
    }

    /** A further slave. */
    MasterServer serve(SimulatedNetwork network, SlaveStore slave, BiConsumer<MessageCode, Object[]> messages) {
        String name = servers.isEmpty() ? FIRST : FIRST + servers.size();
        MasterServer server = new MasterServer(
                this, network, name, nodeId, history, () -> slave.disk().lsn(), breakage, messages);
        server.queue().beside(List.copyOf(queues));
        servers.add(server);
        queues.add(server.queue());
        return server;
    }

    /** What is told to each session of each server before its first step. */
    void atBoot(Consumer<MasterSession> what) {
        servers.forEach(server -> server.atBoot(what));
    }

    /** The same node once more takes other numbers for its conversations. */
    void conversationsFrom(long number) {
        servers.forEach(server -> server.conversationsFrom(number));
    }

    MasterStore store() {
        return store;
    }

    List<MasterServer> servers() {
        return servers;
    }

    /** Of its first slave. */
    SimulatedQueue queue() {
        return queues.get(0);
    }

    /** Of its first slave. */
    MasterSession session() {
        return servers.get(0).session();
    }

    Copy copy() {
        return new Copy(store.copyOfDisk(), queue().copy());
    }

    void restore(Copy copy) {
        store.restore(copy.store());
        queue().restore(copy.queue());
    }

    @Override
    void boot() {
        store.boot(writers);
        servers.forEach(server -> server.start(store.log()));
    }

    @Override
    void lose() {
        servers.forEach(server -> server.network().crash(this));
        servers.forEach(MasterServer::lose);
        store.lose();
    }
}
