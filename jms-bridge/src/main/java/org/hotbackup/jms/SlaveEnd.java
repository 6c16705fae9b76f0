package org.hotbackup.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.ServerMessages;

/**
 * A slave server's end of its links: a small broker of its own on the slave server's port (core protocol, TLS 1.3, client
 * certificates), with the queue {@code hb.in} for frames that arrive and the topic {@code hb.ack} for answers. It keeps
 * nothing on disk, and the transaction log queue is in another broker, out of reach of any peer.
 *
 * <p>Every connected master has a subscription of its own, so that a connection that died unnoticed takes nothing away
 * from the one that follows it.
 */
final class SlaveEnd {

    private static final Logger LOGGER = Logger.getLogger(SlaveEnd.class.getName());

    private final NodeKeys keys;
    private final String bindAddress;
    private final String server;
    private final int port;
    private final Links.Security security;
    private final Patience patience;
    private final PinnedPeers peers;
    private final Inside inside = Inside.next();

    SlaveEnd(NodeKeys keys, String bindAddress, String server, int port, Links.Security security, Patience patience) {
        this.keys = keys;
        this.bindAddress = bindAddress;
        this.server = server;
        this.port = port;
        this.security = security;
        this.patience = patience;
        this.peers = new PinnedPeers(keys);
    }

    /**
     * See {@link org.hotbackup.replication.Links#listen}.
     *
     * @param rejected counts who is turned away
     */
    Link listen(Runnable wake, ServerMessages messages, LongAdder rejected) throws LinkDownException {
        if (security == Links.Security.INSECURE) {
            ArtemisLinks.checkLoopback(bindAddress);
        }
        checkFree();
        ActiveMQServer broker = null;
        try {
            ArtemisLogs.quieten();
            TurnedAway turnedAway = new TurnedAway(messages, rejected, System::nanoTime);
            broker = ActiveMQServers.newActiveMQServer(
                    BrokerSettings.link(server, inside),
                    null,
                    new NodeSecurityManager(inside, connection -> peer(connection, turnedAway)),
                    false);
            broker.start();
            broker.addOrUpdateAddressInfo(new AddressInfo(SimpleString.of(Names.IN), RoutingType.ANYCAST));
            broker.addOrUpdateAddressInfo(new AddressInfo(SimpleString.of(Names.ACK), RoutingType.MULTICAST));
            Queue frames = broker.createQueue(QueueConfiguration.of(Names.IN)
                    .setRoutingType(RoutingType.ANYCAST)
                    .setDurable(false)
                    .setAutoDelete(false));
            Inbox inbox = new Inbox(wake, messages);
            frames.addConsumer(new FrameReader(inbox, broker.getStorageManager().generateID()));
            return open(broker, link(broker, inbox), turnedAway, inbox);
        } catch (LinkDownException e) {
            throw e;
        } catch (Refusal e) {
            stop(broker);
            throw new LinkDownException(e.getMessage(), e);
        } catch (Exception e) {
            stop(broker);
            throw new LinkDownException("the broker of TCP port " + port + " does not start: " + Reasons.of(e), e);
        }
    }

    /** Artemis logs a port that is in use and goes on; a server must not. */
    private void checkFree() throws LinkDownException {
        try {
            bind(bindAddress, port).close();
        } catch (IOException e) {
            throw new LinkDownException(whyNot(port, e), e);
        }
    }

    /**
     * Takes a port.
     *
     * @throws LinkDownException if it cannot be listened on, with the reason
     */
    static ServerSocket bind(String address, int port) throws LinkDownException {
        try {
            return bound(new ServerSocket(), address, port);
        } catch (IOException e) {
            throw new LinkDownException(whyNot(port, e), e);
        }
    }

    private static ServerSocket bound(ServerSocket socket, String address, int port) throws IOException {
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** HB-147 or HB-152: without an address to bind to there is no port, without a socket nothing at all. */
    static String whyNot(int port, IOException e) {
        boolean noSocket = e instanceof SocketException && !(e instanceof BindException);
        return noSocket
                ? MessageCode.SOCKET_CREATION_FAILED.text() + ": " + e.getMessage()
                : MessageCode.BIND_FAILED.text(port, e.getMessage());
    }

    private Link link(ActiveMQServer broker, Inbox inbox) throws JMSException {
        ActiveMQConnectionFactory factory = inside.connections();
        Connection connection = factory.createConnection();
        connection.setExceptionListener(e -> inbox.breakDown(Reasons.of(e)));
        Session outgoing = connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
        connection.start();
        DirectSender sender = new DirectSender(
                outgoing,
                ArtemisLinks.producer(outgoing, outgoing.createTopic(Names.ACK)),
                ThreadLocalRandom.current().nextLong(),
                () -> {
                    close(connection);
                    factory.close();
                    stop(broker);
                });
        return new JmsLink(inbox, sender, Optional.empty(), () -> peers(broker), security == Links.Security.TLS);
    }

    /**
     * The node that a connection belongs to, if it is a trusted one. The handshake has found that out already, but for one
     * that was resumed from an earlier one.
     */
    private Optional<String> peer(RemotingConnection connection, TurnedAway turnedAway) {
        if (security == Links.Security.INSECURE) {
            return Optional.of("");
        }
        try {
            X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
            peers.check(chain);
            return Optional.of(NodeKeys.nodeId(chain[0]));
        } catch (PinnedPeers.StrangerException e) {
            String host = connection.getRemoteAddress().replaceFirst("^/", "").replaceFirst(":\\d+$", "");
            turnedAway.say(MessageCode.CALLER_REFUSED, host, e.getMessage());
            return Optional.empty();
        }
    }

    /** Last of all: whoever calls finds everything there. */
    private Link open(ActiveMQServer broker, Link link, TurnedAway turnedAway, Inbox inbox) throws LinkDownException {
        try {
            Map<String, Object> parameters = Door.parameters();
            SSLContext tls = null;
            if (security == Links.Security.TLS) {
                parameters.putAll(Tls.parameters(keys));
                parameters.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
                tls = Tls.context(keys);
            }
            parameters.put(TransportConstants.HOST_PROP_NAME, bindAddress);
            parameters.put(TransportConstants.PORT_PROP_NAME, port);
            broker.getServiceRegistry()
                    .addAcceptorFactory(server, new Door(broker, tls, peers, patience.handshake(), turnedAway, inbox));
            broker.getRemotingService()
                    .createAcceptor(new TransportConfiguration(Door.class.getName(), parameters, server))
                    .start();
            return link;
        } catch (Refusal e) {
            link.close();
            throw new LinkDownException(e.getMessage(), e);
        } catch (Exception e) {
            link.close();
            throw new LinkDownException(MessageCode.BIND_FAILED.text(port, Reasons.of(e)), e);
        }
    }

    private static String peers(ActiveMQServer broker) {
        return broker.getRemotingService().getConnections().stream()
                .map(connection -> connection.getRemoteAddress().replace("/", ""))
                .filter(address -> !address.startsWith("invm"))
                .collect(Collectors.joining(", "));
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (JMSException e) {
            LOGGER.log(Level.FINE, "a broken connection could not be closed properly", e);
        }
    }

    private static void stop(ActiveMQServer broker) {
        try {
            if (broker != null) {
                broker.stop();
            }
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "the broker of a link did not stop cleanly", e);
        }
    }
}
