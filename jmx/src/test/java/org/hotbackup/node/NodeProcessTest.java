package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProcessTest {

    private static final Properties SECRETS = secrets();

    @TempDir
    Path folder;

    private NodeHome home;
    private NodeProcess node;

    @BeforeEach
    void configure() throws IOException {
        int http = Ports.free(Set.of());
        Files.writeString(
                folder.resolve("node.properties"),
                "hotbackup.http.port=" + http + "\nhotbackup.jmx.port=" + Ports.free(Set.of(http))
                        + "\nhotbackup.store.url=jdbc:postgresql://h/d\n");
        home = new NodeHome("n", folder);
        NodeHome.storePrivately(home.secrets(), SECRETS);
        node = new NodeProcess(home);
    }

    private static Properties secrets() {
        Properties secrets = new Properties();
        secrets.setProperty("hotbackup.keys.password", "k");
        secrets.setProperty("hotbackup.local.secret", "l");
        return secrets;
    }

    private void writePid(ProcessHandle process, String start) throws IOException {
        Files.writeString(folder.resolve("node.pid"), process.pid() + " " + start);
    }

    /** A process that has begun in a home, as a node's does. */
    private static Process sleepIn(Path home) throws IOException {
        return new ProcessBuilder("sleep", "600").directory(home.toFile()).start();
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().orElseThrow().toString();
    }

    private void start() {
        node.start(new Bundle(folder.resolve("bundle")), text -> {});
    }

    @Test
    void shouldNotRunWithoutAPid() {
        assertThat(node.running()).isEmpty();
        assertThatThrownBy(node::stop)
                .isInstanceOf(Refusal.class)
                .hasMessage("Node 'n' is not running; start it with hot-backup node start n.");
    }

    /** A killed process stays in the system's list until somebody asks for its status: for half a minute nothing could be done. */
    @Test
    void shouldNotTakeAProcessForTheNodeThatHasEnded() throws IOException {
        // a shell asks for those that it began itself, and the second one began none
        Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & exec sh -c \"echo $!; exec sleep 600\"")
                .directory(folder.toFile())
                .start();
        try {
            String pid = parent.inputReader().readLine();
            ProcessHandle killed = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            writePid(killed, startOf(killed));
            assertThat(node.running()).contains(killed);
            node.kill();
            assertThat(killed.isAlive()).as("its parent does not ask").isTrue();
            writePid(killed, startOf(killed));
            assertThat(node.running()).isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void shouldEndWhoHoldsThePipesOfANodeThatIsGone() throws Exception {
        Process holder = new ProcessBuilder("sleep", NodeProcess.KEEPING)
                .directory(folder.toFile())
                .start();
        Process other = sleepIn(folder);
        try {
            node.releasePipes();
            assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    /** In an application server the node was said to be stopped, and only its port to be in the way of a start. */
    @Test
    void shouldKnowThatItRunsInAServerThatKnowsItsSecret() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", home.httpPort()), 0);
        AtomicReference<String> known = new AtomicReference<>("l");
        server.createContext("/api/accounts", exchange -> {
            String given =
                    exchange.getRequestHeaders().getFirst("Authorization").replace("Basic ", "");
            boolean knows = new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8)
                    .equals("local:" + known.get());
            exchange.sendResponseHeaders(knows ? 200 : 401, -1);
            exchange.close();
        });
        assertThat(node.runsElsewhere()).isFalse();
        server.start();
        try {
            assertThat(node.running()).isEmpty();
            assertThat(node.runsElsewhere()).isTrue();
            for (ThrowingCallable asked : List.<ThrowingCallable>of(this::start, node::stop, node::checkStopped)) {
                assertThatThrownBy(asked)
                        .hasMessage(
                                "Node 'n' runs in a process that hot-backup did not start, an application server perhaps, and answers at "
                                        + home.webUrl() + "; start and stop it there.");
            }
            known.set("another");
            assertThat(node.runsElsewhere()).isFalse();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldNotTakeAnotherProcessWithTheSamePidForTheNode() throws IOException {
        Process process = sleepIn(folder);
        try {
            ProcessHandle somebody = process.toHandle();
            writePid(somebody, "2001-01-01T00:00:00Z");
            assertThat(node.running()).isEmpty();

            writePid(somebody, startOf(somebody));
            assertThat(node.running()).contains(somebody);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldSayThatAPidFileIsDamaged() throws IOException {
        Files.writeString(folder.resolve("node.pid"), "");

        assertThatThrownBy(node::running).isInstanceOf(Refusal.class).hasMessageContaining("node.pid");
    }

    @Test
    void shouldEndTheProcessAndForgetItsPid() throws Exception {
        for (Runnable end : new Runnable[] {node::stop, node::kill}) {
            Process process = sleepIn(folder);
            writePid(process.toHandle(), startOf(process.toHandle()));

            end.run();

            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(folder.resolve("node.pid")).doesNotExist();
        }
    }

    @Test
    void shouldNotStartANodeThatRuns() throws IOException {
        Process process = sleepIn(folder);
        try {
            writePid(process.toHandle(), startOf(process.toHandle()));

            assertThatThrownBy(this::start)
                    .isInstanceOf(Refusal.class)
                    .hasMessage("Node 'n' is running; stop it first.");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Missing secrets were named twice and nothing else; empty ones made a store that nobody could open afterwards. */
    @Test
    void shouldNotStartWithSecretsThatAreMissingEmptyOrOpen() throws IOException {
        Files.writeString(folder.resolve("secrets.properties"), "");
        assertThatThrownBy(this::start)
                .isInstanceOf(Refusal.class)
                .hasMessage("hotbackup.keys.password is missing in " + home.secrets() + "; give a password.");

        NodeHome.storePrivately(home.secrets(), SECRETS);
        Files.setPosixFilePermissions(home.secrets(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::start)
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "'" + home.secrets()
                                + "' holds the passwords of the node and is open to others; make it yours alone with chmod 600.");

        Files.delete(home.secrets());
        assertThatThrownBy(this::start)
                .isInstanceOf(Refusal.class)
                .hasMessage("'" + home.secrets() + "' cannot be used: there is no such file or folder.");

        Files.createDirectory(home.secrets());
        assertThatThrownBy(this::start)
                .isInstanceOf(Refusal.class)
                .hasMessage("'" + home.secrets() + "' cannot be used: it is a folder.");
    }

    @Test
    void shouldNotStartWithASettingThatItDoesNotKnow() throws IOException {
        Files.writeString(folder.resolve("node.properties"), "\nhotbackup.mail.hots=x\n", StandardOpenOption.APPEND);
        assertThatThrownBy(this::start)
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(
                        "'hotbackup.mail.hots' in " + folder.resolve("node.properties") + " is no setting");
    }

    @Test
    void shouldNotStartOnAPortThatIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(home.jmxPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(Refusal.class)
                    .hasMessage("TCP port " + taken.getLocalPort() + " (JMX) is in use; stop what uses it, or give "
                            + "another with hotbackup.jmx.port in node.properties.");
        }
    }

    @Test
    void shouldNotStartANodeTwiceAtTheSameTime() throws IOException {
        try (FileChannel other = FileChannel.open(
                        folder.resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = other.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(this::start)
                    .isInstanceOf(Refusal.class)
                    .hasMessage("Node 'n' is being started by another command; wait for that one.");
        }
    }
}
