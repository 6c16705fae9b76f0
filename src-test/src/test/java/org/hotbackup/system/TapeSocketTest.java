package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.system.Orders.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.FaultProxy;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real nodes carry tapes from a pipe to a pipe, set up and driven by the command. Ordinary programs sit at both pipes; the one
 * that reads stops in the middle until it is let go on, and meanwhile the line is cut and the nodes are killed.
 */
@Tag("system")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TapeSocketTest {

    private static final int TAPE_BYTES = 40_000_123;
    private static final long LARGE_TAPE_BYTES = 300L << 20;
    private static final int READ_FIRST = 3_000_000;

    @TempDir
    static Path folder;

    private static TestNode main;
    private static TestNode backup;
    private static FaultProxy line;
    private static Path from;
    private static Path to;
    private static Path tape;

    private int tapes;

    @BeforeAll
    static void start() throws IOException {
        NodeHomes homes = new NodeHomes(folder);
        main = TestNode.create(homes, "main", StoreKind.H2);
        backup = TestNode.createVmrest(homes, "vmrest");
        main.trust(backup);
        backup.trust(main);
        int port = Ports.free(Set.of(
                main.home().httpPort(),
                main.home().jmxPort(),
                backup.home().httpPort(),
                backup.home().jmxPort()));
        line = FaultProxy.to(port, Set.of(port));
        Pair.both(main::start, backup::start);
        from = main.home().folder().resolve("pipes/out");
        to = backup.home().folder().resolve("pipes/in");
        done("vmrest", "setup", "server=srest", "direction=input", "port=" + port, "pipe=in");
        done(
                "main",
                "setup",
                "server=ssave",
                "direction=output",
                "host=127.0.0.1",
                "port=" + line.port(),
                "pipe=out",
                "block-size=512");
        done("vmrest", "startreceive");
        done("main", "ss", "server=ssave");
        tape = folder.resolve("tape");
        byte[] bytes = new byte[TAPE_BYTES];
        new Random(5).nextBytes(bytes);
        Files.write(tape, bytes);
    }

    @AfterAll
    static void stop() {
        Stream.of(main, backup).forEach(TestNode::close);
        line.close();
    }

    private static List<String> tapeSocket(String node, int status, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(1, List.of("--node", node));
        try (Command command = Command.startTapeSocket(folder, all.toArray(String[]::new))) {
            List<String> lines = command.lines(60);
            assertThat(command.status()).as(String.join("\n", lines)).isEqualTo(status);
            return lines;
        }
    }

    private static List<String> done(String node, String... words) {
        return tapeSocket(node, 0, words);
    }

    private Path arrived() {
        return folder.resolve("arrived" + tapes);
    }

    private static Process shell(String script, Object... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("sh", "-c", script));
        Stream.of(words).map(Object::toString).forEach(all::add);
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A program that reads the pipe to its end, but for a while stops in the middle. */
    private Process reads(Path goOn) throws IOException {
        return shell(
                "{ head -c $3; while [ ! -e \"$2\" ]; do sleep 0.1; done; exec cat; } < \"$0\" > \"$1\"",
                to,
                arrived(),
                goOn,
                READ_FIRST);
    }

    private void middle() {
        await("the middle", () -> size(arrived()) == READ_FIRST);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shouldArrive(Process writer, Process reader) throws Exception {
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).as("the writer ended").isTrue();
        assertThat(reader.waitFor(60, TimeUnit.SECONDS)).as("the reader ended").isTrue();
        assertThat(Files.mismatch(arrived(), tape)).as("where they differ").isEqualTo(-1);
        assertThat(writer.exitValue()).isZero();
        await("carried", () -> main.control().tapeServer("ssave").getTapesTotal() > 0);
    }

    @Test
    @Order(1)
    @Tag("TS-002")
    void shouldCarryWhatAProgramWrites() throws Exception {
        tapes = 1;
        Path goOn = Files.createFile(folder.resolve("go1"));
        Process reader = reads(goOn);
        shouldArrive(shell("exec dd if=\"$0\" of=\"$1\" bs=4096", tape, from), reader);
        assertThat(done("main", "query", "server=ssave")).contains("Status Idle");
        assertThat(String.join("\n", done("main", "status", "server=ssave"))).contains("Seen from here the clock");
        assertThat(done("main", "check", "server=ssave"))
                .singleElement()
                .asString()
                .startsWith("Input server srest");
    }

    /** Each would have some of its blocks. */
    @Test
    @Order(1)
    @Tag("TS-002")
    void shouldGiveAPipeToOneServerOnly() {
        NodeConnection control = main.control();
        String settings = "direction=output host=127.0.0.1 port=" + line.port() + " pipe=" + from;
        assertThat(control.tapeSocket().setup("second", settings).outcome()).isEqualTo(Outcome.DONE);
        assertThat(control.tapeServer("second").start("").message()).contains("Server 'ssave' has pipe " + from);
        assertThat(control.tapeServer("second").isRunning()).isFalse();
        assertThat(control.tapeSocket().deleteServer("second", "second", "test").outcome())
                .isEqualTo(Outcome.DONE);
    }

    @Test
    @Order(2)
    @Tag("TS-002")
    @Tag("FAULT-F20")
    void shouldTakeACutForNoEndOfTape() throws Exception {
        tapes = 2;
        Path goOn = folder.resolve("go2");
        Process reader = reads(goOn);
        Process writer = shell("exec dd if=\"$0\" of=\"$1\" bs=4096", tape, from);
        middle();
        for (TestNode node : List.of(main, backup)) {
            await("it is said who is waited for", () -> query(node).contains("Blocks that wait until"));
        }
        line.cut();
        await(
                "it is noticed",
                () -> main.control().tapeServer("ssave").getPeer().isEmpty());
        Files.createFile(goOn);
        await(
                "what had arrived is written",
                () -> backup.control().tapeServer("srest").getWrittenBlock()
                        == backup.control().tapeServer("srest").getCurrentBlock());
        assertThat(reader.isAlive()).isTrue();
        line.mend();
        shouldArrive(writer, reader);
    }

    private static String query(TestNode node) {
        return node.control().tapeServer(node.equals(main) ? "ssave" : "srest").query();
    }

    @Test
    @Order(3)
    @Tag("TS-002")
    @Tag("FAULT-F20")
    void shouldSurviveThatBothNodesAreKilled() throws Exception {
        tapes = 3;
        Path goOn = folder.resolve("go3");
        Process reader = reads(goOn);
        Process writer = shell("exec dd if=\"$0\" of=\"$1\" bs=4096", tape, from);
        middle();
        main.kill();
        main.start();
        backup.kill();
        Files.createFile(goOn);
        main.kill();
        Pair.both(main::start, backup::start);
        shouldArrive(writer, reader);
    }

    @Test
    @Order(4)
    @Tag("TS-006")
    @Tag("TS-009")
    void shouldKeepATapeOverAStopIfItIsAskedTo() throws Exception {
        tapes = 4;
        Path goOn = folder.resolve("go4");
        Process reader = reads(goOn);
        Process writer = shell("exec dd if=\"$0\" of=\"$1\" bs=4096", tape, from);
        middle();
        done("main", "stop", "server=ssave", "(q");
        done("vmrest", "sto", "server=srest", "-q");
        assertThat(done("main", "sta", "(r")).containsExactly("No tape-socket server of this node runs");
        done("vmrest", "sr", "server=.", "(c");
        done("main", "startall", "(cs");
        Files.createFile(goOn);
        shouldArrive(writer, reader);
    }

    @Test
    @Order(5)
    @Tag("TS-002")
    void shouldCarryHundredsOfMegabytesWithTheSmallHeapOfVmrest() throws Exception {
        tapes = 5;
        Process reader = shell("exec sha256sum < \"$0\" > \"$1\"", to, arrived());
        Process writer = shell("exec dd if=/dev/zero of=\"$0\" bs=64k count=" + LARGE_TAPE_BYTES / (64 << 10), from);
        assertThat(reader.waitFor(300, TimeUnit.SECONDS)).as("the reader ended").isTrue();
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        MessageDigest sum = MessageDigest.getInstance("SHA-256");
        for (long bytes = 0; bytes < LARGE_TAPE_BYTES; bytes += 64 << 10) {
            sum.update(new byte[64 << 10]);
        }
        assertThat(Files.readString(arrived())).startsWith(HexFormat.of().formatHex(sum.digest()));
        assertThat(heapOfVmrest()).isLessThanOrEqualTo(128L << 20);
        assertThat(backup.control()
                        .node()
                        .setup("fromprod", "type=slave port=" + Ports.free(Set.of()))
                        .messageId())
                .isEqualTo(MessageCode.VMREST_HAS_TAPES_ONLY.id());
    }

    private static long heapOfVmrest() throws IOException {
        Map<String, Object> asLocalUser = Map.of(
                JMXConnector.CREDENTIALS, new String[] {"local", backup.home().localSecret()});
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(backup.home().jmxUrl()), asLocalUser)) {
            return ManagementFactory.newPlatformMXBeanProxy(
                            connector.getMBeanServerConnection(),
                            ManagementFactory.MEMORY_MXBEAN_NAME,
                            MemoryMXBean.class)
                    .getHeapMemoryUsage()
                    .getMax();
        }
    }

    @Test
    @Order(6)
    @Tag("TS-004")
    @Tag("TS-009")
    @Tag("HB-171")
    void shouldGiveUpATapeAndStopBothServersFromTheSender() throws Exception {
        Process writer = shell("exec dd if=/dev/zero of=\"$0\" bs=4096", from);
        await("it flows", () -> main.control().tapeServer("ssave").getCurrentBlock() > 0);
        assertThat(tapeSocket("main", 2, "stop", "server=ssave"))
                .first()
                .asString()
                .contains("is not confirmed");
        done("main", "stop", "server=ssave", "-q");
        done("vmrest", "stop", "server=srest", "-q");
        assertThat(done("main", "drain", "server=ssave", "-q")).isEmpty();
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        done("vmrest", "start", "server=srest");
        done("main", "start", "server=ssave");
        done("main", "shutdown", "server=ssave", "-q");
        await(
                "both stop",
                () -> !main.control().tapeServer("ssave").isRunning()
                        && !backup.control().tapeServer("srest").isRunning());
        List<String> jobs = main.control()
                .node()
                .listJobs(100)
                .lines()
                .filter(job -> job.endsWith("tape-socket start server=ssave"))
                .toList();
        assertThat(jobs.get(0)).as("stopped by itself").contains(" c  PIB ");
        assertThat(jobs).as("killed with its node").anyMatch(job -> job.contains(" e  PIB "));
    }
}
