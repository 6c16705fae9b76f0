package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.activemq.artemis.api.config.ActiveMQDefaultConfiguration;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links.Security;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("FAULT-F13")
class LinkSecurityTest {

    /** Of TLS: in 1.3 the caller's certificate comes in the first of them. */
    private static final byte ENCRYPTED_RECORD = 0x17;

    @TempDir
    Path folder;

    private LinkedNodes nodes;

    @BeforeEach
    void makeKeys() throws IOException, InterruptedException {
        nodes = new LinkedNodes(folder);
    }

    @Test
    void shouldTurnAwayACallerThatIsNotTrustedWithOneLineInTheLog() throws Exception {
        try (Link listening = nodes.listen()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> nodes.call(nodes.stranger, nodes.port))
                        .isInstanceOf(LinkDownException.class)
                        .hasMessageContaining("does not trust this one")
                        .hasMessageContaining(nodes.stranger.fingerprint());
            }
            assertThat(nodes.said).hasSize(1);
            assertThat(nodes.said.get(0))
                    .startsWith("HB2051")
                    .contains("127.0.0.1", "hot-backup trust", nodes.stranger.fingerprint());
            assertThat(listening.poll()).isEmpty();
        }
    }

    /**
     * Bug: a slave that closed the connection while its caller still sent his certificate was said to be a broken pipe, or a
     * connection reset.
     */
    @ParameterizedTest
    @ValueSource(strings = {"Broken pipe", "Connection reset by peer"})
    void shouldSayThatItIsNotTrustedAlsoWhenTheConnectionEndsWithTheHandshake(String reason) throws Exception {
        try (Link listening = nodes.listen();
                Socket line = new Socket() {
                    @Override
                    public OutputStream getOutputStream() throws IOException {
                        return new FilterOutputStream(super.getOutputStream()) {
                            @Override
                            public void write(byte[] bytes, int offset, int length) throws IOException {
                                if (bytes[offset] == ENCRYPTED_RECORD) {
                                    throw new SocketException(reason);
                                }
                                out.write(bytes, offset, length);
                            }
                        };
                    }
                }) {
            line.connect(new InetSocketAddress("127.0.0.1", nodes.port));
            PeerProbe probe = new PeerProbe(nodes.stranger, "127.0.0.1", nodes.port, Security.TLS);

            assertThatThrownBy(() -> probe.check(line))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not trust this one")
                    .hasMessageContaining(nodes.stranger.fingerprint());
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    void shouldNotCallASlaveThatIsNotTrusted() throws Exception {
        TestKeys.trust(folder.resolve("standby"), folder.resolve("stranger"), "stranger");
        Files.delete(folder.resolve("stranger/keys/trusted/standby.pem"));
        TestKeys.trust(folder.resolve("stranger"), folder.resolve("prod"), "prod");
        try (Link listening = nodes.listen()) {
            assertThatThrownBy(() -> nodes.call(nodes.stranger, nodes.port))
                    .isInstanceOf(LinkDownException.class)
                    .hasMessageContaining(nodes.slave.fingerprint())
                    .hasMessageContaining("is not trusted here;");
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    void shouldLetInAPeerFromTheMomentItIsTrustedToTheMomentItIsNot() throws Exception {
        try (Link listening = nodes.listen()) {
            assertThatThrownBy(() -> nodes.call(nodes.stranger, nodes.port)).isInstanceOf(LinkDownException.class);

            TestKeys.trust(folder.resolve("standby"), folder.resolve("stranger"), "stranger");
            try (Link calling = nodes.call(nodes.stranger, nodes.port)) {
                calling.send(new byte[] {1});
                assertThat(nodes.awaitAtSlave(listening)).containsExactly(1);
            }

            Files.delete(folder.resolve("standby/keys/trusted/stranger.pem"));
            assertThatThrownBy(() -> nodes.call(nodes.stranger, nodes.port)).isInstanceOf(LinkDownException.class);
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    @Tag("FAULT-F14")
    void shouldKnowOfEachFrameWhichNodeSentIt() throws Exception {
        TestKeys.trust(folder.resolve("standby"), folder.resolve("stranger"), "stranger");
        try (Link listening = nodes.listen();
                Link calling = nodes.call();
                Link strange = nodes.call(nodes.stranger, nodes.port)) {
            strange.send(new byte[] {1});
            assertThat(nodes.awaitAtSlave(listening)).containsExactly(1);
            assertThat(listening.sender()).contains(TestKeys.nodeId("stranger"));

            calling.send(new byte[] {2});
            assertThat(nodes.awaitAtSlave(listening)).containsExactly(2);
            assertThat(listening.sender()).contains(TestKeys.nodeId("prod"));

            strange.stream(new byte[] {3});
            assertThat(nodes.awaitAtSlave(listening)).containsExactly(3);
            assertThat(listening.sender()).contains(TestKeys.nodeId("stranger"));
        }
    }

    @Test
    @Tag("FAULT-F14")
    void shouldNotBelieveAMessageWhoseItIs() throws Exception {
        try (Link listening = nodes.listen();
                ActiveMQConnectionFactory factory = factory();
                Connection connection = factory.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            BytesMessage part = session.createBytesMessage();
            part.setLongProperty(Names.SENDER, 1);
            part.setIntProperty(Names.LEFT, 0);
            part.setStringProperty("_AMQ_VALIDATED_USER", "peer:" + TestKeys.nodeId("stranger"));
            part.writeByte((byte) 1);
            connection.start();
            ArtemisLinks.producer(session, session.createQueue(Names.IN)).send(part);

            assertThat(nodes.awaitAtSlave(listening)).containsExactly(1);
            assertThat(listening.sender()).contains(TestKeys.nodeId("prod"));
        }
    }

    @Test
    void shouldNotKnowWhoSendsWithoutCertificates() throws Exception {
        try (Link listening = nodes.listen(Security.INSECURE, "127.0.0.1");
                Link calling = nodes.call(nodes.master, "127.0.0.1", nodes.port, Security.INSECURE)) {
            calling.send(new byte[] {1});
            assertThat(nodes.awaitAtSlave(listening)).containsExactly(1);
            assertThat(listening.sender()).isEmpty();
            calling.stream(new byte[] {2});
            assertThat(nodes.awaitAtSlave(listening)).containsExactly(2);
            assertThat(listening.sender()).isEmpty();
        }
    }

    /** TLS can go on from an earlier handshake without showing any certificate again. */
    @Test
    void shouldTurnAwayAPeerWhoComesBackWithAnEarlierHandshakeAndIsTrustedNoLonger() throws Exception {
        TestKeys.trust(folder.resolve("standby"), folder.resolve("stranger"), "stranger");
        SSLContext context = Tls.context(nodes.stranger);
        try (Link listening = nodes.listen()) {
            try (SSLSocket first = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", nodes.port)) {
                first.startHandshake();
                first.shutdownOutput();
                assertThat(isClosed(first)).isTrue();
            }
            assertThat(nodes.said).isEmpty();

            Files.delete(folder.resolve("standby/keys/trusted/stranger.pem"));
            try (SSLSocket again = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", nodes.port)) {
                assertThat(isTurnedAway(again)).isTrue();
            }
            awaitSaid("HB2051");
            assertThat(nodes.said).hasSize(1).first().asString().contains(nodes.stranger.fingerprint());
            assertThat(listening.poll()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"-20d,10", "+10d,20"})
    void shouldTurnAwayACallerWhoseTrustedCertificateIsNotValidToday(String from, int days) throws Exception {
        Path old = folder.resolve("old");
        NodeKeys keys = TestKeys.makeAnew(old, "old", from, days);
        TestKeys.trust(old, folder.resolve("standby"), "standby");
        TestKeys.trust(folder.resolve("standby"), old, "old");
        try (Link listening = nodes.listen()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> nodes.call(keys, nodes.port))
                        .isInstanceOf(LinkDownException.class)
                        .hasMessageContaining(keys.fingerprint());
            }
            assertThat(nodes.said).hasSize(1);
            assertThat(nodes.said.get(0)).startsWith("HB2051").contains("is valid only from", keys.fingerprint());
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    void shouldNotCallASlaveWhoseTrustedCertificateHasExpired() throws Exception {
        Path old = folder.resolve("old");
        NodeKeys keys = TestKeys.makeAnew(old, "old", "-20d", 10);
        TestKeys.trust(old, folder.resolve("prod"), "prod");
        TestKeys.trust(folder.resolve("prod"), old, "old");
        try (Link listening = new ArtemisLinks(keys, "127.0.0.1", LinkedNodes.SHORT)
                .listen("fromprod", nodes.port, Security.TLS, () -> {}, (code, values) -> {})) {
            assertThatThrownBy(nodes::call)
                    .isInstanceOf(LinkDownException.class)
                    .hasMessageContaining(keys.fingerprint())
                    .hasMessageContaining("is valid only from");
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    void shouldTellApartPeersOfTheSameName() throws Exception {
        Path namesake = folder.resolve("namesake");
        NodeKeys keys = TestKeys.makeAnew(namesake, "prod");
        TestKeys.trust(namesake, folder.resolve("standby"), "standby");
        try (Link listening = nodes.listen();
                Link calling = nodes.call()) {
            assertThatThrownBy(() -> nodes.call(keys, nodes.port)).isInstanceOf(LinkDownException.class);
            calling.send(new byte[] {1});
            assertThat(nodes.awaitAtSlave(listening)).containsExactly(1);
        }
    }

    @Test
    void shouldTurnAwayACallerWithoutACertificate() throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
        try (Link listening = nodes.listen();
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", nodes.port)) {
            assertThat(isTurnedAway(socket)).isTrue();
            awaitSaid("HB2051");
            assertThat(nodes.said).hasSize(1).first().asString().contains("no certificate is shown");
            assertThat(listening.poll()).isEmpty();
        }
    }

    private void awaitSaid(String id) {
        Awaiting.until(() -> nodes.said.stream().anyMatch(line -> line.startsWith(id)));
    }

    @Test
    void shouldTurnAwayACallerWithoutTls() throws Exception {
        try (Link listening = nodes.listen()) {
            for (int i = 0; i < 3; i++) {
                try (Socket socket = new Socket("127.0.0.1", nodes.port)) {
                    socket.getOutputStream().write("GET / HTTP/1.1 and more than a header".getBytes());
                    assertThat(isClosed(socket)).isTrue();
                }
            }
            awaitSaid("HB2122");
            assertThat(nodes.said).hasSize(1).first().asString().doesNotContain("4745", "GET");
            assertThat(listening.poll()).isEmpty();
        }
    }

    /** A new user set up one side only with --insecure and was told that somebody hung up. */
    @Test
    void shouldSayOnBothSidesThatOnlyTheMasterIsInsecure() throws Exception {
        try (Link listening = nodes.listen()) {
            assertThatThrownBy(() -> nodes.call(nodes.master, "127.0.0.1", nodes.port, Security.INSECURE))
                    .isInstanceOf(LinkDownException.class)
                    .hasMessageContaining("perhaps it speaks TLS")
                    .hasMessageContaining("with --insecure, or neither");
            awaitSaid("HB3084");
            assertThat(nodes.said)
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("127.0.0.1", "--insecure", "or neither")
                    .doesNotContain("ARTEMIS", "4152");
            assertThat(listening.poll()).isEmpty();
        }
    }

    /** As above; the slave said that 1048576 bytes were announced at once. */
    @Test
    void shouldSayOnBothSidesThatOnlyTheSlaveIsInsecure() throws Exception {
        try (Link listening = nodes.listen(Security.INSECURE, "127.0.0.1")) {
            assertThatThrownBy(nodes::call)
                    .isInstanceOf(LinkDownException.class)
                    .hasMessageContaining("perhaps it speaks plain text")
                    .hasMessageContaining("with --insecure, or neither");
            awaitSaid("HB3083");
            assertThat(nodes.said).hasSize(1).first().asString().contains("127.0.0.1", "--insecure", "or neither");
            assertThat(listening.poll()).isEmpty();
        }
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // an alert comes first
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void shouldTurnAwayACallerWhoTakesHisTime() throws Exception {
        try (Link listening = nodes.listen();
                Socket slow = new Socket("127.0.0.1", nodes.port)) {
            slow.getOutputStream().write(0x16);

            assertThat(isClosed(slow)).isTrue();
            awaitSaid("HB2123");
            assertThat(nodes.said).hasSize(1);
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    void shouldServeItsMasterWhileAThousandOthersShakeHands() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try (Link listening = nodes.listen();
                Link calling = nodes.call()) {
            int threads = Thread.activeCount();
            for (int i = 0; i < 1_000; i++) {
                Socket socket = new Socket("127.0.0.1", nodes.port);
                socket.getOutputStream().write(0x16);
                crowd.add(socket);
            }
            calling.send(new byte[] {1});
            assertThat(nodes.awaitAtSlave(listening)).containsExactly(1);
            assertThat(crowd.subList(0, 900)).allMatch(LinkSecurityTest::isClosed);
            assertThat(Thread.activeCount()).isLessThan(threads + 10);
            try (Link again = nodes.call()) {
                again.send(new byte[] {2});
                assertThat(nodes.awaitAtSlave(listening)).containsExactly(2);
            }
            assertThat(nodes.said).filteredOn(line -> line.startsWith("HB2124")).hasSize(1);
            assertThat(nodes.said.size()).isLessThanOrEqualTo(2);
        } finally {
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 1 << 21, -1, Integer.MIN_VALUE})
    void shouldEndAConnectionThatAnnouncesAnOversizedPacket(int length) throws Exception {
        SSLContext context = Tls.context(nodes.master);
        try (Link listening = nodes.listen();
                Link calling = nodes.call();
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", nodes.port)) {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(19)
                            .put("ARTEMIS".getBytes())
                            .putInt(length)
                            .putLong(0)
                            .array());
            assertThat(isClosed(socket)).isTrue();
            awaitSaid("HB2125");
            assertThat(nodes.said).hasSize(1);
            calling.send(new byte[] {1});
            assertThat(nodes.awaitAtSlave(listening)).containsExactly(1);
        }
    }

    @Test
    void shouldSpeakWithoutTlsOnlyWhenAskedToOnBothSides() throws Exception {
        try (Link listening = nodes.listen(Security.INSECURE, "127.0.0.1")) {
            assertThatThrownBy(nodes::call).isInstanceOf(LinkDownException.class);
            try (Link calling = nodes.call(nodes.master, "localhost", nodes.port, Security.INSECURE)) {
                calling.send(new byte[] {1});
                assertThat(nodes.awaitAtSlave(listening)).containsExactly(1);
                listening.send(new byte[] {2});
                assertThat(nodes.awaitAtMaster(calling)).containsExactly(2);
            }
        }
        try (Link listening = nodes.listen()) {
            assertThatThrownBy(() -> nodes.call(nodes.master, "127.0.0.1", nodes.port, Security.INSECURE))
                    .isInstanceOf(LinkDownException.class);
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    void shouldRefuseAnInsecureLinkToAnotherMachine() {
        assertThatThrownBy(() -> nodes.listen(Security.INSECURE, "0.0.0.0"))
                .isInstanceOf(LinkDownException.class)
                .hasMessageContaining("An insecure link is refused: '0.0.0.0'");
        assertThatThrownBy(() -> nodes.call(nodes.master, "192.0.2.1", nodes.port, Security.INSECURE))
                .isInstanceOf(LinkDownException.class)
                .hasMessageContaining("An insecure link is refused: '192.0.2.1'");
    }

    /** By an alert, if that arrives before the connection is closed. */
    private static boolean isTurnedAway(SSLSocket socket) {
        try {
            socket.startHandshake();
            socket.getOutputStream().write("ARTEMIS".getBytes());
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void shouldNotSpeakAnOlderTls() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(nodes.master.keyManagers(), new TrustManager[] {new TrustsAll()}, new SecureRandom());
        try (Link listening = nodes.listen();
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", nodes.port)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
            awaitSaid("HB2122");
            assertThat(nodes.said).hasSize(1).first().asString().contains("TLSv1.2");
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    void shouldLetAPeerSendFramesAndReadAnswersAndNothingElse() throws Exception {
        try (Link listening = nodes.listen();
                ActiveMQConnectionFactory factory = factory();
                Connection connection = factory.createConnection()) {
            assertThatCode(() -> send(connection, Names.IN)).doesNotThrowAnyException();
            assertThatCode(() -> readTopic(connection, Names.ACK)).doesNotThrowAnyException();

            assertThatThrownBy(() -> readQueue(connection, Names.IN)).hasMessageContaining("does not have permission");
            assertThatThrownBy(() -> sendToTopic(connection, Names.ACK))
                    .hasMessageContaining("does not have permission");
            assertThatThrownBy(() -> send(
                            connection,
                            ActiveMQDefaultConfiguration.getDefaultManagementAddress()
                                    .toString()))
                    .hasMessageContaining("does not have permission");
            assertThatThrownBy(() -> send(connection, Names.TXLOG)).isInstanceOf(JMSException.class);
            assertThatThrownBy(() -> readTopic(connection, Names.TXLOG)).isInstanceOf(JMSException.class);
            assertThatThrownBy(() -> readTopic(connection, "activemq.notifications"))
                    .isInstanceOf(JMSException.class);
            assertThatThrownBy(() -> durable(connection)).isInstanceOf(JMSException.class);
            assertThatThrownBy(() -> connection
                            .createSession(false, Session.AUTO_ACKNOWLEDGE)
                            .createTemporaryQueue())
                    .isInstanceOf(JMSException.class);
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    void shouldNotLetAPeerLogInAsAnybodyElse() throws Exception {
        try (Link listening = nodes.listen();
                ActiveMQConnectionFactory factory = factory()) {
            assertThatThrownBy(() -> factory.createConnection(
                                    ActiveMQDefaultConfiguration.getDefaultClusterUser(),
                                    ActiveMQDefaultConfiguration.getDefaultClusterPassword())
                            .createSession())
                    .isInstanceOf(JMSException.class);
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    void shouldGoOnAfterAMessageThatIsNoFrame() throws Exception {
        try (Link listening = nodes.listen();
                ActiveMQConnectionFactory factory = factory();
                Connection connection = factory.createConnection();
                Link calling = nodes.call()) {
            send(connection, Names.IN);
            calling.send(new byte[] {1});

            assertThat(nodes.awaitAtSlave(listening)).containsExactly(1);
            assertThat(nodes.said).hasSize(1).first().asString().startsWith("HB2126");
        }
    }

    private ActiveMQConnectionFactory factory() {
        Map<String, Object> parameters = new HashMap<>(Tls.parameters(nodes.master));
        parameters.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
        parameters.put(TransportConstants.PORT_PROP_NAME, nodes.port);
        parameters.put(TransportConstants.VERIFY_HOST_PROP_NAME, false);
        ActiveMQConnectionFactory factory = ActiveMQJMSClient.createConnectionFactoryWithoutHA(
                JMSFactoryType.CF, new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters));
        factory.setBlockOnNonDurableSend(true);
        factory.setCallTimeout(3_000);
        return factory;
    }

    private static void send(Connection connection, String address) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            MessageProducer producer = ArtemisLinks.producer(session, session.createQueue(address));
            producer.send(session.createTextMessage("no frame"));
        }
    }

    private static void sendToTopic(Connection connection, String address) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            ArtemisLinks.producer(session, session.createTopic(address)).send(session.createTextMessage("no answer"));
        }
    }

    private static void readQueue(Connection connection, String address) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            session.createConsumer(session.createQueue(address));
        }
    }

    private static void readTopic(Connection connection, String address) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            session.createConsumer(session.createTopic(address));
        }
    }

    private static void durable(Connection connection) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            session.createSharedDurableConsumer(session.createTopic(Names.ACK), "for ever");
        }
    }

    private static final class TrustsAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
