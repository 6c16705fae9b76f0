package org.hotbackup.management;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.remote.rmi.RMIConnection;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.security.auth.Subject;
import org.hotbackup.control.messages.MessageCode;

/**
 * A connector's RMI objects, with its own host in their stubs. RMI takes that from one system property at the moment when it
 * exports an object, and a node has two connectors: one for this machine, one for others.
 */
final class NamedStubs extends RMIJRMPServerImpl {

    private static final String PROPERTY = "java.rmi.server.hostname";

    private final String host;
    private final int port;
    private final RmiSockets sockets;
    private final int most;
    private final Map<String, ?> environment;
    private final RoleForwarder roles;
    private final ObjectInputFilter requests;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * Makes them.
     *
     * @param host by which clients find the objects
     * @param most how many clients may be connected at the same time
     * @param environment of the connector, with the filter of what requests may hold
     * @param roles says who may hear notifications
     */
    NamedStubs(String host, int port, RmiSockets sockets, int most, Map<String, ?> environment, RoleForwarder roles)
            throws IOException {
        super(port, sockets.client(), sockets.server(), environment);
        this.host = host;
        this.port = port;
        this.sockets = sockets;
        this.most = most;
        this.environment = environment;
        this.roles = roles;
        this.requests = ObjectInputFilter.Config.createFilter(
                (String) environment.get(RMIConnectorServer.SERIAL_FILTER_PATTERN));
    }

    @Override
    protected void export() throws IOException {
        exported(host, () -> {
            super.export();
            return null;
        });
    }

    @Override
    protected RMIConnection makeClient(String connectionId, Subject subject) throws IOException {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw new IOException(MessageCode.JMX_FULL.text(most));
        }
        try {
            return exported(host, () -> {
                RMIConnection client = new CallerConnection(this, connectionId, subject, environment, roles);
                UnicastRemoteObject.exportObject(client, port, sockets.client(), sockets.server(), requests);
                return client;
            });
        } catch (IOException | RuntimeException e) {
            open.decrementAndGet();
            throw e;
        }
    }

    @Override
    protected void clientClosed(RMIConnection client) throws IOException {
        open.decrementAndGet();
        super.clientClosed(client);
    }

    /** Exports something while the property says this. */
    static <T> T exported(String host, Callable<T> export) throws IOException {
        synchronized (NamedStubs.class) {
            String before = System.getProperty(PROPERTY);
            System.setProperty(PROPERTY, host);
            try {
                return export.call();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            } finally {
                if (before == null) {
                    System.clearProperty(PROPERTY);
                } else {
                    System.setProperty(PROPERTY, before);
                }
            }
        }
    }
}
