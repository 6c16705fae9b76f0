package org.hotbackup.testing;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.model.FilePath;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;

/** Two nodes and the server pair {@code todev} (master) and {@code fromprod} (slave) between them, through a proxy. */
public final class Pair implements AutoCloseable {

    /** The master server's name. */
    public static final String MASTER = "todev";

    /** The slave server's name. */
    public static final String SLAVE = "fromprod";

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private volatile TestNode master;
    private volatile TestNode slave;
    private volatile FaultProxy line;
    private volatile int slavePort;
    private volatile String slaveName = SLAVE;

    private Pair(TestNode master, TestNode slave, FaultProxy line, int slavePort) {
        this.master = master;
        this.slave = slave;
        this.line = line;
        this.slavePort = slavePort;
    }

    /** Makes and starts both nodes, sets up and starts both servers. */
    public static Pair start(Path folder, StoreKind kind) {
        return start(folder, kind, node -> {}, false);
    }

    /** The same with nodes that are configured before their first start. */
    public static Pair start(Path folder, StoreKind kind, Consumer<TestNode> configuration) {
        return start(folder, kind, configuration, false);
    }

    /** The same with a link without TLS, whose line understands the frames. */
    public static Pair startInsecure(Path folder, StoreKind kind) {
        return start(folder, kind, node -> {}, true);
    }

    /** The same with the memory that every user's node has: to see what it can carry. */
    public static Pair startWithMemoryAsDelivered(Path folder, StoreKind kind) {
        return start(folder, kind, TestNode::hasMemoryAsDelivered, false);
    }

    /** The same with a slave that listens for a Java debugger. */
    public static Pair startWithSlaveForDebugger(Path folder, StoreKind kind) {
        return start(folder, kind, node -> {}, false, TestNode::startForDebugger);
    }

    /** The same with another WAR than the bundle's. */
    public static Pair startInsecure(Path folder, StoreKind kind, Path war) {
        return start(folder, kind, node -> node.runs(war), true);
    }

    /** The same as the first with another WAR than the bundle's, if one is given. */
    public static Pair start(Path folder, StoreKind kind, Path war) {
        return start(folder, kind, war == null ? node -> {} : node -> node.runs(war), false);
    }

    private static Pair start(Path folder, StoreKind kind, Consumer<TestNode> configuration, boolean insecure) {
        return start(folder, kind, configuration, insecure, TestNode::start);
    }

    private static Pair start(
            Path folder,
            StoreKind kind,
            Consumer<TestNode> configuration,
            boolean insecure,
            Consumer<TestNode> slaveStart) {
        NodeHomes homes = new NodeHomes(folder);
        TestNode master = TestNode.create(homes, "prod", kind);
        TestNode slave = TestNode.create(homes, "standby", kind);
        configuration.accept(master);
        configuration.accept(slave);
        if (!insecure) {
            master.trust(slave);
            slave.trust(master);
        }
        int slavePort = Ports.free(Set.of(
                master.home().httpPort(),
                master.home().jmxPort(),
                slave.home().httpPort(),
                slave.home().jmxPort()));
        Set<Integer> taken = Set.of(slavePort);
        FaultProxy line = insecure ? FaultProxy.ofFrames(slavePort, taken) : FaultProxy.to(slavePort, taken);
        String security = insecure ? " insecure=on" : "";
        Pair pair = new Pair(master, slave, line, slavePort);
        try {
            both(master::start, () -> slaveStart.accept(slave));
            done(slave.control().node().setup(SLAVE, "type=slave port=" + slavePort + security));
            String call = "type=master host=127.0.0.1 port=" + line.port();
            done(master.control().node().setup(MASTER, call + security));
            done(slave.control().server(SLAVE).start());
            done(master.control().server(MASTER).start());
            return pair;
        } catch (RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    /** Does two things at the same time. */
    public static void both(Runnable one, Runnable other) {
        CompletableFuture.allOf(CompletableFuture.runAsync(one), CompletableFuture.runAsync(other))
                .join();
    }

    private static void done(OperationReceipt receipt) {
        if (receipt.outcome() != OperationReceipt.Outcome.DONE) {
            throw new IllegalStateException(receipt.message());
        }
    }

    /** The node where writers are. */
    public TestNode master() {
        return master;
    }

    /** Its standby. */
    public TestNode slave() {
        return slave;
    }

    /** What is between them. */
    public FaultProxy line() {
        return line;
    }

    /** Where the slave server listens, without the line. */
    public int slavePort() {
        return slavePort;
    }

    /** The master server. */
    public ServerMXBean masterServer() {
        return master.control().server(MASTER);
    }

    /** The slave server. */
    public ServerMXBean slaveServer() {
        return slave.control().server(slaveName);
    }

    /** The slave server's name: at first {@link #SLAVE}, after a change of roles {@link #MASTER}, as it was before. */
    public String slaveName() {
        return slaveName;
    }

    /**
     * The slave was promoted and the old master is its slave now, by the server {@link #MASTER} that was the master's: from
     * here on a new line that understands frames is between them, and nothing calls it yet.
     *
     * @param newSlavePort where the rejoined server listens
     */
    public void changeRoles(int newSlavePort) {
        TestNode oldMaster = master;
        master = slave;
        slave = oldMaster;
        slaveName = MASTER;
        slavePort = newSlavePort;
        line.close();
        line = FaultProxy.ofFrames(newSlavePort, Set.of(newSlavePort));
    }

    /** Waits until everything that is committed on the master is acknowledged by the slave. */
    public void awaitAcknowledged(long seconds) {
        awaitAcknowledged(masterServer(), seconds);
    }

    /** Waits until everything that is committed is acknowledged to this master server. */
    public static void awaitAcknowledged(ServerMXBean master, long seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (master.getLagTransactions() > 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not acknowledged after " + seconds + " s: " + master.getLagTransactions()
                        + " transactions; " + master.status(5));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** A file's image, read item by item over REST: id to body. */
    public static Map<String, byte[]> image(TestNode node, FilePath file) {
        Map<String, byte[]> image = new TreeMap<>();
        node.rest().items(file, (id, body) -> image.put(id.toString(), body));
        return image;
    }

    @Override
    public void close() {
        line.close();
        both(master::close, slave::close);
    }
}
