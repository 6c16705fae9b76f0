package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.AccessException;
import java.rmi.MarshalledObject;
import java.rmi.NoSuchObjectException;
import java.rmi.Remote;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import javax.management.remote.TargetedNotification;
import javax.management.remote.rmi.RMIConnection;
import javax.management.remote.rmi.RMIServer;
import javax.security.auth.Subject;
import org.hotbackup.control.Caller;
import org.hotbackup.control.CallerStore;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connector of this machine, called as its clients call it, below what a console shows of it. */
class JmxConnectorTest {

    private static final int MANY = 100;

    private final Emitter ours = new Emitter();
    private volatile String credential = "first";
    private volatile String role = "viewer";

    private volatile Caller loggedIn;

    private int port;
    private JmxConnector connector;

    /** What each control bean is to the connector: it emits notifications. */
    public interface EmitterMBean {}

    /** Emits when it is told to. */
    public static final class Emitter extends NotificationBroadcasterSupport implements EmitterMBean {

        void emit(String text) {
            sendNotification(new Notification("test", this, 1, text));
        }
    }

    private final List<String> refused = new CopyOnWriteArrayList<>();

    private final class OneUser implements CallerStore {

        @Override
        public Optional<Set<String>> authenticate(Caller caller, String password) {
            return Optional.of(roles(caller.name()));
        }

        @Override
        public void loggedIn(Caller caller) {
            loggedIn = caller;
        }

        @Override
        public Set<String> roles(String user) {
            return Set.of(role);
        }

        @Override
        public String credential(String user) {
            return credential;
        }
    }

    private void hear(Caller caller, String bean, String operation, Refusal refusal) {
        refused.add(caller.name() + " " + bean + " " + operation + " " + refusal.code());
    }

    private static ObjectName name() throws Exception {
        return new ObjectName(ControlNames.DOMAIN, "type", "Emitter");
    }

    @BeforeEach
    void open() throws Exception {
        port = Ports.free(Set.of());
        connector = JmxConnector.open(port, new OneUser(), this::hear);
        ManagementFactory.getPlatformMBeanServer().registerMBean(ours, name());
    }

    @AfterEach
    void close() throws Exception {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name());
        connector.close();
    }

    private RMIConnection connect() throws Exception {
        return ((RMIServer) LocateRegistry.getRegistry("127.0.0.1", port).lookup("jmxrmi"))
                .newClient(new String[] {"bob", "password"});
    }

    private static void subscribe(RMIConnection connection, ObjectName bean) throws Exception {
        connection.addNotificationListeners(
                new ObjectName[] {bean}, new MarshalledObject<?>[] {null}, new Subject[] {null});
    }

    private static TargetedNotification[] fetch(RMIConnection connection, long after) throws Exception {
        return connection.fetchNotifications(after, MANY, 0).getTargetedNotifications();
    }

    /** The registry of the JDK would let every user of this machine do it, and put something else in the place of the node. */
    @Test
    void shouldLetNobodyChangeItsRegistry() throws Exception {
        Registry registry = LocateRegistry.getRegistry("127.0.0.1", port);
        Remote stub = registry.lookup("jmxrmi");

        assertThatThrownBy(() -> registry.unbind("jmxrmi")).hasRootCauseInstanceOf(AccessException.class);
        assertThatThrownBy(() -> registry.rebind("jmxrmi", stub)).hasRootCauseInstanceOf(AccessException.class);
        assertThatThrownBy(() -> registry.bind("other", stub)).hasRootCauseInstanceOf(AccessException.class);
        assertThat(registry.list()).containsExactly("jmxrmi");
        assertThat(connect().getMBeanCount(null)).isPositive();
    }

    @Test
    void shouldKnowWhereAUserIs() throws Exception {
        connect();

        assertThat(loggedIn).isEqualTo(new Caller("bob", "jmx", "127.0.0.1"));
    }

    @Test
    void shouldLeaveNothingBehindWhereItCannotOpen() throws Exception {
        int other = Ports.free(Set.of(port));
        try (ServerSocket somebody = new ServerSocket(other, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> JmxConnector.open(somebody.getLocalPort(), new OneUser(), this::hear))
                    .isInstanceOf(Refusal.class)
                    .hasMessage(MessageCode.PORT_IN_USE.text(other, "JMX", "hotbackup.jmx.port"));
        }
        assertThat(connect().getMBeanCount(null))
                .as("through the one that is open")
                .isPositive();

        JmxConnector second = JmxConnector.open(other, new OneUser(), this::hear);
        assertThat(LocateRegistry.getRegistry("127.0.0.1", other).list()).containsExactly("jmxrmi");
        second.close();
    }

    /** A subscription does not pass the MBean server. */
    @Test
    void shouldTellWhoSubscribesToWhatIsClosed() throws Exception {
        RMIConnection bob = connect();
        ObjectName logging = new ObjectName("java.util.logging:type=Logging");

        assertThatThrownBy(() -> subscribe(bob, logging)).isInstanceOf(SecurityException.class);

        assertThat(refused).containsExactly("bob " + logging + " addNotificationListeners JVM_CLOSED");
    }

    @Test
    void shouldTellNobodyAnythingWhoIsNoLongerAUser() throws Exception {
        RMIConnection bob = connect();
        subscribe(bob, name());
        long now = bob.fetchNotifications(-1, MANY, 0).getNextSequenceNumber();
        ours.emit("while he may");
        assertThat(fetch(bob, now))
                .extracting(one -> one.getNotification().getMessage())
                .containsExactly("while he may");

        credential = "another";
        ours.emit("what he must not hear");

        assertThatThrownBy(() -> fetch(bob, now))
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("not allowed");
        assertThatThrownBy(() -> fetch(bob, now)).as("his connection").isInstanceOf(NoSuchObjectException.class);
    }

    @Test
    void shouldNotLetSomebodySubscribeWhoMayNotRead() throws Exception {
        RMIConnection bob = connect();
        role = "none";

        assertThatThrownBy(() -> subscribe(bob, name())).isInstanceOf(SecurityException.class);
    }

    @Test
    void shouldHaveNoNotificationsOfWhatIsNotShown() throws Exception {
        ObjectName hidden = new ObjectName("of.somebody.else:type=Emitter");
        ManagementFactory.getPlatformMBeanServer().registerMBean(new Emitter(), hidden);
        try {
            RMIConnection bob = connect();

            assertThatThrownBy(() -> subscribe(bob, hidden)).isInstanceOf(SecurityException.class);
            subscribe(bob, new ObjectName("java.lang:type=Memory"));
        } finally {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(hidden);
        }
    }
}
