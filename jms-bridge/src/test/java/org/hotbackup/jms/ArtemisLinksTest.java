package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hotbackup.jms.LinkedNodes.frame;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.Links.Security;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ArtemisLinksTest {

    @TempDir
    static Path folder;

    private static LinkedNodes nodes;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException {
        nodes = new LinkedNodes(folder);
    }

    @Test
    void shouldCarryFramesInOrderInBothDirections() throws Exception {
        try (Link listening = nodes.listen();
                Link calling = nodes.call()) {
            for (int i = 0; i < 5_000; i++) {
                calling.send(frame(i));
                listening.send(frame(-i));
            }
            for (int i = 0; i < 5_000; i++) {
                assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(i));
                assertThat(nodes.awaitAtMaster(calling)).isEqualTo(frame(-i));
            }
            assertThat(listening.poll()).isEmpty();
            assertThat(listening.peer()).matches("127\\.0\\.0\\.1:\\d+");
            assertThat(calling.peer()).isEqualTo("127.0.0.1:" + nodes.port);
        }
    }

    @Test
    void shouldStreamFramesInOrderAndAnswerThem() throws Exception {
        Random random = new Random(4);
        try (Link listening = nodes.listen();
                Link calling = nodes.call()) {
            calling.send(frame(-1));
            assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(-1));
            for (int i = 0; i < 500; i++) {
                byte[] frame = new byte[random.nextInt(300_000)];
                Arrays.fill(frame, (byte) i);
                calling.stream(frame);
            }
            random.setSeed(4);
            for (int i = 0; i < 500; i++) {
                byte[] frame = new byte[random.nextInt(300_000)];
                Arrays.fill(frame, (byte) i);
                assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame);
            }
            listening.stream(frame(1));
            assertThat(nodes.awaitAtMaster(calling)).isEqualTo(frame(1));
            while (calling.isWriting()) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, (128 << 10) - 1, 128 << 10, (128 << 10) + 1, 1_000_000})
    void shouldCarryFramesOfAnySize(int size) throws Exception {
        byte[] frame = new byte[size];
        new Random(size).nextBytes(frame);
        try (Link listening = nodes.listen();
                Link calling = nodes.call()) {
            calling.send(frame);
            assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame);
            listening.send(frame);
            assertThat(nodes.awaitAtMaster(calling)).isEqualTo(frame);
        }
    }

    @Test
    void shouldCarryAFrameOfTheLargestTransaction() throws Exception {
        byte[] large = new byte[66 << 20];
        new Random(1).nextBytes(large);
        try (Link listening = nodes.listen();
                Link calling = nodes.call()) {
            calling.send(frame(1));
            calling.send(large);
            calling.send(frame(2));

            assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(1));
            assertThat(Arrays.equals(nodes.awaitAtSlave(listening), large)).isTrue();
            assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(2));
        }
    }

    /** Why a master refuses must reach its slave, although it hangs up at once. */
    @Test
    void shouldStillCarryWhatWasSentJustBeforeHangingUp() throws Exception {
        try (Link listening = nodes.listen()) {
            for (int i = 0; i < 5; i++) {
                Link calling = nodes.call();
                calling.send(frame(i));
                calling.close();

                assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(i));
            }
        }
    }

    @RepeatedTest(5)
    void shouldStillSayWhyItHangsUp() throws Exception {
        try (Link listening = nodes.listen()) {
            Link calling = nodes.call();
            calling.send(frame(1));
            calling.close();
            assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(1));
        }
        Link listening = nodes.listen();
        try (Link calling = nodes.call()) {
            listening.send(frame(2));
            listening.close();
            assertThat(nodes.awaitAtMaster(calling)).isEqualTo(frame(2));
        }
    }

    @Test
    void shouldCloseWhileMuchIsStillToBeSent() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port)) {
            line.slowDown(50_000);
            Link calling = nodes.call(nodes.master, line.port());
            calling.send(new byte[10_000_000]);
            long before = System.nanoTime();
            calling.close();

            assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(3));
            assertThatThrownBy(() -> calling.send(frame(1))).hasMessageContaining("closed");
            assertThatThrownBy(calling::poll).hasMessageContaining("closed");
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    @Tag("SUB-18")
    void shouldFreeThePortWhenItIsClosed() throws Exception {
        nodes.listen().close();
        Link again = nodes.listen();
        try (Link calling = nodes.call()) {
            calling.send(frame(1));
            again.close();
            again.close();
        }
        try (ServerSocket free = new ServerSocket(nodes.port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    @Tag("SUB-18")
    void shouldSayThatThePortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(nodes.port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(nodes::listen)
                    .isInstanceOf(LinkDownException.class)
                    .hasMessageContaining("TCP port " + nodes.port + " cannot be listened on");
        }
    }

    /** A rejoin found out that its port was taken when there was no way back (s7). */
    @Test
    @Tag("SUB-18")
    void shouldKeepAPortUntilItIsListenedOn() throws Exception {
        try (Links.KeptPort kept = nodes.keep()) {
            assertThatThrownBy(nodes::keep)
                    .as("kept: %s", kept)
                    .isInstanceOf(LinkDownException.class)
                    .hasMessageContaining("TCP port " + nodes.port + " cannot be listened on");
            assertThatThrownBy(nodes::listen).isInstanceOf(LinkDownException.class);
        }
        try (Link listening = nodes.listen()) {
            assertThat(listening.peer()).isEmpty();
        }
    }

    @Test
    @Tag("HB-153")
    void shouldSayThatNobodyListens() {
        assertThatThrownBy(nodes::call)
                .isInstanceOf(LinkDownException.class)
                .hasMessageContaining("nobody listens there");
    }

    @Test
    void shouldSayThatTheHostIsNotKnown() {
        assertThatThrownBy(() -> nodes.call(nodes.master, "no-such-host.invalid", 1, Security.TLS))
                .isInstanceOf(LinkDownException.class)
                .hasMessage("the name of the host is not known");
    }
}
