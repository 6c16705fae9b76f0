package org.hotbackup.management;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.server.NodeConfiguration;
import org.hotbackup.server.ReplicationServers;
import org.hotbackup.server.Verifications;

/**
 * The contract inside the node: hands the control beans to the Faces page and REST, and registers the same beans for JMX.
 * Thread-safe.
 */
@ApplicationScoped
public class ControlSurface implements ControlDirectory {

    @Inject
    NodeControl node;

    @Inject
    QueueControl queue;

    @Inject
    ReplicationServers servers;

    @Inject
    MasterLag lag;

    @EJB
    Verifications verifications;

    @Inject
    CallerStore callers;

    @Inject
    NodeConfiguration configuration;

    private final MBeanRegistrar registrar = new MBeanRegistrar();
    private JmxConnector connector;

    /**
     * Registers all beans, those of servers as they come and go, and opens the JMX connector if the node has a port.
     *
     * @throws IOException if the port cannot be listened on
     */
    public void open() throws IOException {
        registrar.register(ControlNames.node(), node, NodeMXBean.class);
        registrar.register(ControlNames.transactionLogQueue(), queue, TransactionLogQueueMXBean.class);
        servers.onChange(this::registerServers);
        if (configuration.jmxPort().isPresent()) {
            connector = JmxConnector.open(configuration.jmxPort().getAsInt(), callers);
        }
    }

    private void registerServers(String name, boolean present) {
        if (present) {
            registrar.register(ControlNames.server(name), new ServerControl(name, servers, lag), ServerMXBean.class);
        } else {
            registrar.unregister(ControlNames.server(name));
        }
        if (present && servers.server(name).settings().isMaster()) {
            registrar.register(
                    ControlNames.verification(name),
                    new VerificationControl(name, verifications),
                    VerificationMXBean.class);
        } else {
            registrar.unregister(ControlNames.verification(name));
        }
    }

    /** Closes the connector and takes back the beans. */
    public void close() throws IOException {
        if (connector != null) {
            connector.close();
            connector = null;
        }
        registrar.unregisterAll();
    }

    @Override
    public NodeMXBean node() {
        return node;
    }

    @Override
    public TransactionLogQueueMXBean transactionLogQueue() {
        return queue;
    }

    @Override
    public ServerMXBean server(String name) {
        servers.server(name);
        return new ServerControl(name, servers, lag);
    }

    @Override
    public VerificationMXBean verification(String server) {
        verifications.of(server);
        return new VerificationControl(server, verifications);
    }
}
