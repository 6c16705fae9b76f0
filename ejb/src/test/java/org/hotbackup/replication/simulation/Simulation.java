package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.hotbackup.apply.LostItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.verify.FileResult;

/**
 * A master and its slaves under fire: writers, log, pump, queues, master servers, networks, slave servers and slave
 * databases; a slave may have a slave of its own.
 */
final class Simulation {

    /** Who is there. */
    enum Topology {
        /** A master and its slave. */
        PAIR,
        /** A master with two slaves. */
        TWO_SLAVES,
        /** A slave that logs what it performs for one behind it (HB-015). */
        CASCADE,
        /** The same, and the one behind it is the first master. */
        CIRCLE,
        /** A cascade whose last node logs what it performs for the first master. */
        RING
    }

    private static final long UNTIL_QUIET_MILLIS = 400_000;
    private static final int MOST_MESSAGES = 600;
    private static final String MASTER = "node-master";
    private static final int MOST_REPAIRS = 20;

    private final World world;
    private final Topology topology;
    private final Breakage breakage;
    private final Truth truth = new Truth();
    private final SimulatedMaster master;
    private final List<Replica> replicas = new ArrayList<>();
    private final Optional<SimulatedSlave.Next> behind;
    private final List<SimulatedSlave> slaves = new ArrayList<>();
    private final Faults faults;
    private final Operators operators;
    private final List<String> masterMessages = new ArrayList<>();
    private final List<String> slaveMessages = new ArrayList<>();
    private final Map<SimulatedServer, ServerStatus> statuses = new HashMap<>();
    private Optional<SimulatedMaster> stranger = Optional.empty();
    private long transactionBeforeRestore;

    /** A pair. */
    Simulation(long seed, Breakage breakage) {
        this(new World(seed), breakage, Topology.PAIR);
    }

    private Simulation(World world, Breakage breakage, Topology topology) {
        this.world = world;
        this.topology = topology;
        this.breakage = breakage;
        master = new SimulatedMaster(world, truth, breakage, MASTER, Truth.HISTORY);
        behind = switch (topology) {
            case PAIR, TWO_SLAVES -> Optional.empty();
            case CASCADE -> Optional.of(next("node-behind", Optional.empty()));
            case CIRCLE -> Optional.of(next(MASTER, Optional.empty()));
            case RING -> Optional.of(next("node-behind", Optional.of(next(MASTER, Optional.empty()))));
        };
        add("node-slave", behind);
        if (topology == Topology.TWO_SLAVES) {
            add("node-second", Optional.empty());
        }
        List<SimulatedNetwork> networks =
                new ArrayList<>(replicas.stream().map(Replica::network).toList());
        onward().forEach(next -> networks.add(next.network()));
        replicas.forEach(replica -> slaves.add(replica.slave()));
        onward().forEach(next -> slaves.add(next.slave()));
        faults = new Faults(world, networks, master, slaves);
        operators = new Operators(world, master, replicas);
    }

    /** As many nodes as chance wants. */
    static Simulation ofChance(long seed, Breakage breakage) {
        World world = new World(seed);
        Topology topology =
                switch (world.between(1, 10)) {
                    case 1, 2, 3, 4, 5 -> Topology.PAIR;
                    case 6, 7 -> Topology.TWO_SLAVES;
                    case 8, 9 -> Topology.CASCADE;
                    default -> world.oneIn(2) ? Topology.CIRCLE : Topology.RING;
                };
        return new Simulation(world, breakage, topology);
    }

    /** Those behind the first slave, one behind the other. */
    private List<SimulatedSlave.Next> onward() {
        return Stream.iterate(behind, Optional::isPresent, next -> next.orElseThrow()
                        .slave()
                        .next())
                .map(Optional::orElseThrow)
                .toList();
    }

    private boolean isCircle() {
        return topology == Topology.CIRCLE || topology == Topology.RING;
    }

    private SimulatedSlave.Next next(String nodeId, Optional<SimulatedSlave.Next> afterIt) {
        SimulatedNetwork network = new SimulatedNetwork(world);
        Truth truthThere = new Truth();
        if (isCircle()) {
            // whose updates are passed on is said once in a conversation
            network.loseNoSingleFrames();
        }
        SimulatedSlave slave =
                new SimulatedSlave(world, nodeId, true, network, truthThere, afterIt, breakage, saying(slaveMessages));
        return new SimulatedSlave.Next(slave, network, truthThere);
    }

    private void add(String nodeId, Optional<SimulatedSlave.Next> next) {
        SimulatedNetwork network = new SimulatedNetwork(world);
        // what a slave creates because it is missing is not logged: the one behind it needs auto-create as well
        boolean autoCreate = next.isPresent() || !world.oneIn(6);
        SimulatedSlave slave =
                new SimulatedSlave(world, nodeId, autoCreate, network, truth, next, breakage, saying(slaveMessages));
        MasterServer server = master.serve(network, slave.store(), saying(masterMessages));
        SimulatedVerification verification = new SimulatedVerification(world, master, server, breakage);
        server.onReport(report -> {
            world.count("reports of checks");
            verification.report(report);
        });
        replicas.add(new Replica(server, network, slave, verification));
    }

    private BiConsumer<MessageCode, Object[]> saying(List<String> said) {
        return (code, values) -> {
            said.add(world.now() + " " + code + " " + code.text(values));
            world.count("said " + code);
            check(said.size() < MOST_MESSAGES, "no message storm", "%s", said);
        };
    }

    /** A whole life: work with faults and operators, then work in peace, then quiet, in which all must become equal. */
    Map<String, Integer> live() {
        int span = world.between(8_000, 40_000);
        world.count("lives of a " + topology);
        start();
        if (world.oneIn(4) && stranger.isEmpty()) {
            strangerCalls();
        }
        master.store().work(world.between(20, 150));
        faults.plan(world.between(2, 8), span);
        operators.plan(world.between(0, 8), span);
        if (isCircle()) {
            switchLogSlaveUpdate(span);
        }
        run(span);
        faults.heal();
        operators.rest();
        master.store().work(world.between(0, 20));
        if (topology == Topology.TWO_SLAVES && world.oneIn(2)) {
            oneSlaveIsAway();
        }
        runUntilQuiet();
        settle();
        checkEqual();
        world.count("lives");
        return world.counts();
    }

    /** An operator does what the refusal says, by half: the queue stays as it is. */
    private void switchLogSlaveUpdate(int span) {
        List<SimulatedSlave.Next> all = onward();
        SimulatedSlave last =
                all.size() == 1 ? slave() : all.get(all.size() - 2).slave();
        for (int i = world.between(0, 3); i > 0; i--) {
            world.later(
                    world.between(1_000, span),
                    () -> last.logUpdates(!last.store().logsUpdates(), world.between(100, 3_000)));
        }
    }

    /** Work with faults, of which some may still be there at the end. */
    void fire(int span) {
        start();
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

    private void start() {
        slaves.forEach(Machine::start);
        master.start();
    }

    /** The first slave gets everything, whether the second is there or not (design 1: a queue each). */
    private void oneSlaveIsAway() {
        Replica first = replicas.get(0);
        SimulatedSlave away = replicas.get(1).slave();
        away.crash();
        master.store().work(20);
        runUntil(
                "one slave does not hold the others",
                () -> master.store().isQuiet()
                        && first.server().isQuiet()
                        && first.slave().isQuiet());
        world.count("slaves that were away");
        away.start();
    }

    /** What operators do when something differs: replay what is in lost+found, discard the rest, compare and repair. */
    private void settle() {
        for (Replica replica : replicas) {
            SlaveStore store = replica.slave().store();
            if (!store.disk().isTampered() && !world.oneIn(4)) {
                continue;
            }
            if (store.disk().isTampered()) {
                store.disk().image().lost().map(LostItem::id).sorted().forEach(store::replay);
                store.disk().image().lost().toList().forEach(store::discard);
            }
            runUntilQuiet();
            compareAndRepair(replica);
        }
    }

    private void compareAndRepair(Replica replica) {
        int repairs = 0;
        List<FileResult> differing = compare(replica);
        while (!differing.isEmpty()) {
            check(repairs++ < MOST_REPAIRS, "repaired", "%s after %d repairs", differing, MOST_REPAIRS);
            replica.verification().repair();
            runUntilQuiet();
            differing = compare(replica);
        }
        world.count(repairs == 0 ? "slaves proved equal" : "slaves repaired");
    }

    /** What differs of the account that is always there and logged; the other one need not be the same. */
    private List<FileResult> compare(Replica replica) {
        replica.verification().verify(1);
        runUntilQuiet();
        return replica.verification().differing().stream()
                .filter(result -> !isAboutSpare(result))
                .toList();
    }

    private static boolean isAboutSpare(FileResult result) {
        return result.file().account().equals(Files.SPARE.account())
                || !result.differences().isEmpty()
                        && result.differences().stream()
                                .allMatch(
                                        difference -> difference.id().toString().contains(Files.SPARE.account()));
    }

    /** All start, nothing goes wrong, so many transactions are made and replicated. */
    void liveInPeace(int transactions) {
        world.calmDown();
        start();
        work(transactions);
        checkEqual();
    }

    /** The operator puts an older copy, or nothing, in the place of the slave's database. */
    void restoreSlave(SlaveDisk copy) {
        SimulatedSlave slave = slave();
        slave.crash();
        transactionBeforeRestore = slave.store().disk().transaction();
        slave.store().restore(copy);
        slave.start();
    }

    /** So many transactions more, until the slaves have them. */
    void work(int transactions) {
        master.store().work(transactions);
        runUntilQuiet();
    }

    /** A further node that calls this slave; not started. */
    SimulatedMaster furtherMaster(String nodeId, String history) {
        SimulatedMaster other = new SimulatedMaster(world, new Truth(), Breakage.NONE, nodeId, history);
        other.serve(replicas.get(0).network(), slave().store(), saying(new ArrayList<>()));
        return other;
    }

    /** Another node that believes to be the slave's master, with the same history: a copy of the master, say. */
    private void strangerCalls() {
        SimulatedMaster other = furtherMaster("node-stranger", Truth.HISTORY);
        stranger = Optional.of(other);
        world.later(world.between(1_000, 5_000), () -> callAsStranger(other));
    }

    /** Only a slave that has a master can tell a stranger; before that it trusts the first who calls. */
    private void callAsStranger(SimulatedMaster other) {
        if (!slave().hasMaster()) {
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
        runUntil("things become quiet", this::isQuiet);
    }

    private void runUntil(String invariant, BooleanSupplier reached) {
        long end = world.now() + UNTIL_QUIET_MILLIS;
        while (!reached.getAsBoolean()) {
            check(
                    step(end),
                    invariant,
                    "not after %d s: %s; %s; %s; %s; %s",
                    UNTIL_QUIET_MILLIS / 1000,
                    master.store(),
                    replicas,
                    slaves,
                    masterMessages,
                    slaveMessages);
        }
    }

    private boolean isQuiet() {
        boolean replicated = master.store().isQuiet()
                && replicas.stream()
                        .allMatch(replica -> replica.server().isQuiet()
                                && replica.slave().isQuiet()
                                && hasEverything(replica)
                                && !replica.verification().isAtWork());
        return replicated
                && (topology == Topology.CIRCLE
                        || behind.map(next -> slave().onward().orElseThrow().isQuiet()
                                        && next.slave().store().isQuiet())
                                .orElse(true));
    }

    /** One that misses something finds out when it has waited for it. */
    private boolean hasEverything(Replica replica) {
        return replica.slave().store().disk().lsn() >= master.store().log().lastCommitted();
    }

    private void checkInvariants() {
        for (Replica replica : replicas) {
            checkFigures(replica.server(), replica.slave().store().disk());
            checkMasterStatus(replica.server());
            checkSlaveStatus(replica.slave(), replica.network());
        }
        SimulatedSlave before = slave();
        for (SimulatedSlave.Next next : onward()) {
            MasterServer server = before.onward().orElseThrow();
            checkFigures(server, next.slave().store().disk());
            checkMasterStatus(server);
            checkSlaveStatus(next.slave(), next.network());
            check(
                    !isCircle()
                            || next.slave().next().isPresent()
                            || next.slave().store().disk().position().isEmpty(),
                    "HB-015",
                    "updates travel in a circle");
            before = next.slave();
        }
        stranger.ifPresent(other -> check(
                other.servers().get(0).figures().acknowledged() == 0,
                "I7",
                "a stranger's transactions are acknowledged"));
    }

    private void checkFigures(MasterServer server, SlaveDisk disk) {
        ServerFigures figures = server.figures();
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

    /** What servers say that they do is so (HB-112): between two steps nobody reads the queue. */
    private void checkMasterStatus(MasterServer server) {
        ServerStatus status = server.status();
        check(status != ServerStatus.READING_QUEUE, "true status", "a master reads its queue between two steps");
        if (server.session() != null) {
            ServerFigures figures = server.figures();
            boolean out = status == ServerStatus.WAITING_FOR_ACK || status == ServerStatus.WRITING_TO_NETWORK;
            check(!out || figures.oldestCommittedAtMillis() > 0, "true status", "%s with nothing out", status);
            boolean alone = status == ServerStatus.WAIT_RESPONSE_TO_CALL;
            check(alone == figures.peer().isEmpty(), "true status", "%s with '%s'", status, figures.peer());
        }
        count(server, status);
    }

    private void checkSlaveStatus(SimulatedSlave slave, SimulatedNetwork network) {
        ServerStatus status = slave.status();
        if (slave.session() != null) {
            check(
                    (status == ServerStatus.STOPPED) != network.isListening(),
                    "true status",
                    "the slave says %s and listens: %s",
                    status,
                    network.isListening());
            boolean withMaster = status == ServerStatus.READING_NETWORK || status == ServerStatus.CONNECTED;
            check(!withMaster || network.isCalled(), "true status", "the slave says %s and is alone", status);
        }
        count(slave, status);
    }

    private void count(SimulatedServer server, ServerStatus now) {
        if (!Objects.equals(statuses.put(server, now), now)) {
            world.count("status " + now);
        }
    }

    void checkEqual() {
        replicas.forEach(replica -> checkEqual(truth, replica.slave().store()));
        if (topology == Topology.CASCADE || topology == Topology.RING) {
            SimulatedSlave.Next next = behind.orElseThrow();
            checkEqual(next.truth(), next.slave().store());
        }
    }

    private void checkEqual(Truth of, SlaveStore slave) {
        SlaveDisk disk = slave.disk();
        disk.checkConservation();
        check(of.transactionsAfter(disk.lsn()) == 0, "I4", "the slave is at %d of %d", disk.lsn(), of.lastLsn());
        long transactions = of.transactionsAfter(disk.definedAtLsn());
        check(disk.transaction() == transactions, "I6", "%d of %d", disk.transaction(), transactions);
        check(disk.image().isSettled(), "helpers finish", "hold files are left");
        Image expected = master.store().image().only(Files.EQUAL::contains);
        expected.differenceOfItems(disk.image().ofUsers().only(Files.EQUAL::contains))
                .ifPresent(difference -> {
                    throw new InvariantBroken("I4", difference);
                });
    }

    Map<String, Integer> counts() {
        return world.counts();
    }

    SimulatedMaster master() {
        return master;
    }

    SimulatedSlave slave() {
        return replicas.get(0).slave();
    }

    List<String> masterMessages() {
        return masterMessages;
    }

    List<String> slaveMessages() {
        return slaveMessages;
    }
}
