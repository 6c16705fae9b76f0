package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
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

    @Test
    void shouldNoticeThatTheOtherSideHungUp() throws Exception {
        Link listening = nodes.listen();
        try (Link calling = nodes.call()) {
            listening.close();

            awaitBroken(calling);
            assertThatThrownBy(() -> calling.send(frame(1))).isInstanceOf(LinkDownException.class);
        }
    }

    @Test
    void shouldNoticeThatTheConnectionIsCut() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link calling = nodes.call(nodes.master, line.port())) {
            calling.send(frame(1));
            assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(1));
            line.cut();

            awaitBroken(calling);
            // the slave goes on listening
            try (Link again = nodes.call()) {
                again.send(frame(2));
                assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(2));
            }
        }
    }

    @Test
    void shouldNoticeThatTheLineSwallowsEverything() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link calling = nodes.call(nodes.master, line.port())) {
            line.swallow();

            awaitBroken(calling);
            assertThat(listening.poll()).isEmpty();
        }
    }

    /** Where silence would be found out later than the write time-out. */
    @Test
    @Tag("HB-112")
    void shouldShutDownAndRestartAConnectionThatTakesNothing() throws Exception {
        Patience patience = new Patience(5_000, 300, 60_000, 1_500, 1_000);
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link calling = nodes.call(line.port(), patience)) {
            line.hold();
            calling.send(new byte[20 << 20]);

            assertThat(awaitBroken(calling))
                    .startsWith("No data was taken by the other side for 1 seconds; the connection is shut down");
            try (Link again = nodes.call()) {
                again.send(frame(2));
                assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(2));
            }
        }
    }

    /** What a status says while the other side takes nothing: Writing to network. */
    @Test
    @Tag("HB-112")
    void shouldBeWritingAsLongAsTheOtherSideTakesNothing() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link calling = nodes.call(nodes.master, line.port())) {
            calling.send(frame(1));
            assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(1));
            while (calling.isWriting()) {
                Thread.onSpinWait();
            }
            line.swallow();
            calling.send(frame(2));

            assertThat(calling.isWriting()).isTrue();
            awaitBroken(calling);
            assertThat(calling.isWriting()).as("nobody took it").isTrue();
        }
    }

    /** What a slave's status goes by: a master that hung up is seen to be gone. */
    @Test
    @Tag("HB-112")
    void shouldHaveNoPeerAfterItsCallerHungUp() throws Exception {
        try (Link listening = nodes.listen()) {
            assertThat(listening.peer()).isEmpty();
            Link calling = nodes.call();
            assertThat(listening.peer()).isNotEmpty();
            calling.close();

            while (!listening.peer().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    @Tag("SUB-18")
    void shouldAnswerANewCallThoughTheOldConnectionNeverHungUp() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link halfOpen = nodes.call(nodes.master, line.port())) {
            line.swallow();
            try (Link calling = nodes.call()) {
                for (int i = 0; i < 100; i++) {
                    calling.send(frame(i));
                    assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame(i));
                    listening.send(frame(1000 + i));
                    assertThat(nodes.awaitAtMaster(calling)).isEqualTo(frame(1000 + i));
                }
            }
            awaitBroken(halfOpen);
        }
    }

    @Test
    void shouldKeepASlowLineThatNeedsLongerForAFrameThanSilenceMayLast() throws Exception {
        byte[] frame = new byte[400_000];
        new Random(3).nextBytes(frame);
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port)) {
            line.slowDown(100_000);
            try (Link calling = nodes.call(nodes.master, line.port())) {
                long before = System.nanoTime();
                calling.send(frame);

                assertThat(nodes.awaitAtSlave(listening)).isEqualTo(frame);
                assertThat(System.nanoTime() - before)
                        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(2 * LinkedNodes.SHORT.silence()));
                listening.send(new byte[] {9});
                assertThat(nodes.awaitAtMaster(calling)).containsExactly(9);
            }
        }
    }

    /** The caller's pings wait behind what he streams. */
    @Test
    void shouldKeepASlowLineWhileMuchIsStreamed() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port)) {
            line.slowDown(200_000);
            try (Link calling = nodes.call(nodes.master, line.port())) {
                for (int i = 0; i < 8; i++) {
                    calling.stream(new byte[100_000 + i]);
                }
                for (int i = 0; i < 8; i++) {
                    assertThat(nodes.awaitAtSlave(listening)).hasSize(100_000 + i);
                }
                listening.send(new byte[] {9});
                assertThat(nodes.awaitAtMaster(calling)).containsExactly(9);
            }
        }
    }

    @Test
    void shouldNoticeACutWhileItStreams() throws Exception {
        try (Link listening = nodes.listen();
                FaultyLine line = new FaultyLine(nodes.port);
                Link calling = nodes.call(nodes.master, line.port())) {
            line.cut();
            calling.stream(new byte[100_000]);
            awaitBroken(calling);
            assertThatThrownBy(() -> calling.stream(frame(1))).isInstanceOf(LinkDownException.class);
            assertThat(listening.poll()).isEmpty();
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

    private static String awaitBroken(Link link) throws InterruptedException {
        while (true) {
            try {
                if (link.poll().isEmpty()) {
                    assertThat(nodes.masterWoken.tryAcquire(20, TimeUnit.SECONDS))
                            .isTrue();
                }
            } catch (LinkDownException e) {
                assertThat(e.getMessage()).isNotBlank();
                return e.getMessage();
            }
        }
    }

    private static byte[] frame(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
