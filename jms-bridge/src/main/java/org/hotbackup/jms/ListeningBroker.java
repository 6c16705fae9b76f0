package org.hotbackup.jms;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * The broker that one slave server listens with: without a disk, because the master keeps everything until it is
 * acknowledged, and apart from the node's own broker, so that nobody outside ever talks to the one with the journal.
 */
final class ListeningBroker implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(ListeningBroker.class.getName());
    private static final String OUTSIDE = "outside";

    private final ActiveMQServer server;
    private final ActiveMQConnectionFactory inside;

    /**
     * Starts it.
     *
     * @param acceptor parameters of the acceptor that the master calls
     */
    ListeningBroker(String name, Map<String, Object> acceptor, NodeKeys keys) throws Exception {
        int serverId = Broker.newServerId();
        String password = Broker.randomPassword();
        AddressSettings settings = new AddressSettings()
                .setAutoCreateAddresses(false)
                .setAutoDeleteAddresses(false)
                .setMaxSizeBytes(-1);
        server = ActiveMQServers.newActiveMQServer(
                new ConfigurationImpl()
                        .setName("slave server " + name)
                        .setPersistenceEnabled(false)
                        .setSecurityEnabled(true)
                        .setJMXManagementEnabled(false)
                        .setMessageExpiryScanPeriod(-1)
                        .addAddressSetting("#", settings)
                        .addAcceptorConfiguration(new TransportConfiguration(
                                InVMAcceptorFactory.class.getName(),
                                Map.of("serverId", Integer.toString(serverId)),
                                "inside"))
                        .addAcceptorConfiguration(
                                new TransportConfiguration(NettyAcceptorFactory.class.getName(), acceptor, OUTSIDE)),
                null,
                new NodeSecurityManager(Broker.USER, password, keys::trusted),
                false);
        inside = new ActiveMQConnectionFactory("vm://" + serverId);
        try {
            server.start();
            server.addAddressInfo(new AddressInfo(SimpleString.of(Names.IN), RoutingType.ANYCAST));
            server.addAddressInfo(new AddressInfo(SimpleString.of(Names.ACK), RoutingType.MULTICAST));
            server.createQueue(QueueConfiguration.of(Names.IN)
                    .setAddress(Names.IN)
                    .setRoutingType(RoutingType.ANYCAST)
                    .setDurable(false)
                    .setAutoDelete(false));
            if (!server.getRemotingService().getAcceptor(OUTSIDE).isStarted()) {
                throw new IllegalStateException("the port is in use");
            }
            inside.setUser(Broker.USER);
            inside.setPassword(password);
            inside.setReconnectAttempts(0);
            inside.setProducerWindowSize(-1);
            inside.setBlockOnNonDurableSend(false);
            inside.setMinLargeMessageSize(ArtemisLinks.LARGE_MESSAGE_BYTES);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** A connection of the slave server itself. */
    Connection connect() throws JMSException {
        return inside.createConnection();
    }

    /** Who is connected from outside. */
    String peers() {
        return server.getRemotingService().getConnections().stream()
                .map(connection -> connection.getRemoteAddress().replace("/", ""))
                .filter(address -> !address.startsWith("invm"))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        try {
            inside.close();
            server.stop();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "a slave server did not stop listening cleanly", e);
        }
    }
}
