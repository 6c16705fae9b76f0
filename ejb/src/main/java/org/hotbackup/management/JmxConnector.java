package org.hotbackup.management;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.AlreadyBoundException;
import java.rmi.NoSuchObjectException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.security.auth.Subject;
import org.hotbackup.control.Caller;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The node's own JMX connector: registry and connector on one loopback port, for users of this node only
 * ({@link RoleForwarder} says what each may do). Consoles open {@code service:jmx:rmi:///jndi/rmi://127.0.0.1:PORT/jmxrmi}.
 */
final class JmxConnector {

    private static final String HOST_PROPERTY = "java.rmi.server.hostname";
    private static final String NAME = "jmxrmi";

    private final RMIConnectorServer connector;
    private final Registry registry;

    private JmxConnector(RMIConnectorServer connector, Registry registry) {
        this.connector = connector;
        this.registry = registry;
    }

    /**
     * Opens the connector.
     *
     * @throws IOException if the port cannot be listened on
     */
    static JmxConnector open(int port, CallerStore callers) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        if (System.getProperty(HOST_PROPERTY) == null) {
            System.setProperty(HOST_PROPERTY, loopback.getHostAddress());
        }
        RMIServerSocketFactory onLoopback = p -> new ServerSocket(p, 50, loopback);
        Map<String, Object> environment = Map.of(
                JMXConnectorServer.AUTHENTICATOR,
                authenticator(callers),
                // what a stranger may send before he is known: two strings, nothing else
                RMIConnectorServer.CREDENTIALS_FILTER_PATTERN,
                "java.lang.String;!*",
                RMIConnectorServer.SERIAL_FILTER_PATTERN,
                "maxdepth=20;maxarray=100000;maxbytes=1000000;java.lang.*;java.util.*;java.math.*;"
                        + "java.rmi.MarshalledObject;javax.management.**;javax.security.auth.Subject;!*");
        Registry registry = LocateRegistry.createRegistry(port, null, onLoopback);
        RMIJRMPServerImpl server = new RMIJRMPServerImpl(port, null, onLoopback, environment);
        RMIConnectorServer connector = new RMIConnectorServer(
                new JMXServiceURL("rmi", loopback.getHostAddress(), port),
                environment,
                server,
                ManagementFactory.getPlatformMBeanServer());
        connector.setMBeanServerForwarder(new RoleForwarder().forwarder());
        connector.start();
        try {
            registry.bind(NAME, server.toStub());
        } catch (AlreadyBoundException e) {
            throw new IOException(e);
        }
        return new JmxConnector(connector, registry);
    }

    private static JMXAuthenticator authenticator(CallerStore callers) {
        return credentials -> {
            if (credentials instanceof String[] pair && pair.length == 2 && pair[0] != null && pair[1] != null) {
                return subject(callers, pair[0], pair[1]);
            }
            throw new SecurityException(MessageCode.NOT_AUTHENTICATED.text());
        };
    }

    private static Subject subject(CallerStore callers, String user, String password) {
        // before the password is checked: who changes it meanwhile ends this connection, too
        String credential = callers.credential(user);
        Caller caller = new Caller(user, "jmx", Callers.addressOverJmx());
        try {
            if (callers.authenticate(caller, password).isEmpty()) {
                throw new SecurityException(MessageCode.NOT_AUTHENTICATED.text());
            }
        } catch (Refusal e) {
            throw new SecurityException(e.getMessage());
        }
        Subject subject = new Subject();
        subject.getPrincipals().add(new CallerPrincipal(user, credential));
        subject.setReadOnly();
        return subject;
    }

    /** Closes all connections and the port. */
    void close() throws IOException {
        connector.stop();
        try {
            UnicastRemoteObject.unexportObject(registry, true);
        } catch (NoSuchObjectException e) {
            throw new IOException(e);
        }
    }
}
