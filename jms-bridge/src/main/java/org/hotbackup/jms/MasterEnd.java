package org.hotbackup.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
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

/** A master server's end of a link: a JMS client of the slave's broker that shows its own certificate. */
final class MasterEnd {

    private static final Logger LOGGER = Logger.getLogger(MasterEnd.class.getName());

    /** The slave's broker confirms what it took: that also shows that it lives while pings queue behind large frames. */
    private static final int CONFIRMATION_WINDOW_BYTES = FrameParts.PART_BYTES;

    private final NodeKeys keys;
    private final String host;
    private final int port;
    private final Patience patience;

    MasterEnd(NodeKeys keys, String host, int port, Patience patience) {
        this.keys = keys;
        this.host = host;
        this.port = port;
        this.patience = patience;
    }

    /** See {@link org.hotbackup.replication.Links#call}. */
    Link call(Runnable wake) throws LinkDownException {
        try {
            Tls tls = Tls.of(keys);
            new PeerProbe(keys, tls.trusted(), host, port).check();
            return connect(tls, wake);
        } catch (Refusal e) {
            throw new LinkDownException(e.getMessage(), e);
        }
    }

    private Link connect(Tls tls, Runnable wake) throws LinkDownException {
        ActiveMQConnectionFactory factory = factory(tls);
        Connection connection = null;
        try {
            connection = factory.createConnection();
            checkPeer((ActiveMQConnection) connection, tls);
            return link(factory, connection, wake);
        } catch (JMSException | LinkDownException e) {
            close(connection, factory);
            if (e instanceof LinkDownException known) {
                throw known;
            }
            throw new LinkDownException(Reasons.of(e), e);
        }
    }

    private ActiveMQConnectionFactory factory(Tls tls) {
        Map<String, Object> parameters = new HashMap<>(tls.parameters());
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
        factory.setMinLargeMessageSize(8 * FrameParts.PART_BYTES);
        return factory;
    }

    /** TLS also lets in who can show a certificate signed with a trusted key; here only the very certificate counts. */
    private static void checkPeer(ActiveMQConnection connection, Tls tls) throws LinkDownException {
        X509Certificate[] chain = CertificateUtil.getCertsFromConnection(
                connection.getSessionFactory().getConnection());
        String fingerprint = chain == null || chain.length == 0 ? "none" : NodeKeys.fingerprint(chain[0]);
        if (!tls.trusted().contains(fingerprint)) {
            throw new LinkDownException("who answers there, with certificate " + fingerprint + ", is not trusted here");
        }
    }

    private Link link(ActiveMQConnectionFactory factory, Connection connection, Runnable wake) throws JMSException {
        Inbox inbox = new Inbox(wake);
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
        return new JmsLink(inbox, sender, () -> host + ":" + port);
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
