package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.Update.FileCleared;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.ServerStatus;

/** A pair under fire: writers, log, pump, queue, master server, network, slave server and slave database. */
final class Simulation {

    private static final long UNTIL_QUIET_MILLIS = 300_000;
    private static final int MOST_MESSAGES = 400;

    private final World world;
    private final Truth truth = new Truth();
    private final SimulatedNetwork network;
    private final SimulatedSlave slave;
    private final SimulatedMaster master;
    private final Faults faults;
    private final List<String> masterMessages = new ArrayList<>();
    private final List<String> slaveMessages = new ArrayList<>();
    private Optional<SimulatedMaster> stranger = Optional.empty();
    private long transactionBeforeRestore;
    private ServerStatus statusOfMaster;
    private ServerStatus statusOfSlave;

    Simulation(long seed, Breakage breakage) {
        world = new World(seed);
        network = new SimulatedNetwork(world);
        slave = new SimulatedSlave(world, network, truth, breakage, (code, values) -> say(slaveMessages, code, values));
        master = new SimulatedMaster(
                world,
                network,
                truth,
                breakage,
                slave.store(),
                "node-master",
                Truth.HISTORY,
                (code, values) -> say(masterMessages, code, values));
        faults = new Faults(world, network, master, slave);
    }

    private void say(List<String> said, MessageCode code, Object... values) {
        said.add(world.now() + " " + code + " " + code.text(values));
        world.count("said " + code);
        check(said.size() < MOST_MESSAGES, "no message storm", "%s", said);
    }

    /** A whole life: work with faults, then work in peace, then quiet, in which both sides must become equal. */
    Map<String, Integer> live() {
        int span = world.between(8_000, 40_000);
        slave.start();
        master.start();
        if (world.oneIn(4) && stranger.isEmpty()) {
            strangerCalls();
        }
        master.store().work(world.between(20, 150));
        faults.plan(world.between(2, 8), span);
        run(span);
        faults.heal();
        master.store().work(world.between(0, 20));
        runUntilQuiet();
        checkEqual();
        world.count("lives");
        return world.counts();
    }

    /** Work with faults, of which some may still be there at the end. */
    void fire(int span) {
        slave.start();
        master.start();
        master.store().work(world.between(20, 100));
        faults.plan(world.between(2, 6), span);
        run(span);
    }

    /** From now on nothing goes wrong. */
    void heal() {
        faults.heal();
    }

    /** Another node calls the slave as soon as it has a master: nothing of it may ever be acknowledged. */
    void callsAsWell(SimulatedMaster other) {
        stranger = Optional.of(other);
        world.later(world.between(500, 3_000), () -> callAsStranger(other));
    }

    World world() {
        return world;
    }

    Truth truth() {
        return truth;
    }

    /** Both sides start, nothing goes wrong, so many transactions are made and replicated. */
    void liveInPeace(int transactions) {
        world.calmDown();
        slave.start();
        master.start();
        work(transactions);
        checkEqual();
    }

    /** The operator puts an older copy, or nothing, in the place of the slave's database. */
    void restoreSlave(SlaveStore.Disk copy) {
        slave.crash();
        transactionBeforeRestore = slave.store().disk().transaction();
        slave.store().restore(copy);
        slave.start();
    }

    /** So many transactions more, until the slave has them. */
    void work(int transactions) {
        master.store().work(transactions);
        runUntilQuiet();
    }

    /** A further node that calls this slave; not started. */
    SimulatedMaster furtherMaster(String nodeId, String history) {
        return new SimulatedMaster(
                world,
                network,
                new Truth(),
                Breakage.NONE,
                slave.store(),
                nodeId,
                history,
                (code, values) -> say(new ArrayList<>(), code, values));
    }

    /** Another node that believes to be the slave's master, with the same history: a copy of the master, say. */
    private void strangerCalls() {
        SimulatedMaster other = furtherMaster("node-stranger", Truth.HISTORY);
        stranger = Optional.of(other);
        world.later(world.between(1_000, 5_000), () -> callAsStranger(other));
    }

    /** Only a slave that has a master can tell a stranger; before that it trusts the first who calls. */
    private void callAsStranger(SimulatedMaster other) {
        if (!slave.hasMaster()) {
            world.later(500, () -> callAsStranger(other));
            return;
        }
        other.start();
        other.store().work(20);
    }

    /** Runs for so long, checking after every step. */
    void run(long millis) {
        long end = world.now() + millis;
        boolean more = true;
        while (more) {
            more = step(end);
        }
    }

    private boolean step(long end) {
        boolean more = true;
        try {
            more = world.step(end);
        } catch (Crash crash) {
            faults.crashed(crash.machine());
        }
        checkInvariants();
        return more;
    }

    void runUntilQuiet() {
        long end = world.now() + UNTIL_QUIET_MILLIS;
        while (!isQuiet()) {
            check(
                    step(end),
                    "things become quiet",
                    "not after %d s: %s; the queue holds %d, the slave is at %d of %d; %s; %s",
                    UNTIL_QUIET_MILLIS / 1000,
                    master.store(),
                    master.queue().depth(),
                    slave.store().disk().lsn(),
                    truth.lastLsn(),
                    masterMessages,
                    slaveMessages);
        }
    }

    private boolean isQuiet() {
        return slave.store().isQuiet()
                && master.store().isQuiet()
                && master.store().logRows() == 0
                && master.queue().depth() == 0
                && master.session() != null
                && master.session().figures().status() == ServerStatus.IDLE;
    }

    private void checkInvariants() {
        SlaveStore.Disk disk = slave.store().disk();
        disk.checkConservation();
        checkFigures(master, disk);
        checkStatuses();
        stranger.ifPresent(other -> {
            ServerFigures figures = other.session() == null
                    ? ServerFigures.STOPPED
                    : other.session().figures();
            check(figures.acknowledged() == 0, "I7", "a stranger's transactions are acknowledged");
        });
    }

    private void checkFigures(SimulatedMaster server, SlaveStore.Disk disk) {
        if (server.session() != null) {
            ServerFigures figures = server.session().figures();
            check(
                    figures.ackedTransaction() <= Math.max(disk.transaction(), transactionBeforeRestore),
                    "acknowledged implies durable",
                    "transaction %d is acknowledged, the slave's disk has %d",
                    figures.ackedTransaction(),
                    disk.transaction());
            check(
                    figures.status() != ServerStatus.IDLE || figures.oldestCommittedAtMillis() == 0,
                    "I9",
                    "a master is idle with transactions out");
        }
    }

    /** What both servers say that they do is so (HB-112): between two steps nobody reads the queue. */
    private void checkStatuses() {
        ServerStatus ofMaster = master.status();
        ServerStatus ofSlave = slave.status();
        check(ofMaster != ServerStatus.READING_QUEUE, "true status", "a master reads its queue between two steps");
        if (slave.session() != null) {
            check(
                    (ofSlave == ServerStatus.STOPPED) != network.isListening(),
                    "true status",
                    "the slave says %s and listens: %s",
                    ofSlave,
                    network.isListening());
            boolean withMaster = ofSlave == ServerStatus.READING_NETWORK || ofSlave == ServerStatus.CONNECTED;
            check(!withMaster || network.isCalled(), "true status", "the slave says %s and is alone", ofSlave);
        }
        if (master.session() != null) {
            ServerFigures figures = master.session().figures();
            boolean out = ofMaster == ServerStatus.WAITING_FOR_ACK || ofMaster == ServerStatus.WRITING_TO_NETWORK;
            check(!out || figures.oldestCommittedAtMillis() > 0, "true status", "%s with nothing out", ofMaster);
            boolean alone = ofMaster == ServerStatus.WAIT_RESPONSE_TO_CALL;
            check(alone == figures.peer().isEmpty(), "true status", "%s with '%s'", ofMaster, figures.peer());
        }
        statusOfMaster = counted(statusOfMaster, ofMaster);
        statusOfSlave = counted(statusOfSlave, ofSlave);
    }

    private ServerStatus counted(ServerStatus before, ServerStatus now) {
        if (before != now) {
            world.count("status " + now);
        }
        return now;
    }

    void checkEqual() {
        SlaveStore.Disk disk = slave.store().disk();
        check(disk.lsn() == truth.lastLsn(), "I4", "the slave is at %d of %d", disk.lsn(), truth.lastLsn());
        check(disk.transaction() == truth.transactions(), "I6", "%d of %d", disk.transaction(), truth.transactions());
        check(disk.lostAndFound() == truth.poisonousTransactions(), "I6", "lost+found: %d", disk.lostAndFound());
        Image expected = master.store().image().copy();
        expected.perform(new FileCleared(Files.POISON));
        expected.difference(disk.image().ofUsers()).ifPresent(difference -> {
            throw new InvariantBroken("I4", difference);
        });
    }

    SimulatedMaster master() {
        return master;
    }

    SimulatedSlave slave() {
        return slave;
    }

    List<String> masterMessages() {
        return masterMessages;
    }

    List<String> slaveMessages() {
        return slaveMessages;
    }
}
