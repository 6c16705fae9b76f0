package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.rmi.AccessException;
import java.rmi.Remote;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.hotbackup.cli.HotBackup;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.testing.JConsole;
import org.hotbackup.testing.Jmxterm;
import org.hotbackup.testing.RemoteAccess;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose JMX is open to other machines: the consoles of the field and our own command come in, and nobody else. */
@Tag("system")
class RemoteJmxTest {

    private static final String BEAN = "bean org.hotbackup:type=TransactionLogQueue";

    @TempDir
    static Path folder;

    private static TestNode node;
    private static RemoteAccess access;

    /** Whoever looks one of these up in a map asks a name server for its host; the node has the class, as every Java. */
    private static Object hostile() {
        try {
            return new URL("http://attacker.invalid/");
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void start() {
        node = TestNode.create(new NodeHomes(folder.resolve("homes")), "prod", StoreKind.H2);
        access = RemoteAccess.configure(node, folder);
        node.start();
        access.makeUsers();
        // from here on this process trusts the node
        access.connect("viewer").close();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void shouldBeReadByJmxtermAsAViewerAndNoMore() {
        assertThat(Jmxterm.run(
                        access,
                        "viewer",
                        List.of(
                                "bean org.hotbackup:type=Node",
                                "get Name Health",
                                BEAN,
                                "get LogMode",
                                "run logAllFiles")))
                .contains("Name = prod;", "LogMode = DL;")
                .anyMatch(line -> line.contains("outcome = REFUSED"))
                .anyMatch(line -> line.contains(MessageCode.NOT_ALLOWED.id()));
        assertThat(node.control().transactionLogQueue().getLogMode()).isEqualTo("DL");
    }

    @Test
    void shouldBeOperatedByJmxtermAsARoleMay() {
        String setAddress = "run setAddress admin admin@example.com";

        assertThat(Jmxterm.run(
                        access, "operator", List.of("bean org.hotbackup:type=Notices", "run take !0 10", setAddress)))
                .anyMatch(line -> line.contains(MessageCode.NOT_ALLOWED.id()));
        assertThat(node.control().notices().getAddresses()).isEmpty();

        assertThat(Jmxterm.run(access, "admin", List.of("bean org.hotbackup:type=Notices", setAddress)))
                .anyMatch(line -> line.contains("outcome = DONE"));
        assertThat(node.control().notices().getAddresses()).containsExactly("admin=admin@example.com");
    }

    @Test
    void shouldBeOpenedByJConsole() {
        List<String> said = JConsole.show(
                access,
                "viewer",
                List.of("org.hotbackup/Node/Attributes", "org.hotbackup/TransactionLogQueue/Operations/clear"));

        assertThat(said)
                .contains(
                        "connected as viewer@" + access.address(),
                        "showed org.hotbackup/Node/Attributes",
                        "showed org.hotbackup/TransactionLogQueue/Operations/clear");
        assertThat(Path.of("target/pictures/jconsole-org-hotbackup-node-attributes.png"))
                .isNotEmptyFile();
    }

    @Test
    void shouldBeControlledByOurCommandFromElsewhere() throws IOException {
        assertThat(command(access.command("operator", List.of("updates", "status"))))
                .contains("open");
        assertThat(command(access.command("operator", List.of("log", "all")))).contains("operator", "not allowed");

        Path other = folder.resolve("other.pem");
        TestNode stranger = TestNode.create(new NodeHomes(folder.resolve("others")), "stranger", StoreKind.H2);
        Files.copy(stranger.home().certificate(), other);
        String[] words = access.command("operator", List.of("servers"));
        // in a process of its own: this one knows the node's own certificate already
        words[words.length - 3] = other.toString();
        assertThat(org.hotbackup.testing.Command.run(folder, 60, words))
                .singleElement()
                .asString()
                .contains(
                        "is not the node with the certificate",
                        "nothing was sent to it",
                        node.home().fingerprint());

        Path open = folder.resolve("open.password");
        Files.writeString(open, access.password("operator"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
        words = access.command("operator", List.of("servers"));
        words[words.length - 1] = open.toString();
        assertThat(command(words)).contains("open to others", "chmod 600");
    }

    private static String command(String... words) {
        StringWriter said = new StringWriter();
        HotBackup.run(new PrintWriter(said), new PrintWriter(said), words);
        return said.toString();
    }

    @Test
    void shouldLetInNobodyButUsers() {
        assertThatThrownBy(() -> access.open(new String[] {"viewer", "wrong"}))
                .isInstanceOf(SecurityException.class)
                .hasMessage(MessageCode.NOT_AUTHENTICATED.text());
        assertThatThrownBy(() -> access.open(new String[] {"local", node.home().localSecret()}))
                .isInstanceOf(SecurityException.class)
                .hasMessage(MessageCode.NOT_AUTHENTICATED.text());
        assertThatThrownBy(() -> access.open(new String[0])).isInstanceOf(SecurityException.class);
        assertThatThrownBy(() -> access.open(new String[] {"viewer", null})).isInstanceOf(SecurityException.class);
    }

    @Test
    void shouldReadNoObjectOfAStranger() {
        assertThatThrownBy(() -> access.open(hostile())).hasStackTraceContaining("REJECTED");
        assertThatThrownBy(() -> access.open(new HashMap<>(Map.of("viewer", hostile()))))
                .hasStackTraceContaining("REJECTED");
        assertThatThrownBy(() -> access.open(new String[] {"viewer", "x".repeat(400_000)}))
                .isInstanceOf(IOException.class);
        assertThat(node.control().node().getName()).isEqualTo("prod");
    }

    /** The beans of the VM are closed; who tried them nobody could find out. */
    @Test
    void shouldWriteDownWhatIsAskedOfTheVirtualMachine() throws Exception {
        ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
        long before = node.control().audit().getHeadNumber();
        try (JMXConnector connector = access.open(new String[] {"operator", access.password("operator")})) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            assertThatThrownBy(() -> beans.invoke(commands, "vmSystemProperties", null, null))
                    .hasMessage(MessageCode.JVM_CLOSED.text("vmSystemProperties"));
        }

        assertThat(node.control().audit().list(before, 1_000))
                .filteredOn(record -> record.bean().equals(commands.toString()))
                .extracting(record -> record.user() + " " + record.surface() + " " + record.operation() + " "
                        + record.outcome() + " " + record.messageId())
                .containsExactly("operator jmx vmSystemProperties REFUSED " + MessageCode.JVM_CLOSED.id());
    }

    @Test
    void shouldReadNoObjectOfAUserThatNoOperationTakes() throws Exception {
        try (JMXConnector connector = access.open(new String[] {"admin", access.password("admin")})) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            String[] string = {String.class.getName()};

            assertThatThrownBy(() -> beans.invoke(ControlNames.node(), "digest", new Object[] {hostile()}, string))
                    .hasStackTraceContaining("REJECTED");
            assertThat(beans.getAttribute(ControlNames.node(), "Name")).isEqualTo("prod");
        }
    }

    @Test
    void shouldKeepItsRegistryToItself() throws Exception {
        Registry registry = LocateRegistry.getRegistry("localhost", access.port(), new SslRMIClientSocketFactory());
        Remote ours = registry.lookup("jmxrmi");

        assertThatThrownBy(() -> registry.rebind("jmxrmi", ours)).hasRootCauseInstanceOf(AccessException.class);
        assertThatThrownBy(() -> registry.unbind("jmxrmi")).hasRootCauseInstanceOf(AccessException.class);
        assertThat(ours.toString()).contains("localhost:" + access.port());
        assertThat(LocateRegistry.getRegistry("127.0.0.1", node.home().jmxPort())
                        .lookup("jmxrmi")
                        .toString())
                .contains("127.0.0.1:" + node.home().jmxPort());
        assertThatThrownBy(() ->
                        LocateRegistry.getRegistry("localhost", access.port()).lookup("jmxrmi"))
                .as("without TLS")
                .isInstanceOf(java.rmi.RemoteException.class);
    }

    @Test
    void shouldSendClientsBackToItsOwnHostOnBothConnectors() {
        try (NodeConnection remote = access.connect("viewer");
                NodeConnection local = NodeConnection.to(node.home())) {
            assertThat(remote.node().getNodeId()).isEqualTo(local.node().getNodeId());
        }
    }
}
