package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Promoter;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.replication.SlaveSettings;

/** The slave's machine: its database and its slave server. */
final class SimulatedSlave extends Machine {

    private static final long HELPERS_MILLIS = 50;

    private final SimulatedNetwork network;
    private final BiConsumer<MessageCode, Object[]> messages;
    private final Breakage breakage;
    private final SlaveStore store;
    private boolean applying = true;
    private String masterNodeId = "";
    private SlaveSession session;
    private SessionDriver driver;
    private Consumer<SlaveSession> atBoot = booted -> {};

    SimulatedSlave(
            World world,
            SimulatedNetwork network,
            Truth truth,
            Breakage breakage,
            BiConsumer<MessageCode, Object[]> messages) {
        super(world, "slave");
        this.network = network;
        this.messages = messages;
        this.breakage = breakage;
        this.store = new SlaveStore(world, network, this, truth, breakage);
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

    /** Whether a master called already. */
    boolean hasMaster() {
        return !masterNodeId.isEmpty();
    }

    @Override
    ServerStatus status() {
        return session == null ? ServerStatus.STOPPED : session.figures().status();
    }

    @Override
    void boot() {
        String belongsTo = breakage == Breakage.ANY_MASTER ? "" : masterNodeId;
        SlaveSession booted = new SlaveSession(
                new SlaveSettings("fromprod", "node-slave", belongsTo),
                () -> network.listen(this, () -> driver.wake()),
                store,
                this::belongTo,
                (code, values) -> messages.accept(code, values));
        session = booted;
        session.applyUpdates(applying);
        atBoot.accept(session);
        world.later(HELPERS_MILLIS, () -> help(booted));
        driver = new SessionDriver(this, session, 20);
        try {
            session.listen();
            driver.wake();
        } catch (LinkDownException | IllegalStateException e) {
            // as the node does it: the start failed, and somebody starts the server again
            session.close();
            crash();
            world.later(500, this::start);
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

    private void help(SlaveSession ofBoot) {
        if (session == ofBoot) {
            world.later(HELPERS_MILLIS, () -> help(ofBoot));
            store.helpersStep();
        }
    }

    private void belongTo(String nodeId) {
        check(!hasMaster() || masterNodeId.equals(nodeId), "I7", "the slave of %s becomes %s's", masterNodeId, nodeId);
        masterNodeId = nodeId;
    }

    @Override
    void lose() {
        network.crash(this);
        store.crash();
        session = null;
    }
}
