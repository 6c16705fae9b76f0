package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LinkSecurityTest {

    @TempDir
    Path folder;

    private LinkedNodes nodes;

    @BeforeEach
    void makeKeys() throws IOException, InterruptedException {
        nodes = new LinkedNodes(folder);
    }

    @Test
    void shouldTurnAwayACallerThatIsNotTrustedWithOneLineInTheLog() throws Exception {
        try (Link listening = nodes.listen();
                Lines lines = new Lines()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> nodes.call(nodes.stranger, nodes.port))
                        .isInstanceOf(LinkDownException.class)
                        .hasMessageContaining("does not trust this one")
                        .hasMessageContaining(nodes.stranger.fingerprint());
            }
            assertThat(lines.warnings()).hasSize(1);
            assertThat(lines.warnings().get(0)).startsWith("HB2051").contains("127.0.0.1", "hot-backup trust");
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
                    .hasMessageContaining("is not trusted here");
            assertThat(listening.poll()).isEmpty();
        }
    }

    @Test
    void shouldLetInAPeerThatIsTrustedFromTheNextStartOn() throws Exception {
        try (Link listening = nodes.listen()) {
            TestKeys.trust(folder.resolve("standby"), folder.resolve("stranger"), "stranger");
            assertThatThrownBy(() -> nodes.call(nodes.stranger, nodes.port)).isInstanceOf(LinkDownException.class);
            assertThat(listening.poll()).isEmpty();
        }
        try (Link listening = nodes.listen();
                Link calling = nodes.call(nodes.stranger, nodes.port)) {
            calling.send(new byte[] {1});
            assertThat(nodes.awaitAtSlave(listening)).containsExactly(1);
        }
        Files.delete(folder.resolve("standby/keys/trusted/stranger.pem"));
        try (Link listening = nodes.listen()) {
            assertThatThrownBy(() -> nodes.call(nodes.stranger, nodes.port)).isInstanceOf(LinkDownException.class);
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
            assertThat(listening.poll()).isEmpty();
        }
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
        }
    }

    private ActiveMQConnectionFactory factory() {
        Map<String, Object> parameters = new HashMap<>(Tls.of(nodes.master).parameters());
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

    /** What is logged while it is open. */
    private static final class Lines extends Handler implements AutoCloseable {

        private final List<String> warnings = new CopyOnWriteArrayList<>();
        private final Logger logger = Logger.getLogger("org.apache.activemq.artemis");

        Lines() {
            logger.addHandler(this);
        }

        List<String> warnings() {
            return warnings;
        }

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
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
