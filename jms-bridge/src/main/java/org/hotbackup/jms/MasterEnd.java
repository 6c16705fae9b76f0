package org.hotbackup.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.ServerMessages;

/** A master server's end of a link: a JMS client of the slave's broker that shows its own certificate. */
final class MasterEnd {

    private static final Logger LOGGER = Logger.getLogger(MasterEnd.class.getName());

    /** The slave's broker confirms what it took: that also shows that it lives while pings queue behind large frames. */
    private static final int CONFIRMATION_WINDOW_BYTES = FrameParts.PART_BYTES;

    private final NodeKeys keys;
    private final String host;
    private final int port;
    private final Links.Security security;
    private final Patience patience;

    MasterEnd(NodeKeys keys, String host, int port, Links.Security security, Patience patience) {
        this.keys = keys;
        this.host = host;
        this.port = port;
        this.security = security;
        this.patience = patience;
    }

    /** See {@link org.hotbackup.replication.Links#call}. */
    Link call(Runnable wake, ServerMessages messages) throws LinkDownException {
        try {
            if (security == Links.Security.INSECURE) {
                ArtemisLinks.checkLoopback(host);
            }
            PeerProbe probe = new PeerProbe(keys, host, port, security);
            probe.check();
            return connect(probe, wake, messages);
        } catch (Refusal e) {
            throw new LinkDownException(e.getMessage(), e);
        }
    }

    private Link connect(PeerProbe probe, Runnable wake, ServerMessages messages) throws LinkDownException {
        ActiveMQConnectionFactory factory = factory();
        Connection connection = null;
        try {
            connection = factory.createConnection();
            checkPeer((ActiveMQConnection) connection);
            return link(factory, connection, new Inbox(wake, messages));
        } catch (JMSException | LinkDownException e) {
            close(connection, factory);
            if (e instanceof LinkDownException known) {
                throw known;
            }
            // Artemis only says that it waited in vain; perhaps there is a better reason
            if (security == Links.Security.INSECURE) {
                probe.checkPlain();
            } else {
                probe.check();
            }
            throw new LinkDownException(Reasons.of(e), e);
        }
    }

    private ActiveMQConnectionFactory factory() {
        Map<String, Object> parameters = new HashMap<>();
        if (security == Links.Security.TLS) {
            parameters.putAll(Tls.parameters(keys));
        }
        parameters.put(TransportConstants.HOST_PROP_NAME, host);
        parameters.put(TransportConstants.PORT_PROP_NAME, port);
        // without this the container's javax.net.ssl properties would win
        parameters.put(TransportConstants.FORCE_SSL_PARAMETERS, true);
        // the peer is known by its certificate, which is trusted by itself, not by the name of its host
        parameters.put(TransportConstants.VERIFY_HOST_PROP_NAME, false);
        parameters.put(TransportConstants.NETTY_CONNECT_TIMEOUT, (int) patience.call());
        ActiveMQConnectionFactory factory = ActiveMQJMSClient.createConnectionFactoryWithoutHA(
                JMSFactoryType.CF, new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters));
        factory.setReconnectAttempts(0);
        factory.setInitialConnectAttempts(1);
        factory.setCallTimeout(patience.call());
        factory.setClientFailureCheckPeriod(patience.ping());
        factory.setConnectionTTL(patience.silence());
        factory.setBlockOnNonDurableSend(false);
        factory.setProducerWindowSize(-1);
        factory.setConfirmationWindowSize(CONFIRMATION_WINDOW_BYTES);
        // the parts of frames are far below; a large message would go to a file on the slave
        factory.setMinLargeMessageSize(4 * FrameParts.PART_BYTES);
        return factory;
    }

    /** TLS also lets in who can show a certificate signed with a trusted key; here only the very certificate counts. */
    private void checkPeer(ActiveMQConnection connection) throws LinkDownException {
        if (security == Links.Security.TLS) {
            try {
                new PinnedPeers(keys)
                        .check(CertificateUtil.getCertsFromConnection(
                                connection.getSessionFactory().getConnection()));
            } catch (PinnedPeers.StrangerException e) {
                throw PeerProbe.stranger(e);
            }
        }
    }

    private Link link(ActiveMQConnectionFactory factory, Connection connection, Inbox inbox) throws JMSException {
        connection.setExceptionListener(e -> inbox.breakDown(Reasons.of(e)));
        Session incoming = connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
        incoming.createConsumer(incoming.createTopic(Names.ACK)).setMessageListener(inbox);
        Session outgoing = connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
        connection.start();
        PacedSender sender = new PacedSender(
                host + ":" + port,
                outgoing,
                ArtemisLinks.producer(outgoing, outgoing.createQueue(Names.IN)),
                ThreadLocalRandom.current().nextLong(),
                inbox,
                patience.write(),
                () -> close(connection, factory));
        PacketStream stream = new PacketStream(
                ((ActiveMQConnection) connection).getSessionFactory().getConnection(), inbox);
        return new JmsLink(inbox, sender, Optional.of(stream), () -> host + ":" + port, false);
    }

    private static void close(Connection connection, ActiveMQConnectionFactory factory) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (JMSException e) {
            LOGGER.log(Level.FINE, "a broken connection could not be closed properly", e);
        } finally {
            factory.close();
        }
    }
}
