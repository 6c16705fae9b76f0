package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void shouldSeeWhetherSomebodyListens() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            assertThat(Ports.isFree(port)).isFalse();
        }
        assertThat(Ports.isFree(port)).isTrue();
    }

    @Test
    void shouldChooseAPortBelowThoseOfOutgoingConnectionsAndNotOneThatIsTaken() {
        int port = Ports.free(Set.of());

        assertThat(port).isBetween(1024, 32_767);
        assertThat(Ports.free(Set.of(port))).isNotEqualTo(port);
    }

    /** A server was told to listen on the port of a node that was about to start (ordeal, seed 31338). */
    @Test
    void shouldNotGiveAPortTwice() {
        int many = 3_000;

        assertThat(IntStream.range(0, many).map(i -> Ports.free(Set.of()))).doesNotHaveDuplicates();
    }

    /** A node lost its port while it started, to a program that another process had told to listen there. */
    @Test
    void shouldNotGiveAPortThatAnotherProcessHasInMind() throws IOException, InterruptedException {
        int port = Ports.free(Set.of());

        assertThat(isReservedByAnother(port)).isTrue();
        assertThat(isReservedByAnother(1)).isFalse();
    }

    private static boolean isReservedByAnother(int port) throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reserver.class.getName(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).as(said).isZero();
        return said.strip().equals("false");
    }

    /** Another process, which wants one certain port. */
    static final class Reserver {

        private Reserver() {}

        /** Says whether it is given the port. */
        public static void main(String[] args) {
            Path folder = Path.of(System.getProperty("java.io.tmpdir"));
            System.out.println(new PortReservations(folder).reserve(Integer.parseInt(args[0])));
        }
    }
}
