package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the records of servers say after a kill, and what becomes of one that nobody can read. */
@Tag("system")
class StaleRecordsTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final FilePath ORDERS = FilePath.data("sales", "orders");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    Path homes;

    private String out = "";

    @Test
    @Tag("HB-072")
    @Tag("SUB-17")
    @Tag("HB-073")
    @Tag("HB-141")
    @Tag("HB-142")
    @Tag("HB-147")
    @Tag("HB-148")
    @Tag("HB-153")
    @Tag("HB-171")
    @Tag("HB-185")
    void shouldFindOutWhatWasKilledAndStartItAgain() {
        try (TestNode node = node()) {
            int port = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort()));
            int nobodys = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort(), port));
            node.start();
            assertDone(node.control().node().setup("fromprod", "type=slave port=" + port));
            assertDone(node.control().node().setup("other", "type=slave port=" + port));
            assertDone(node.control().node().setup("todev", "type=master host=127.0.0.1 port=" + nobodys));
            assertDone(node.control().server("fromprod").start());
            assertDone(node.control().server("todev").start());

            assertThat(refused(node.control().server("other").start()))
                    .startsWith("FAILED: Server 'other' encountered an error and stopped: BIND: TCP port " + port);
            assertThat(node.control().server("other").isRunning()).isFalse();
            assertThat(node.control().server("fromprod").getStatus()).isEqualTo("Wait incoming call");
            awaitSaid(node.control().server("todev"), "Cannot call host '127.0.0.1:" + nobodys + "'. Errno=");
            assertThat(node.control().server("todev").getStatus()).isEqualTo("Wait response to call");

            long pid = new NodeProcess(node.home()).running().orElseThrow().pid();
            String query = node.control().server("fromprod").query();
            assertThat(query).startsWith("Server fromprod. PIB ").contains(" PID " + pid + ". Server type Slave.");
            String pib = query.replaceAll("(?s)Server fromprod\\. PIB ([0-9]+)\\..*", "$1");
            assertThat(refused(node.control().server("fromprod").start()))
                    .isEqualTo("WARNING: Server 'fromprod' is already running on PIB " + pib);
            assertThat(node.control().node().listJobs(10))
                    .containsPattern("r  PIB " + pib + " +PID " + pid + " +hot-backup start server=fromprod")
                    .containsPattern("e  PIB .*hot-backup start server=other");

            node.kill();
            node.start();

            ServerMXBean fromprod = node.control().server("fromprod");
            assertThat(fromprod.isRunning()).isTrue();
            assertThat(fromprod.status(50))
                    .contains("Not a phantom. Running on PIB " + pib + ". PID " + pid)
                    .contains("Terminated abormally");
            assertThat(node.control().server("todev").isRunning()).isTrue();
            assertThat(node.control().node().listJobs(20))
                    .containsPattern("e  PIB " + pib + " +PID " + pid + " +hot-backup start server=fromprod")
                    .containsPattern("r  PIB [0-9]+ +PID (?!" + pid + ")[0-9]+ +hot-backup start server=fromprod");

            assertThat(refused(fromprod.stop("todev"))).contains("To confirm, give the name 'fromprod'");
            assertDone(fromprod.stop("fromprod"));
            assertThat(fromprod.getStatus()).isEqualTo("Stopped");
            assertDone(fromprod.start());

            node.stop();
            node.start();
            assertThat(node.control().server("fromprod").isRunning()).isTrue();
            assertThat(node.control().server("fromprod").status(50))
                    .as("the one kill, not the stop in order")
                    .containsOnlyOnce("Terminated abormally");
            assertThat(node.control().node().listJobs(20)).containsPattern("l  PIB .*start server=fromprod");
        }
    }

    @Test
    @Tag("HB-054")
    @Tag("HB-059")
    @Tag("HB-074")
    @Tag("HB-076")
    @Tag("HB-094")
    @Tag("HB-130")
    @Tag("HB-132")
    @Tag("HB-143")
    @Tag("HB-144")
    @Tag("HB-145")
    @Tag("HB-148")
    @Tag("HB-154")
    void shouldRunWithARecordThatNobodyCanReadUntilItIsDeleted() throws Exception {
        try (TestNode node = node()) {
            int port = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort()));
            node.start();
            assertThat(run("setup", "server=fromprod", "type=slave", "port=" + port))
                    .isZero();
            assertThat(run("setup", "server=todev", "type=master", "host=127.0.0.1", "port=" + port))
                    .isZero();
            assertThat(run("start", "server=todev")).isZero();
            assertThat(out)
                    .contains("Notice from server 'todev'")
                    .contains("Waiting for server 'todev' to start")
                    .contains("Waiting for server 'todev' to initialize")
                    .endsWith("Server 'todev' started\n");
            node.rest().createAccount("sales", DPointer.of("DL", 1));
            node.rest().createFile(ORDERS, DPointer.of("DL", 7));
            node.stop();
            damageRecord(node, "fromprod");
            damageDefinition(node, ORDERS);
            node.start();

            assertThat(node.control().server("todev").status(50))
                    .as("at the node's start")
                    .containsPattern("Cannot read FOF item '[0-9]+'");
            assertThat(node.control().node().getServerNames()).containsExactly("fromprod", "todev");
            ServerMXBean damaged = node.control().server("fromprod");
            assertThat(damaged.getServerType()).isEqualTo("Unusable");
            assertThat(damaged.getStatus()).isEqualTo("Stopped");
            assertThat(damaged.getLastMessage()).contains("hot-backup delete hb.log fromprod");
            assertThat(refused(damaged.start())).isEqualTo(damaged.getLastMessage());
            assertThat(node.control().server("todev").isRunning()).isTrue();
            assertThat(run("start", "server=fromprod")).isEqualTo(1);
            assertThat(run("setup", "server=fromprod", "type=slave", "port=" + port))
                    .isEqualTo(1);

            assertThat(run("delete", "hb.log", "fromprod", "--confirm", "todev", "--reason", "a test"))
                    .isEqualTo(1);
            assertThat(out).contains("To confirm, give the name 'fromprod'");
            assertThat(run("delete", "hb.log", "fromprod", "--confirm", "fromprod", "--reason", "a test"))
                    .isZero();
            assertThat(run("delete", "hb.log", "todev", "--confirm", "todev", "--reason", "a test"))
                    .isEqualTo(1);
            assertThat(out).contains("WARNING: Server 'todev' is already running on PIB ");
            assertThat(node.control().node().getServerNames()).containsExactly("todev");

            assertThat(run("setup", "server=fromprod", "type=slave", "port=" + port))
                    .isZero();
            assertThat(run("start", "server=fromprod")).isZero();
            assertThat(run("show", "server=fromprod")).isZero();
            assertThat(out)
                    .contains("Server type        slave", "TCP port number    " + port, "Protocol           inet");
            assertThat(run("status", "server=fromprod", "--lines", "10")).isZero();
            assertThat(out)
                    .as("also at the slave server's start")
                    .contains("Server 'fromprod' started", "Updates are applied as they arrive")
                    .containsPattern("Cannot read FOF item '[0-9]+'");
            assertThat(run("queue", "server=todev")).isZero();
            assertThat(out)
                    .as("nobody calls the slave server from here")
                    .contains("2 frames in queue", "DL files logged", "File updates enqueued for all processes")
                    .contains("Create account 'sales'");
            assertThat(run("list-jobs")).isZero();
            assertThat(out).contains("hot-backup start server=fromprod");
            assertThat(run("status")).isEqualTo(1);
            assertThat(out).contains("There are several servers (fromprod, todev)");
            assertThat(run("verify", "status")).as("of the only master server").isZero();
            assertThat(run("stop", "server=fromprod")).isZero();
            assertThat(run("delete", "server=fromprod", "--confirm", "fromprod", "--reason", "a test"))
                    .isZero();
            assertThat(run("status")).as("the only one is implied").isZero();
            assertThat(run("stop", "-q")).isZero();
            assertThat(out).isEmpty();
        }
    }

    /** A node that trusts another, or its slave servers would not listen. */
    private TestNode node() {
        NodeHomes all = new NodeHomes(homes.resolve("nodes"));
        TestNode node = TestNode.create(all, "standby", StoreKind.H2);
        node.trust(TestNode.create(new NodeHomes(homes.resolve("others")), "prod", StoreKind.H2));
        return node;
    }

    private int run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.hotbackup.cli.Main"));
        command.addAll(List.of(words));
        return run(command);
    }

    private int run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOTBACKUP_HOME", homes.resolve("nodes").toString());
        Process process = builder.start();
        out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }

    /** As a defect of the disk or of a program would: the server's item in dm,hb.log is nonsense. */
    private void damageRecord(TestNode node, String server) throws IOException, InterruptedException {
        String id = HexFormat.of().formatHex(server.getBytes(StandardCharsets.UTF_8));
        damage(node, "UPDATE item SET body = X'c3fe00ff' WHERE id = X'" + id + "'");
    }

    /** The same for a file: its D-pointer in file-of-files is nonsense. */
    private void damageDefinition(TestNode node, FilePath file) throws IOException, InterruptedException {
        damage(
                node,
                "UPDATE file SET pointer = X'ff00' WHERE account = '" + file.account() + "' AND file = '" + file.file()
                        + "' AND section = '" + file.section() + "'");
    }

    private void damage(TestNode node, String statement) throws IOException, InterruptedException {
        Properties secrets = new Properties();
        try (var reader = Files.newBufferedReader(node.home().folder().resolve("secrets.properties"))) {
            secrets.load(reader);
        }
        int status = run(List.of(
                JAVA,
                "-cp",
                System.getProperty("hotbackup.h2"),
                "org.h2.tools.Shell",
                "-url",
                node.home().storeUrl(),
                "-user",
                "sa",
                "-password",
                secrets.getProperty("hotbackup.store.password"),
                "-sql",
                statement));
        assertThat(status).as(out).isZero();
        assertThat(out).contains("Update count: 1");
    }

    private static void awaitSaid(ServerMXBean server, String text) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!server.status(50).contains(text)) {
            assertThat(System.nanoTime()).as(server.status(50)).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static void assertDone(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(Outcome.DONE);
    }

    private static String refused(OperationReceipt receipt) {
        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(Outcome.REFUSED);
        return receipt.message();
    }
}
