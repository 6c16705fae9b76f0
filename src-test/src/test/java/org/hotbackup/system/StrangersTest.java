package org.hotbackup.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hotbackup.system.Orders.await;
import static org.hotbackup.system.Orders.lines;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;
import org.hotbackup.node.Ports;
import org.hotbackup.node.TrustedPeer;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.FrameCodec;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.Stranger;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Strangers at the port of a running slave server, and at the other end of a running master server: each is refused in one
 * line of the permanent log, however often he comes, and the pair goes on undisturbed and is equal.
 */
@Tag("system")
@Tag("FAULT-F13")
class StrangersTest {

    private static final byte[] GREETING = "ARTEMIS".getBytes(US_ASCII);
    private static final int TIMES = 3;

    @TempDir
    static Path homes;

    private static Pair pair;
    private static Orders orders;
    private static TestNode stranger;
    private static TestNode trusted;

    @BeforeAll
    static void start() {
        NodeHomes all = new NodeHomes(homes);
        stranger = TestNode.create(all, "stranger", StoreKind.H2);
        trusted = TestNode.create(all, "other", StoreKind.H2);
        pair = Pair.start(homes, StoreKind.H2);
        pair.slave().trust(trusted);
        orders = new Orders(pair);
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @AfterEach
    void shouldBeUndisturbed() {
        orders.shouldGoOnAndBeEqual();
    }

    private static void assertOneLine(TestNode node, String beginning, String... parts) {
        await(beginning, () -> lines(node, beginning).stream().anyMatch(line -> has(line, parts)));
        orders.shouldGoOnAndBeEqual();
        assertThat(lines(node, beginning)).filteredOn(line -> has(line, parts)).hasSize(1);
    }

    private static boolean has(String line, String... parts) {
        return Stream.of(parts).allMatch(line::contains);
    }

    @Test
    void shouldRefuseAWrongCertificate() {
        for (int i = 0; i < TIMES; i++) {
            assertThat(Stranger.as(stranger).isLetIn(pair.slavePort(), "TLSv1.3", GREETING))
                    .isFalse();
        }
        assertOneLine(
                pair.slave(), "HB2051 A call from 127.0.0.1", stranger.home().fingerprint(), "is not trusted");
    }

    @Test
    void shouldRefuseAnExpiredCertificateAlthoughItIsTrusted() throws Exception {
        TestNode expired = expired("expired");
        pair.slave().trust(expired);
        for (int i = 0; i < TIMES; i++) {
            assertThat(Stranger.as(expired).isLetIn(pair.slavePort(), "TLSv1.3", GREETING))
                    .isFalse();
        }
        assertOneLine(
                pair.slave(), "HB2051 A call from 127.0.0.1", expired.home().fingerprint(), "is valid only from");
    }

    /** A node whose certificate was valid for ten days and is no longer. */
    private static TestNode expired(String name) throws IOException, InterruptedException {
        TestNode node = TestNode.create(new NodeHomes(homes), name, StoreKind.H2);
        Path keys = node.home().folder().resolve("keys");
        String password = Stranger.passwordOf(node.home());
        Files.delete(keys.resolve("node.p12"));
        String store = keys.resolve("node.p12").toString();
        keytool(
                password,
                ("-genkeypair -alias node -keyalg EC -groupname secp256r1 -startdate -20d -validity 10 -dname CN="
                        + name + " -storetype PKCS12 -keystore " + store));
        keytool(
                password,
                "-exportcert -rfc -alias node -keystore " + store + " -file "
                        + node.home().certificate());
        return node;
    }

    private static void keytool(String password, String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-storepass", password));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void shouldRefuseACallerWithoutACertificate() {
        for (int i = 0; i < TIMES; i++) {
            assertThat(Stranger.nobody().isLetIn(pair.slavePort(), "TLSv1.3", GREETING))
                    .isFalse();
        }
        assertOneLine(pair.slave(), "HB2051 A call from 127.0.0.1", "no certificate is shown");
    }

    @Test
    void shouldRefuseAnOlderTlsAlthoughTheCertificateIsTrusted() {
        for (int i = 0; i < TIMES; i++) {
            assertThat(Stranger.as(trusted).isLetIn(pair.slavePort(), "TLSv1.2", GREETING))
                    .isFalse();
        }
        assertOneLine(pair.slave(), "HB2122 A call from 127.0.0.1", "TLSv1.2");
    }

    @Test
    void shouldRefuseACallerWithoutTls() {
        for (int i = 0; i < TIMES; i++) {
            assertThat(Stranger.isAnswered(
                            pair.slavePort(), "GET / HTTP/1.1 and more than a header".getBytes(US_ASCII)))
                    .isFalse();
        }
        assertOneLine(pair.slave(), "HB2122 A call from 127.0.0.1", "what it sends is not TLS");
    }

    @Test
    void shouldRefuseAMasterThatIsInsecure() {
        for (int i = 0; i < TIMES; i++) {
            assertThat(Stranger.isAnswered(pair.slavePort(), "ARTEMIS and more than a header".getBytes(US_ASCII)))
                    .isFalse();
        }
        assertOneLine(pair.slave(), "HB3084 A call from 127.0.0.1", "--insecure");
    }

    @Test
    void shouldRefuseASlowWriter() {
        for (int i = 0; i < TIMES; i++) {
            assertThat(Stranger.isAnswered(pair.slavePort(), new byte[] {0x16, 3, 1}))
                    .isFalse();
        }
        assertOneLine(pair.slave(), "HB2123 A call from 127.0.0.1");
    }

    @Test
    @Tag("FAULT-F21")
    void shouldServeItsMasterWhileAThousandOthersHoldConnections() throws IOException {
        long threads = threadsOf(pair.slave());
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), pair.slavePort());
                socket.getOutputStream().write(0x16);
                crowd.add(socket);
            }
            orders.shouldGoOnAndBeEqual();
            assertThat(threadsOf(pair.slave())).isLessThan(threads + 50);
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
        assertOneLine(pair.slave(), "HB2124 A call from 127.0.0.1");
    }

    /** As many as the operating system counts, 0 where it does not say. */
    private static long threadsOf(TestNode node) throws IOException {
        long pid = new NodeProcess(node.home()).running().orElseThrow().pid();
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(tasks)) {
            return all.count();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, -1})
    void shouldEndAConnectionOfATrustedNodeThatAnnouncesAnOversizedPacket(int length) {
        byte[] packet = ByteBuffer.allocate(GREETING.length + 4 + 8)
                .put(GREETING)
                .putInt(length)
                .array();
        for (int i = 0; i < TIMES; i++) {
            assertThat(Stranger.as(trusted).isLetIn(pair.slavePort(), "TLSv1.3", packet))
                    .isFalse();
        }
        assertOneLine(pair.slave(), "HB2125 The connection of 127.0.0.1");
    }

    @Test
    @Tag("FAULT-F14")
    void shouldRefuseAnotherMasterAlthoughItIsTrusted() {
        String another = TrustedPeer.read(trusted.home().certificate()).nodeId();
        try (Stranger.Talk talk = Stranger.as(trusted).talk(pair.slavePort())) {
            for (int i = 1; i <= TIMES; i++) {
                talk.send(FrameCodec.encode(i, new Hello("todev", another, "another history", 1)));
            }
            assertOneLine(pair.slave(), "HB2023 Refused: this slave server belongs to master", another);
        }
    }

    @Test
    @Tag("FAULT-F14")
    void shouldRefuseATrustedNodeThatSpeaksForItsMaster() {
        String master = TrustedPeer.read(pair.master().home().certificate()).nodeId();
        String other = TrustedPeer.read(trusted.home().certificate()).nodeId();
        try (Stranger.Talk talk = Stranger.as(trusted).talk(pair.slavePort())) {
            for (int i = 1; i <= TIMES; i++) {
                talk.send(FrameCodec.encode(10 + i, new Hello("todev", master, "whatever", 1)));
            }
            assertOneLine(pair.slave(), "HB2225 Refused: who calls says it is node " + master, other);
        }
    }

    @Test
    @Tag("FAULT-F12")
    void shouldRefuseAnotherVersionOfTheProtocol() {
        byte[] frame = FrameCodec.encode(1, new Heartbeat(0));
        frame[2] = 9;
        try (Stranger.Talk talk = Stranger.as(trusted).talk(pair.slavePort())) {
            for (int i = 0; i < TIMES; i++) {
                talk.send(frame);
            }
            assertOneLine(pair.slave(), "HB2027 Refused: protocol version 9 is not spoken here");
        }
    }

    @ParameterizedTest
    @Tag("FAULT-F12")
    @CsvSource({"2147483647", "-1", "268435456"})
    void shouldMakeNoRoomForAFrameOfOversizedLength(int left) {
        try (Stranger.Talk talk = Stranger.as(trusted).talk(pair.slavePort())) {
            for (int i = 0; i < TIMES; i++) {
                talk.send(new byte[100], left);
            }
            assertOneLine(pair.slave(), "HB2126 A message on the link was ignored");
        }
    }

    /** The mirror: who answers a running master server is not the one it trusts. */
    @ParameterizedTest
    @Tag("HB-153")
    @CsvSource({
        "stranger, TLSv1.3, is not trusted here",
        "expired, TLSv1.3, is valid only from",
        "stranger, TLSv1.2, is no slave server"
    })
    void shouldNotCallASlaveThatIsNotTheOneItTrusts(String who, String version, String reason) throws Exception {
        TestNode node = who.equals("stranger") ? stranger : expired("formerly");
        if (node != stranger) {
            pair.master().trust(node);
        }
        int before = lines(pair.master(), "HB2015 Cannot call host").size();
        try (SSLServerSocket listening = (SSLServerSocket) Stranger.as(node)
                .tls()
                .getServerSocketFactory()
                .createServerSocket(Ports.free(Set.of(pair.slavePort())), 10, InetAddress.getLoopbackAddress())) {
            listening.setEnabledProtocols(new String[] {version});
            List<Integer> calls = new ArrayList<>();
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answer(listening, calls));
            pair.master()
                    .control()
                    .node()
                    .setup("wrong", "type=master host=127.0.0.1 port=" + listening.getLocalPort());
            pair.master().control().server("wrong").start();

            await("several calls", () -> size(calls) >= TIMES);
            assertThat(lines(pair.master(), "HB2015 Cannot call host"))
                    .hasSize(before + 1)
                    .last()
                    .asString()
                    .contains(reason);
            pair.master().control().server("wrong").stop("wrong");
            pair.master().control().node().deleteServer("wrong", "wrong", "a test");
            listening.close();
            answering.join();
        }
    }

    private static int size(List<Integer> calls) {
        synchronized (calls) {
            return calls.size();
        }
    }

    private static void answer(SSLServerSocket listening, List<Integer> calls) {
        while (!listening.isClosed()) {
            try (SSLSocket caller = (SSLSocket) listening.accept()) {
                synchronized (calls) {
                    calls.add(caller.getPort());
                }
                caller.startHandshake();
            } catch (IOException e) {
                // the caller does not like the certificate, or the test is over
            }
        }
    }
}
