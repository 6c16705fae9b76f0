package org.hotbackup.management;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.rmi.AlreadyBoundException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.ExportException;
import java.rmi.server.UnicastRemoteObject;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import javax.security.auth.Subject;
import org.hotbackup.control.Caller;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.Role;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.node.NodeKey;
import org.hotbackup.node.RemoteJmx;

/**
 * A JMX connector of the node: registry and connector on one port, for users of this node only ({@link RoleForwarder} says
 * what each may do). One is for this machine, on loopback: consoles open
 * {@code service:jmx:rmi:///jndi/rmi://127.0.0.1:PORT/jmxrmi}. The other, if there is one, is for other machines: all of
 * it speaks TLS 1.3 with the node's own key, the registry too, since a stub that came in clear could lead a password
 * anywhere.
 */
final class JmxConnector {

    private static final String NAME = "jmxrmi";
    private static final String LOCAL = "local";

    /** A console keeps one connection, or two; one that went away without a word is dropped after two minutes. */
    private static final int MOST = 64;

    private final RMIConnectorServer connector;
    private final Registry registry;

    private JmxConnector(RMIConnectorServer connector, Registry registry) {
        this.connector = connector;
        this.registry = registry;
    }

    /**
     * Opens the connector for this machine.
     *
     * @throws Refusal if somebody else listens on the port: under an application server nobody looked before
     * @throws IOException if it cannot be opened for another reason
     */
    static JmxConnector open(int port, CallerStore callers, RefusedCalls refused) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        RmiSockets sockets = new RmiSockets(null, p -> CallerDoor.local(loopback, p));
        try {
            return open(
                    loopback.getHostAddress(),
                    port,
                    sockets,
                    MOST,
                    authenticator(callers),
                    new RoleForwarder(callers, refused));
        } catch (ExportException e) {
            if (!(e.getCause() instanceof BindException)) {
                throw e;
            }
            throw new Refusal(MessageCode.PORT_IN_USE, port, "JMX", NodeSetting.JMX_PORT.key());
        }
    }

    /**
     * Opens the connector for other machines.
     *
     * @throws IOException if the port cannot be listened on
     * @throws Refusal if the host or the node's key cannot be used
     */
    static JmxConnector open(RemoteJmx remote, NodeKey key, CallerStore callers, RefusedCalls refused)
            throws IOException {
        InetAddress address = remote.address();
        SSLSocketFactory tls = tls(key);
        RmiSockets sockets = new RmiSockets(new SslRMIClientSocketFactory(), p -> CallerDoor.secured(address, p, tls));
        return open(
                remote.host(),
                remote.port(),
                sockets,
                MOST,
                fromElsewhere(authenticator(callers)),
                new RoleForwarder(callers, refused));
    }

    static SSLSocketFactory tls(NodeKey key) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(key.keyManagers(), null, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new Refusal(MessageCode.NODE_KEY_UNUSABLE, key.store(), e.getMessage());
        }
    }

    private static JmxConnector open(
            String host, int port, RmiSockets sockets, int most, JMXAuthenticator authenticator, RoleForwarder roles)
            throws IOException {
        Map<String, Object> environment = Map.of(
                JMXConnectorServer.AUTHENTICATOR,
                authenticator,
                // what a stranger may send before he is known: two strings, nothing else
                RMIConnectorServer.CREDENTIALS_FILTER_PATTERN,
                "java.lang.String;!*",
                RMIConnectorServer.SERIAL_FILTER_PATTERN,
                "maxdepth=20;maxrefs=10000;maxarray=100000;maxbytes=1000000;java.lang.*;java.util.*;java.math.*;"
                        + "java.rmi.MarshalledObject;javax.management.**;javax.security.auth.Subject;!*");
        RMIJRMPServerImpl server = new NamedStubs(host, port, sockets, most, environment, roles);
        RMIConnectorServer connector = new RMIConnectorServer(
                new JMXServiceURL("rmi", host, port), environment, server, ManagementFactory.getPlatformMBeanServer());
        connector.setMBeanServerForwarder(roles.forwarder());
        Registry registry = NamedStubs.exported(
                host, () -> LocateRegistry.createRegistry(port, sockets.client(), sockets.server()));
        JmxConnector opened = new JmxConnector(connector, registry);
        boolean bound = false;
        try {
            connector.start();
            registry.bind(NAME, server.toStub());
            bound = true;
        } catch (AlreadyBoundException e) {
            throw new IOException(e);
        } finally {
            if (!bound) {
                opened.close();
            }
        }
        return opened;
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
        Caller caller = new Caller(user, "jmx", CallerSocket.address());
        try {
            if (!Role.VIEWER.isIn(callers.authenticate(caller, password).orElse(Set.of()))) {
                throw new SecurityException(MessageCode.NOT_AUTHENTICATED.text());
            }
        } catch (Refusal e) {
            throw new SecurityException(e.getMessage());
        }
        callers.loggedIn(caller);
        CallerSocket.know(true);
        Subject subject = new Subject();
        subject.getPrincipals().add(new CallerPrincipal(user, credential));
        subject.setReadOnly();
        return subject;
    }

    /** The secret of the pseudo user {@code local} is for this machine alone. */
    private static JMXAuthenticator fromElsewhere(JMXAuthenticator authenticator) {
        return credentials -> {
            if (credentials instanceof String[] pair && pair.length > 0 && LOCAL.equals(pair[0])) {
                throw new SecurityException(MessageCode.NOT_AUTHENTICATED.text());
            }
            return authenticator.authenticate(credentials);
        };
    }

    /** Closes all connections and the port. */
    void close() throws IOException {
        try {
            connector.stop();
        } finally {
            UnicastRemoteObject.unexportObject(registry, true);
        }
    }
}
