package org.hotbackup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.demo.WorldData;
import org.hotbackup.demo.WorldLoader;
import org.hotbackup.model.FilePath;
import org.hotbackup.node.Bundle;
import org.hotbackup.node.Folders;
import org.hotbackup.node.NodeCreation;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;
import org.hotbackup.node.Ports;
import org.hotbackup.node.TrustedPeer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The demo: two nodes, the server pair of the manual's examples, real data, and the proof of equality. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Starts two nodes, prod and standby, loads real data into prod while the pair runs, and compares both "
                        + "images. Stays up until Ctrl-C.")
final class DemoCommand implements Callable<Integer> {

    private static final int MOST_FILES = 1_000;
    private static final String MASTER = "todev";
    private static final String SLAVE = "fromprod";
    private static final long PROGRESS_MILLIS = 1_000;
    private static final long QUIET_PATIENCE_SECONDS = 600;

    @Option(
            names = "--once",
            description = "Stops both nodes at the end; exit status 0 only if the images are identical.")
    boolean once;

    @Option(
            names = "--items",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "At most N items of each file.")
    long items;

    @Option(names = "--keep", description = "Keeps the homes of both nodes.")
    boolean keep;

    @Spec
    CommandSpec spec;

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private volatile boolean stopping;

    /** Of both nodes, as long as they are started. */
    private volatile List<CompletableFuture<Void>> starts = List.of();

    private Output output() {
        return Output.of(spec);
    }

    private void say(String line) {
        output().say(line);
    }

    /** What both nodes hold of a file. */
    private record Compared(FileDigest prod, FileDigest standby) {

        boolean isSame() {
            return prod.equals(standby);
        }
    }

    /** The proof. */
    private record Proof(boolean identical, List<Compared> files) {}

    @Override
    public Integer call() throws Exception {
        if (items < 1) {
            throw new Refusal(MessageCode.SETTING_OUT_OF_RANGE, "--items", items, "a number from 1 on");
        }
        NodeHomes homes = homes();
        for (String name : List.of("prod", "standby")) {
            if (Files.exists(homes.at(name).folder())) {
                throw new Refusal(
                        MessageCode.DEMO_NODE_EXISTS,
                        name,
                        homes.at(name).folder().getParent());
            }
        }
        NodeHome prod =
                NodeCreation.create(homes, "prod", NodeCreation.Choices.NONE).home();
        NodeCreation.Created created = NodeCreation.create(homes, "standby", NodeCreation.Choices.NONE);
        NodeHome standby = created.home();
        Thread cleanUp = new Thread(() -> cleanUp(homes, prod, standby), "demo clean-up");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        try {
            startBoth(prod, standby);
            int port = Ports.free(Set.of(prod.httpPort(), prod.jmxPort(), standby.httpPort(), standby.jmxPort()));
            boolean identical;
            try (NodeConnections nodes = new NodeConnections(prod, standby)) {
                setUp(nodes, port);
                load(nodes, prod);
                identical = compare(nodes);
            }
            if (!once) {
                whereToLook(homes, prod, standby);
                interrupted.await();
            }
            return identical ? HotBackup.DONE : HotBackup.REFUSED;
        } catch (RuntimeException e) {
            // what fails because its nodes are being deleted says nothing to whoever ended it
            throw stopping ? new Refusal(MessageCode.DEMO_INTERRUPTED) : e;
        } finally {
            if (!stopping) {
                Runtime.getRuntime().removeShutdownHook(cleanUp);
                cleanUp.run();
            }
        }
    }

    private static NodeHomes homes() throws IOException {
        return System.getenv("HOTBACKUP_HOME") == null
                ? new NodeHomes(Files.createTempDirectory("hot-backup-demo"))
                : NodeHomes.ofEnvironment();
    }

    private void startBoth(NodeHome prod, NodeHome standby) {
        TrustedPeer.trust(prod, standby.name(), standby.certificate());
        TrustedPeer.trust(standby, prod.name(), prod.certificate());
        say("Starting nodes prod and standby");
        begin(List.of(prod, standby));
        try {
            CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            // the sentence may name a log that is in one of the homes
            keep |= !stopping;
            throw e.getCause() instanceof Refusal refusal ? refusal : e;
        }
    }

    /** Who ends the demo waits for all that was begun, and nothing is begun after that. */
    private synchronized void begin(List<NodeHome> homes) {
        if (!stopping) {
            starts = homes.stream()
                    .map(home -> CompletableFuture.runAsync(() -> start(home)))
                    .toList();
        }
    }

    private synchronized void end() {
        stopping = true;
    }

    private void start(NodeHome home) {
        if (!stopping) {
            new NodeProcess(home).start(Bundle.ofSystem(), text -> {});
            say(MessageCode.NODE_IS_RUNNING.text(home.name(), home.webUrl()));
        }
    }

    private void setUp(NodeConnections nodes, int port) {
        answer(nodes.slave().node().setup(SLAVE, "type=slave port=" + port + " comments=\"the demo's standby\""));
        answer(nodes.master().node().setup(MASTER, "type=master host=127.0.0.1 port=" + port));
        answer(nodes.slave().server(SLAVE).start());
        answer(nodes.master().server(MASTER).start());
    }

    private void answer(OperationReceipt receipt) {
        if (receipt.outcome() == OperationReceipt.Outcome.REFUSED) {
            throw new Failed(receipt.message());
        }
        say(receipt.message());
    }

    /** Loads while the pair runs, shows progress, and returns when everything is acknowledged. */
    private void load(NodeConnections nodes, NodeHome prod) throws InterruptedException {
        WorldLoader loader = new WorldLoader(RestClient.of(prod), items, () -> !stopping);
        CompletableFuture<Void> loading = CompletableFuture.runAsync(() -> {
            try {
                loader.load();
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        long quietDeadline = 0;
        boolean acknowledged = false;
        while (!acknowledged) {
            TimeUnit.MILLISECONDS.sleep(PROGRESS_MILLIS);
            if (loading.isCompletedExceptionally()) {
                loading.join();
            }
            Progress progress = progress(nodes, loader.written());
            say(progress.line());
            if (loading.isDone()) {
                acknowledged = progress.quiet();
                quietDeadline = quietDeadline == 0
                        ? System.nanoTime() + TimeUnit.SECONDS.toNanos(QUIET_PATIENCE_SECONDS)
                        : quietDeadline;
                if (!acknowledged && System.nanoTime() > quietDeadline) {
                    throw new Failed("The pair is not quiet after " + QUIET_PATIENCE_SECONDS
                            + " seconds; see the last messages of both servers.");
                }
            }
        }
    }

    private record Progress(String line, boolean quiet) {}

    /** One line of figures; a node that is down for a moment is said to be, and looked at again. */
    private static Progress progress(NodeConnections nodes, long written) {
        try {
            ServerMXBean master = nodes.master().server(MASTER);
            ServerMXBean slave = nodes.slave().server(SLAVE);
            long lag = master.getLagTransactions();
            boolean quiet = lag == 0 && nodes.master().node().getLogEntriesPending() == 0;
            return new Progress(
                    String.format(
                            "%,9d items written  queue %,6d  sent %,6d  acknowledged %,6d  applied %,6d  lag %,d ms",
                            written,
                            nodes.master().transactionLogQueue().getDepth(),
                            master.getSentTotal(),
                            master.getAcknowledgedTotal(),
                            slave.getAppliedTotal(),
                            master.getLagMillis()),
                    quiet);
        } catch (RuntimeException e) {
            nodes.reconnect();
            return new Progress(String.format("%,9d items written  a node is not there", written), false);
        }
    }

    private boolean compare(NodeConnections nodes) {
        List<Compared> files = WorldData.files().stream()
                .map(file -> new Compared(nodes.master().node().digest(file.toString()), digestOfSlave(nodes, file)))
                .toList();
        boolean identical = files.stream().allMatch(Compared::isSame);
        output().answer(text(files), () -> new Proof(identical, files));
        return identical;
    }

    private static String text(List<Compared> files) {
        TextTable table = new TextTable("File", "Items", "Bytes", "SHA-256 on prod", "SHA-256 on standby", "");
        for (Compared file : files) {
            table.add(
                    file.prod().path(),
                    Long.toString(file.prod().items()),
                    Long.toString(file.prod().bytes()),
                    file.prod().sha256().substring(0, 16),
                    file.standby().sha256().isEmpty()
                            ? "-"
                            : file.standby().sha256().substring(0, 16),
                    file.isSame() ? "same" : "DIFFERENT");
        }
        String different = files.stream()
                .filter(file -> !file.isSame())
                .map(file -> "%s (%d items on prod, %d on standby)"
                        .formatted(
                                file.prod().path(),
                                file.prod().items(),
                                file.standby().items()))
                .collect(Collectors.joining(", "));
        long count = files.stream().mapToLong(file -> file.prod().items()).sum();
        return String.join(
                System.lineSeparator(),
                "",
                table.toString(),
                different.isEmpty()
                        ? "IDENTICAL: " + count + " items in " + files.size() + " files"
                        : "DIFFERENT: " + different);
    }

    private static FileDigest digestOfSlave(NodeConnections nodes, FilePath file) {
        return nodes.slave().node().listFiles(file.account(), "", MOST_FILES).contains(file.toString())
                ? nodes.slave().node().digest(file.toString())
                : new FileDigest(file.toString(), 0, 0, "");
    }

    private void whereToLook(NodeHomes homes, NodeHome prod, NodeHome standby) {
        say("");
        say("Where to look next, until Ctrl-C:");
        for (NodeHome home : List.of(prod, standby)) {
            say(String.format(
                    "  %-8s Faces page  %s  (user local, password %s)",
                    home.name(), home.webUrl(), home.localSecret()));
            say(String.format("  %-8s JMX         %s", "", home.jmxUrl()));
        }
        say(String.format("  HOTBACKUP_HOME=%s ./hot-backup statistics server=%s --node prod", homes.base(), MASTER));
        say(String.format("  HOTBACKUP_HOME=%s ./hot-backup queue server=%s --node prod", homes.base(), MASTER));
        say(String.format("  HOTBACKUP_HOME=%s ./hot-backup node kill standby; ... node start standby", homes.base()));
    }

    private void cleanUp(NodeHomes homes, NodeHome prod, NodeHome standby) {
        end();
        interrupted.countDown();
        List<NodeProcess> processes =
                Stream.of(prod, standby).map(NodeProcess::new).toList();
        stop(processes);
        // one of them may have come to be after it was looked for
        while (starts.stream().anyMatch(start -> !start.isDone())) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PROGRESS_MILLIS));
            stop(processes);
        }
        if (keep) {
            say(MessageCode.DEMO_KEPT.text(homes.base()));
        } else {
            List.of(prod, standby).forEach(home -> Folders.delete(home.folder()));
            if (System.getenv("HOTBACKUP_HOME") == null) {
                Folders.delete(homes.base());
            }
        }
    }

    private static void stop(List<NodeProcess> processes) {
        processes.parallelStream()
                .filter(process -> process.running().isPresent())
                .forEach(NodeProcess::stop);
    }

    /** Connections to both nodes, made again when one was lost. */
    private static final class NodeConnections implements AutoCloseable {

        private final NodeHome prod;
        private final NodeHome standby;
        private NodeConnection master;
        private NodeConnection slave;

        NodeConnections(NodeHome prod, NodeHome standby) {
            this.prod = prod;
            this.standby = standby;
        }

        NodeConnection master() {
            if (master == null) {
                master = NodeConnection.to(prod);
            }
            return master;
        }

        NodeConnection slave() {
            if (slave == null) {
                slave = NodeConnection.to(standby);
            }
            return slave;
        }

        void reconnect() {
            close();
            master = null;
            slave = null;
        }

        @Override
        public void close() {
            if (master != null) {
                master.close();
            }
            if (slave != null) {
                slave.close();
            }
        }
    }
}
