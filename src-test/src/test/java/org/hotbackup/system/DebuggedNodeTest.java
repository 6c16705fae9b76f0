package org.hotbackup.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hotbackup.node.Debugger;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.Ports;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The debugger form, for tests only: off unless asked for, on loopback only, and said where it is. */
@Tag("system")
class DebuggedNodeTest {

    private static final byte[] HANDSHAKE = "JDWP-Handshake".getBytes(US_ASCII);
    private static final int PATIENCE_MILLIS = 20_000;
    private static final long START_SECONDS = 240;
    private static final long SECONDS = 30;

    @TempDir
    Path homes;

    @Test
    @Tag("HB-131")
    void shouldListenForADebuggerOnlyIfItIsStartedSo() throws Exception {
        try (TestNode node = TestNode.create(new NodeHomes(homes), "tested", StoreKind.H2)) {
            node.start();
            setUp(node);
            assertThat(Command.run(homes, SECONDS, "debug"))
                    .containsExactly(
                            "Node 'tested' listens for no debugger; for tests, start it with hot-backup node start"
                                    + " tested --debug.");
            node.stop();

            int port = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort()));
            List<String> said = Command.run(homes, START_SECONDS, "node", "start", "tested", "--debug=" + port);
            assertThat(said).contains("For tests only, it listens for a Java debugger (JDWP) at 127.0.0.1:" + port);
            assertThat(Debugger.of(node.home())).contains(new Debugger(port));
            try (Socket debugger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                debugger.setSoTimeout(PATIENCE_MILLIS);
                debugger.getOutputStream().write(HANDSHAKE);
                assertThat(debugger.getInputStream().readNBytes(HANDSHAKE.length))
                        .isEqualTo(HANDSHAKE);
            }
            assertThat(Command.run(homes, SECONDS, "debug"))
                    .containsExactly("Server 'fromprod': attach a Java debugger (JDWP) to 127.0.0.1:" + port
                            + "; its thread is 'hot-backup server fromprod'");
        }
    }

    private static void setUp(TestNode node) {
        int port = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort()));
        node.control().node().setup("fromprod", "type=slave insecure=on port=" + port);
        node.control().server("fromprod").start();
    }
}
