package org.hotbackup.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;

/**
 * Links over Artemis: a slave server listens with a broker of its own (core protocol, TLS 1.3, client certificates), the
 * master's side is a JMS client of it.
 *
 * <p>Frames for the slave go to the queue {@code hb.in}, answers to the topic {@code hb.ack}: every connected master has a
 * subscription of its own, so that a connection that died unnoticed takes nothing away from the one that follows it.
 */
final class ArtemisLinks implements Links {

    private static final String TLS = "TLSv1.3";
    private static final String STORE_TYPE = "PKCS12";
    private static final long CALL_TIMEOUT_MILLIS = 5_000;
    private static final long FAILURE_CHECK_MILLIS = 3_000;
    private static final long CONNECTION_TTL_MILLIS = 10_000;

    /** Larger than a batch: only a single large transaction goes over the link in pieces. */
    static final int LARGE_MESSAGE_BYTES = 4 << 20;

    private final Broker broker;
    private final String bindAddress;

    ArtemisLinks(Broker broker, String bindAddress) {
        this.broker = broker;
        this.bindAddress = bindAddress;
    }

    @Override
    public Link call(String host, int port, Runnable wake) throws LinkDownException {
        Connection connection = null;
        try {
            Map<String, Object> parameters = tls();
            parameters.put(TransportConstants.HOST_PROP_NAME, host);
            parameters.put(TransportConstants.PORT_PROP_NAME, port);
            // without this the container's javax.net.ssl properties would win
            parameters.put(TransportConstants.FORCE_SSL_PARAMETERS, true);
            // the peer is known by its certificate, which is trusted by itself, not by the name of its host
            parameters.put(TransportConstants.VERIFY_HOST_PROP_NAME, false);
            parameters.put(TransportConstants.NETTY_CONNECT_TIMEOUT, (int) CALL_TIMEOUT_MILLIS);
            ActiveMQConnectionFactory factory = ActiveMQJMSClient.createConnectionFactoryWithoutHA(
                    JMSFactoryType.CF, new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters));
            factory.setReconnectAttempts(0);
            factory.setInitialConnectAttempts(1);
            factory.setCallTimeout(CALL_TIMEOUT_MILLIS);
            factory.setClientFailureCheckPeriod(FAILURE_CHECK_MILLIS);
            factory.setConnectionTTL(CONNECTION_TTL_MILLIS);
            factory.setBlockOnNonDurableSend(false);
            factory.setProducerWindowSize(-1);
            factory.setMinLargeMessageSize(LARGE_MESSAGE_BYTES);
            connection = factory.createConnection();
            return new JmsLink(
                    connection,
                    session -> session.createQueue(Names.IN),
                    session -> session.createTopic(Names.ACK),
                    wake,
                    () -> host + ":" + port,
                    factory);
        } catch (JMSException | Refusal e) {
            close(connection);
            throw new LinkDownException(ArtemisTransactionLogQueue.reason(e), e);
        }
    }

    private static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (JMSException e) {
                // it never came to be used; the reason that matters is on its way already
            }
        }
    }

    @Override
    public Link listen(String server, int port, Runnable wake) throws LinkDownException {
        checkFree(port);
        try {
            Map<String, Object> parameters = tls();
            parameters.put(TransportConstants.HOST_PROP_NAME, bindAddress);
            parameters.put(TransportConstants.PORT_PROP_NAME, port);
            parameters.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
            parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE");
            ListeningBroker listening = new ListeningBroker(server, parameters, broker.keys());
            try {
                return new JmsLink(
                        listening.connect(),
                        session -> session.createTopic(Names.ACK),
                        session -> session.createQueue(Names.IN),
                        wake,
                        listening::peers,
                        listening);
            } catch (JMSException e) {
                listening.close();
                throw e;
            }
        } catch (Refusal e) {
            throw new LinkDownException(e.getMessage(), e);
        } catch (Exception e) {
            throw new LinkDownException(MessageCode.BIND_FAILED.text(port, ArtemisTransactionLogQueue.reason(e)), e);
        }
    }

    /** Artemis logs a port that is in use and goes on; a server must not. */
    private void checkFree(int port) throws LinkDownException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(bindAddress), port));
        } catch (IOException e) {
            throw new LinkDownException(MessageCode.BIND_FAILED.text(port, e.getMessage()), e);
        }
    }

    private Map<String, Object> tls() {
        NodeKeys keys = broker.keys();
        Path trusted = keys.trustStore();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, TLS);
        parameters.put(
                TransportConstants.KEYSTORE_PATH_PROP_NAME, keys.keyStore().toString());
        parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, keys.password());
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, STORE_TYPE);
        parameters.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, trusted.toString());
        parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, keys.password());
        parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, STORE_TYPE);
        return parameters;
    }
}
