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
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * Links over Artemis: the slave's broker opens an acceptor on the slave server's port (core protocol, TLS 1.3, client
 * certificates), the master's side is a JMS client of it.
 *
 * <p>Frames for the slave go to the queue {@code hb.in.<port>}, answers to the topic {@code hb.ack.<port>}: every
 * connected master has a subscription of its own, so that a connection that died unnoticed takes nothing away from the
 * one that follows it.
 */
final class ArtemisLinks implements Links {

    private static final String TLS = "TLSv1.3";
    private static final String STORE_TYPE = "PKCS12";
    private static final long CALL_TIMEOUT_MILLIS = 5_000;
    private static final long FAILURE_CHECK_MILLIS = 3_000;
    private static final long CONNECTION_TTL_MILLIS = 10_000;

    /** Larger than a batch: only a single large transaction goes over the link in pieces. */
    private static final int LARGE_MESSAGE_BYTES = 4 << 20;

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
                    session -> session.createQueue(Names.in(Integer.toString(port))),
                    session -> session.createTopic(Names.ack(Integer.toString(port))),
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
        String name = "slave-" + server;
        try {
            ActiveMQServer artemis = broker.server();
            String in = Names.in(Integer.toString(port));
            String ack = Names.ack(Integer.toString(port));
            artemis.addOrUpdateAddressInfo(new AddressInfo(SimpleString.of(in), RoutingType.ANYCAST));
            artemis.addOrUpdateAddressInfo(new AddressInfo(SimpleString.of(ack), RoutingType.MULTICAST));
            artemis.createQueue(
                    QueueConfiguration.of(in)
                            .setAddress(in)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(false)
                            .setAutoDelete(false),
                    true);
            artemis.locateQueue(in).deleteAllReferences();
            Map<String, Object> parameters = tls();
            parameters.put(TransportConstants.HOST_PROP_NAME, bindAddress);
            parameters.put(TransportConstants.PORT_PROP_NAME, port);
            parameters.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
            parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE");
            ActiveMQConnectionFactory inside = broker.connections();
            Connection connection = inside.createConnection();
            JmsLink link = new JmsLink(
                    connection,
                    session -> session.createTopic(ack),
                    session -> session.createQueue(in),
                    wake,
                    () -> peers(artemis, port),
                    () -> {
                        inside.close();
                        artemis.getRemotingService().destroyAcceptor(name);
                    });
            try {
                Acceptor acceptor = artemis.getRemotingService()
                        .createAcceptor(
                                new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, name));
                acceptor.start();
            } catch (Exception e) {
                link.close();
                throw e;
            }
            return link;
        } catch (QueueUnavailableException | Refusal e) {
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

    private static String peers(ActiveMQServer artemis, int port) {
        return artemis.getRemotingService().getConnections().stream()
                .filter(connection -> connection.getTransportLocalAddress() != null
                        && connection.getTransportLocalAddress().endsWith(":" + port))
                .map(connection -> connection.getRemoteAddress().replace("/", ""))
                .collect(Collectors.joining(", "));
    }
}
