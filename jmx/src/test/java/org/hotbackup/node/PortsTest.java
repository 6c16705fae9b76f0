package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
}
