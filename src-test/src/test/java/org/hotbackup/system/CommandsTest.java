package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.node.Bundle;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a shell runs them, on a node that has a master server and a slave server. */
@Tag("system")
@Timeout(180)
class CommandsTest {

    private static final FilePath FILE = FilePath.data("sales", "orders");
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    static Path homes;

    private static TestNode node;
    private static int slavePort;
    private static int otherPort;

    /** What a command answered. */
    private record Answer(int status, String text) {}

    @BeforeAll
    static void start() {
        node = TestNode.create(new NodeHomes(homes), "both", StoreKind.H2);
        TestNode peer = TestNode.create(new NodeHomes(homes.resolve("elsewhere")), "peer", StoreKind.H2);
        node.trust(peer);
        slavePort = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort()));
        otherPort = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort(), slavePort));
        node.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void leaveNoServer() {
        for (String server : node.control().node().getServerNames()) {
            node.control().server(server).stop(server);
            node.control().node().deleteServer(server, server, "a test");
        }
        assertThat(node.control().node().getServerNames()).isEmpty();
    }

    private static Answer hotBackup(String... words) throws IOException, InterruptedException {
        Process process = begin(homes, words);
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text.strip());
    }

    private static Process begin(Path homes, String... words) throws IOException {
        Path bundle = Bundle.ofSystem().folder().toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dhotbackup.bundle=" + bundle,
                "-cp",
                bundle.resolve("cli") + "/*",
                "org.hotbackup.cli.Main"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOTBACKUP_HOME", homes.toString());
        return builder.start();
    }

    private static String done(String... words) throws IOException, InterruptedException {
        Answer answer = hotBackup(words);
        assertThat(answer.status()).as(answer.text()).isZero();
        return answer.text();
    }

    private static String refused(String... words) throws IOException, InterruptedException {
        Answer answer = hotBackup(words);
        assertThat(answer.status()).as(answer.text()).isEqualTo(1);
        return answer.text();
    }

    private static void setUpMaster(String name, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("setup", "server=" + name, "type=master", "host=127.0.0.1", "port=" + otherPort));
        words.addAll(List.of(more));
        done(words.toArray(String[]::new));
    }

    private static void setUpSlave(String name) throws IOException, InterruptedException {
        done("setup", "server=" + name, "type=slave", "port=" + slavePort);
    }

    @Test
    @Tag("HB-054")
    @Tag("HB-061")
    @Tag("HB-093")
    void shouldMakeANewServerAndChangeOneThatThereIs() throws Exception {
        setUpMaster("todev", "comments=the first one");

        assertThat(done("show").lines().map(line -> line.replaceAll("\\s+", " ")))
                .contains("Server name todev", "Server type master", "Protocol inet", "Comments the first one");

        setUpMaster("todev", "comments=changed", "check-period=7");

        assertThat(done("show").lines().map(line -> line.replaceAll("\\s+", " ")))
                .contains("Server name todev", "Check period 7", "Comments changed");
        assertThat(node.control().node().getServerNames()).containsExactly("todev");
        assertThat(refused("setup", "server=todev", "type=master", "host=a", "port=" + otherPort, "protocol=unix"))
                .contains("The protocol is inet and cannot be modified");
        assertThat(done("show")).contains("changed");
    }

    @Test
    @Tag("HB-147")
    void shouldNameTheTcpPortThatASlaveServerCannotListenOn() throws Exception {
        setUpSlave("fromprod");
        ServerMXBean slave = node.control().server("fromprod");

        try (ServerSocket somebody = new ServerSocket(slavePort, 1, InetAddress.getLoopbackAddress())) {
            OperationReceipt receipt = slave.start();

            assertThat(receipt.outcome()).isNotEqualTo(OperationReceipt.Outcome.DONE);
            assertThat(receipt.message())
                    .startsWith("FAILED: Server 'fromprod' encountered an error and stopped")
                    .contains("BIND: TCP port " + somebody.getLocalPort() + " cannot be listened on")
                    .doesNotContain("\n");
            assertThat(slave.isRunning()).isFalse();
        }
        OperationReceipt afterwards = slave.start();

        assertThat(afterwards.outcome()).as(afterwards.message()).isEqualTo(OperationReceipt.Outcome.DONE);
    }

    /** With a terminal of the system's own: what is typed there goes through its line discipline and ours. */
    @Test
    @Tag("HB-062")
    void shouldAskAtATerminalForWhatToSetUp() throws Exception {
        Answer unasked = hotBackup("setup", "server=fromprod");
        assertThat(unasked.text()).contains("Nothing says what to set up");
        assertThat(unasked.status()).as("the command line is wrong").isEqualTo(2);
        assertThat(atATerminal("setup fromprod", "slave\r" + slavePort + "\r\r\r\r\r\rq\r"))
                .contains("Protocol: inet", "Confirm (y/n/q)", "The setup was abandoned; nothing was changed.");
        assertThat(node.control().node().getServerNames()).isEmpty();

        // one digit is refused, and the field is asked for once more, empty
        String port = Integer.toString(slavePort);
        assertThat(atATerminal(
                        "setup fromprod",
                        "slave\r" + port.charAt(0) + "\r" + port + "\r\r\r\r\r\rn\r\r\r\r\r\r\r by hand\ry\r"))
                .contains("TCP port number", "a number from 1024 to 32767");
        assertThat(node.control().server("fromprod").show().lines().map(line -> line.replaceAll("\\s+", " ")))
                .contains("Server type slave", "TCP port number " + slavePort, "Comments by hand");
    }

    private static String atATerminal(String words, String typed) throws IOException {
        Path bundle = Bundle.ofSystem().folder().toAbsolutePath();
        String command = Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:TieredStopAtLevel=1 -cp '"
                + bundle + "/cli/*' org.hotbackup.cli.Main " + words;
        ProcessBuilder builder = new ProcessBuilder("script", "-qec", command, "/dev/null").redirectErrorStream(true);
        builder.environment().put("HOTBACKUP_HOME", homes.toString());
        builder.environment().put("TERM", "xterm");
        Process process = builder.start();
        process.getOutputStream().write(typed.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        try {
            process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @Tag("HB-094")
    void shouldDeleteADefinitionOnlyAfterAConfirmation() throws Exception {
        setUpMaster("todev");
        setUpSlave("fromprod");

        assertThat(hotBackup("delete", "server=todev").status()).isEqualTo(2);
        assertThat(refused("delete", "server=todev", "--confirm", "fromprod", "--reason", "a test"))
                .contains("give the name 'todev'");
        assertThat(node.control().node().getServerNames()).containsExactly("fromprod", "todev");

        done("delete", "server=todev", "--confirm", "todev", "--reason", "a test");

        assertThat(node.control().node().getServerNames()).containsExactly("fromprod");
    }

    @Test
    void shouldCloseTheNodeForUpdatesAndOpenItAgain() throws Exception {
        assertThat(done("updates", "status")).contains("'both'", "is open for updates", "Epoch 1");
        assertThat(refused("updates", "close", "--confirm", "other", "--reason", "a save"))
                .contains("give the name 'both'");
        assertThat(refused("updates", "open", "--confirm", "both", "--reason", "a save"))
                .contains("is open for updates already");

        done("updates", "close", "--confirm", "both", "--reason", "a save");

        assertThat(done("updates", "status")).contains("is closed for updates, closed by local: a save");
        assertThatThrownBy(() -> node.rest().createAccount("refused", DPointer.of("DL", 1)))
                .hasMessageContaining("This node is closed for updates, closed by local: a save");
        setUpMaster("todev");

        done("updates", "open", "--confirm", "both", "--reason", "saved");

        node.rest().createAccount("taken", DPointer.of("DL", 1));
        assertThat(done("status")).contains("Node 'both' is opened for updates by local: saved");
    }

    @Test
    void shouldSayWhatCannotBePromotedBroughtBackOrMadeEqual() throws Exception {
        setUpMaster("todev");
        setUpSlave("fromprod");

        assertThat(refused("promote", "server=todev", "--confirm", "todev", "--reason", "test"))
                .contains("applies only to Slave servers");
        assertThat(refused("promote", "server=fromprod", "--confirm", "fromprod", "--reason", "test"))
                .contains("'fromprod' has never applied anything of a master");
        assertThat(refused("rejoin", "server=todev", "--list"))
                .contains("No promoted slave has told master server 'todev'");
        Answer withoutPort =
                hotBackup("rejoin", "server=todev", "keep=yes", "--confirm", "todev", "--reason", "a test");
        assertThat(withoutPort.status()).as(withoutPort.text()).isEqualTo(2);
        assertThat(withoutPort.text()).contains("give port=PORT");
        assertThat(refused(
                        "rejoin",
                        "server=todev",
                        "keep=perhaps",
                        "port=2000",
                        "--confirm",
                        "todev",
                        "--reason",
                        "a test"))
                .contains("give keep=yes, and what");
        assertThat(refused(
                        "rejoin",
                        "server=fromprod",
                        "keep=no",
                        "port=2000",
                        "--confirm",
                        "fromprod",
                        "--reason",
                        "a test"))
                .contains("applies only to Master servers");
        assertThat(refused("resync", "server=todev", "--confirm", "other", "--reason", "a test"))
                .contains("give the name 'todev'");
        assertThat(refused("resync", "server=todev", "share=0", "--confirm", "todev", "--reason", "a test"))
                .contains("a percentage from 1 to 100");
    }

    @Test
    @Tag("HB-010")
    @Tag("HB-090")
    @Tag("HB-130")
    void shouldImplyTheOnlyServer() throws Exception {
        setUpMaster("todev");

        done("start");
        assertThat(node.control().server("todev").isRunning()).isTrue();
        assertThat(done("queue")).contains("frames in queue");
        done("stop");
        assertThat(node.control().server("todev").isRunning()).isFalse();

        List<String> messages = done("status").lines().toList();
        assertThat(messages.get(0)).endsWith("Server 'todev' stopped");
        assertThat(messages.get(messages.size() - 1)).endsWith("Server 'todev' is set up");
        assertThat(messages).anyMatch(line -> line.endsWith("Server 'todev' started"));
        assertThat(messages).isSortedAccordingTo((a, b) -> b.split(" ")[0].compareTo(a.split(" ")[0]));
    }

    @Test
    @Tag("HB-130")
    @Tag("HB-132")
    @Tag("HB-185")
    void shouldTellTheServersOfASystemThatIsBothApartByTheirNames() throws Exception {
        setUpMaster("todev");
        setUpMaster("tosafe");
        setUpSlave("fromprod");

        for (String verb : new String[] {"start", "stop", "status", "queue"}) {
            assertThat(refused(verb)).contains("several servers (fromprod, todev, tosafe)");
        }
        assertThat(refused("verify", "status")).contains("several servers (todev, tosafe)");
        done("start", "server=todev");
        assertThat(running()).containsExactly("todev");
        done("start", "server=fromprod");
        assertThat(running()).containsExactly("fromprod", "todev");

        assertThat(done("status", "server=todev")).contains("'todev'").doesNotContain("'fromprod'");
        assertThat(done("status", "server=fromprod")).contains("'fromprod'").doesNotContain("'todev'");
        assertThat(done("queue", "server=todev")).contains("frames in queue");
        assertThat(node.control().server("todev").getServerType()).isEqualTo("Master");
        assertThat(node.control().server("fromprod").getServerType()).isEqualTo("Slave");

        done("stop", "server=todev");
        assertThat(running()).containsExactly("fromprod");
    }

    @Test
    @Tag("HB-170")
    void shouldKeepItsRecordsInFilesThatAnyoneCanRead() throws Exception {
        setUpMaster("todev");
        setUpSlave("fromprod");

        Map<String, byte[]> records = Pair.image(node, FilePath.data("dm", "hb.log"));
        assertThat(records).containsOnlyKeys("fromprod", "todev");
        assertThat(DynamicArray.of(records.get("todev")).extract(1)).isEqualTo("master");
        assertThat(DynamicArray.of(records.get("fromprod")).extract(3)).isEqualTo(Integer.toString(slavePort));
        assertThat(node.control().node().listFiles("dm", "", 1000))
                .contains("dm,hb.log,log", "dm,hb.log,lost+found", "dm,hb.log,apply");
        await(() -> Pair.image(node, FilePath.data("dm", "hb.log", "log")).values().stream()
                .map(DynamicArray::of)
                .anyMatch(message -> message.extract(3).equals("Server 'fromprod' is set up")));
    }

    /** A Q-pointer is an item of a master dictionary; a D-pointer there is changed with its file, and dm's are the system's. */
    @Test
    void shouldReadAndWriteTheItemsOfAMasterDictionary() throws Exception {
        node.rest().createAccount("pointers", DPointer.of("DL", 1));
        node.rest().createFile(FilePath.data("pointers", "orders"), DPointer.of("DL", 1));
        Path pointer =
                Files.write(homes.resolve("pointer"), "Q\u00FE\u00FEorders".getBytes(StandardCharsets.ISO_8859_1));
        Path copy = homes.resolve("pointer-copy");

        done("item", "put", "pointers,,", "sales", "--file", pointer.toString());
        done("item", "get", "pointers,,", "sales", "--out", copy.toString());
        assertThat(copy).hasSameBinaryContentAs(pointer);
        assertThat(done("item", "list", "pointers,,")).contains("sales");
        assertThat(refused("item", "put", "pointers,,", "orders", "--file", pointer.toString()))
                .contains("is the name of a file");
        assertThat(refused("item", "put", "dm,,", "sales", "--file", pointer.toString()))
                .contains("belongs to the system");
    }

    /** Two servers whose queues grow alike, and only one of them looks. */
    @Test
    @Tag("HB-056")
    @Tag("SUB-12")
    void shouldCheckNothingWithACheckPeriodOfNought() throws Exception {
        setUpMaster("looks", "check-period=1");
        setUpMaster("rests", "check-period=0");
        node.rest().createAccount("sales", DPointer.of("DL", 7));
        node.rest().createFile(FILE, DPointer.of("DL", 7));
        done("start", "server=rests");
        done("start", "server=looks");

        for (int growth = 1; growth <= 2; growth++) {
            node.rest().write(FILE, ItemId.of("large"), new byte[400_000]);
            long expected = growth;
            await(() -> growths(node.control().server("looks")) == expected);
        }

        assertThat(growths(node.control().server("rests"))).isZero();
        assertThat(node.control().server("rests").isRunning()).isTrue();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("what was waited for came in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static long growths(ServerMXBean server) {
        return server.status(200)
                .lines()
                .filter(line -> line.contains("Transaction queue has grown"))
                .count();
    }

    private static List<String> running() {
        return node.control().node().getServerNames().stream()
                .filter(name -> node.control().server(name).isRunning())
                .toList();
    }

    @Test
    void shouldWriteWhatSupportNeedsIntoANewFileOnly() throws Exception {
        setUpMaster("todev");
        Path file = homes.resolve("both.zip");

        assertThat(hotBackup("diagnose", "--bundle", file.toString()).text())
                .endsWith(MessageCode.BUNDLE_WRITTEN.text("both", file));

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .contains("diagnosis.txt", "settings.txt", "servers/todev.txt", "permanent-log.txt", "node.log");
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text).as(entry.getName()).doesNotContain(node.home().localSecret());
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        byte[] before = Files.readAllBytes(file);
        assertThat(refused("diagnose", "--bundle", file.toString())).isEqualTo(MessageCode.FILE_THERE.text(file));
        assertThat(file).hasBinaryContent(before);
    }

    /** Ctrl-C while the nodes start: it named the log of a node, which it deleted, and left what was just being started. */
    @Test
    void shouldEndADemoWhoseNodesAreStillStarting() throws IOException, InterruptedException {
        Path own = Files.createDirectory(homes.resolve("of-demo"));
        Process demo = begin(own, "demo", "--items", "1");
        String said;
        try (BufferedReader lines = demo.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("Starting nodes prod and standby");
            demo.toHandle().destroy();
            said = lines.lines().collect(Collectors.joining("\n"));
        }

        assertThat(demo.waitFor()).isNotZero();
        assertThat(said).doesNotContain("node.log", "Exception");
        assertThat(own).isEmptyDirectory();
        assertThat(ProcessHandle.allProcesses().filter(process -> process.info()
                        .arguments()
                        .filter(words -> String.join(" ", words).contains(own.toString()))
                        .isPresent()))
                .isEmpty();
    }
}
