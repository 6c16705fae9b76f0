package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.txlog.QueueUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtemisLinksTest {

    @TempDir
    Path masterHome;

    @TempDir
    Path slaveHome;

    @TempDir
    Path strangerHome;

    private final Semaphore masterWoken = new Semaphore(0);
    private final Semaphore slaveWoken = new Semaphore(0);
    private Broker master;
    private Broker slave;
    private int port;

    @BeforeEach
    void start() throws IOException, InterruptedException, QueueUnavailableException {
        master = broker(masterHome, "prod");
        slave = broker(slaveHome, "standby");
        TestKeys.trust(masterHome, slaveHome, "standby");
        TestKeys.trust(slaveHome, masterHome, "prod");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    private static Broker broker(Path home, String name)
            throws IOException, InterruptedException, QueueUnavailableException {
        Broker broker = new Broker(home.resolve("data"), TestKeys.make(home, name), () -> {});
        broker.start();
        return broker;
    }

    @AfterEach
    void stop() {
        master.stop();
        slave.stop();
    }

    private Link listen() throws LinkDownException {
        return new ArtemisLinks(slave, "127.0.0.1").listen("fromprod", port, slaveWoken::release);
    }

    private Link call(Broker from) throws LinkDownException {
        return new ArtemisLinks(from, "127.0.0.1").call("127.0.0.1", port, masterWoken::release);
    }

    @Test
    void shouldCarryFramesInOrderInBothDirections() throws Exception {
        try (Link listening = listen();
                Link calling = call(master)) {
            for (int i = 0; i < 2_000; i++) {
                calling.send(frame(i));
            }
            for (int i = 0; i < 2_000; i++) {
                assertThat(await(listening, slaveWoken)).isEqualTo(frame(i));
            }
            for (int i = 0; i < 2_000; i++) {
                listening.send(frame(-i));
            }
            for (int i = 0; i < 2_000; i++) {
                assertThat(await(calling, masterWoken)).isEqualTo(frame(-i));
            }
            assertThat(listening.peer()).startsWith("127.0.0.1:");
        }
    }

    @Test
    void shouldCarryAFrameOfTheLargestTransaction() throws Exception {
        byte[] large = new byte[66 << 20];
        Arrays.fill(large, (byte) 7);
        try (Link listening = listen();
                Link calling = call(master)) {
            calling.send(large);

            assertThat(Arrays.equals(await(listening, slaveWoken), large)).isTrue();
        }
    }

    @Test
    void shouldNoticeThatTheOtherSideHungUp() throws Exception {
        try (Link calling = callAndLoseTheOtherSide()) {
            assertThat(masterWoken.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(calling::poll).isInstanceOf(LinkDownException.class);
            assertThatThrownBy(() -> calling.send(frame(1))).isInstanceOf(LinkDownException.class);
        }
    }

    private Link callAndLoseTheOtherSide() throws LinkDownException {
        try (Link listening = listen()) {
            Link calling = call(master);
            listening.close();
            return calling;
        }
    }

    @Test
    void shouldFreeThePortWhenItIsClosed() throws Exception {
        listen().close();
        listen().close();
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void shouldSayThatThePortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(this::listen)
                    .isInstanceOf(LinkDownException.class)
                    .hasMessageContaining("TCP port " + port + " cannot be listened on");
        }
    }

    @Test
    void shouldTurnAwayACallerWhoseCertificateIsNotTrusted() throws Exception {
        Broker stranger = broker(strangerHome, "stranger");
        TestKeys.trust(strangerHome, slaveHome, "standby");
        try (Link listening = listen()) {
            assertThatThrownBy(() -> call(stranger)).isInstanceOf(LinkDownException.class);
            assertThat(listening.poll()).isEmpty();
        } finally {
            stranger.stop();
        }
    }

    @Test
    void shouldNotCallASlaveWhoseCertificateIsNotTrusted() throws Exception {
        Broker stranger = broker(strangerHome, "stranger");
        TestKeys.trust(slaveHome, strangerHome, "stranger");
        TestKeys.trust(strangerHome, masterHome, "prod");
        try (Link listening = listen()) {
            assertThatThrownBy(() -> call(stranger)).isInstanceOf(LinkDownException.class);
            assertThat(listening.poll()).isEmpty();
        } finally {
            stranger.stop();
        }
    }

    @Test
    void shouldSayThatNobodyListens() {
        assertThatThrownBy(() -> call(master)).isInstanceOf(LinkDownException.class);
    }

    @Test
    void shouldSendAnswersToTheCallerThatIsThereThoughAnEarlierOneNeverHungUp() throws Exception {
        try (Link listening = listen();
                Link earlier = call(master);
                Link later = call(master)) {
            listening.send(frame(5));

            assertThat(await(later, masterWoken)).isEqualTo(frame(5));
            assertThat(await(earlier, masterWoken)).isEqualTo(frame(5));
        }
    }

    private static byte[] await(Link link, Semaphore woken) throws LinkDownException, InterruptedException {
        Optional<byte[]> frame = link.poll();
        while (frame.isEmpty()) {
            assertThat(woken.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            frame = link.poll();
        }
        return frame.get();
    }

    private static byte[] frame(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }
}
