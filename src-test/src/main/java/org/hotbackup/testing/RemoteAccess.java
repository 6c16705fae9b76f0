package org.hotbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.client.RemoteNode;
import org.hotbackup.node.CertificateFile;
import org.hotbackup.node.Ports;
import org.hotbackup.node.RemoteJmx;

/** What somebody on another machine has of a node whose JMX is open to others: one user of each role, and the certificate. */
public final class RemoteAccess {

    /** The roles; each user is called as his role is. */
    public static final List<String> ROLES = List.of("viewer", "operator", "admin");

    private static final String HOST = "localhost";

    /** As the answer shows it, this once. */
    private static final Pattern PASSWORD = Pattern.compile("password ([0-9a-f]{30}),");

    private final TestNode node;
    private final Path folder;
    private final int port;
    private final Map<String, String> passwords = new ConcurrentHashMap<>();

    private RemoteAccess(TestNode node, Path folder, int port) {
        this.node = node;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Opens a node's JMX to others from its next start on.
     *
     * @param folder for the files that a user of it has
     */
    public static RemoteAccess configure(TestNode node, Path folder) {
        int port = Ports.free(Set.of(node.home().httpPort(), node.home().jmxPort()));
        node.configure("hotbackup.jmx.remote.host", HOST);
        node.configure("hotbackup.jmx.remote.port", Integer.toString(port));
        CertificateFile.write(node.home(), folder.resolve(node.home().name() + ".pem"));
        CertificateFile.write(node.home(), folder.resolve(node.home().name() + ".p12"));
        return new RemoteAccess(node, folder, port);
    }

    /** Makes the users; the node runs. */
    public void makeUsers() {
        for (String role : ROLES) {
            makeUser(role);
            try {
                Path file = passwordFile(role);
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, password(role) + System.lineSeparator());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void makeUser(String role) {
        String said = node.control().security().createUser(role, role).message();
        Matcher password = PASSWORD.matcher(said);
        if (!password.find()) {
            throw new IllegalStateException(said);
        }
        passwords.put(role, password.group(1));
    }

    /** As consoles take it. */
    public String address() {
        return HOST + ":" + port;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** The node's certificate in PEM form. */
    public Path certificate() {
        return folder.resolve(node.home().name() + ".pem");
    }

    /** The same as a trust store. */
    public Path trustStore() {
        return folder.resolve(node.home().name() + ".p12");
    }

    /** The password of the user with this role. */
    public String password(String role) {
        return passwords.get(role);
    }

    /** A file with it. */
    public Path passwordFile(String role) {
        return folder.resolve(node.home().name() + "-" + role + ".password");
    }

    /** The control beans, as our own command reaches them. */
    public NodeConnection connect(String role) {
        return node(role).connect(password(role));
    }

    /** The node, as the user of this role reaches it. */
    public RemoteNode node(String role) {
        return new RemoteNode(HOST, port, role, certificate());
    }

    /**
     * Whatever JMX does with these credentials; the certificate was trusted by {@link #connect} before.
     *
     * @throws IOException if it cannot connect
     * @throws SecurityException if it is not let in
     */
    public JMXConnector open(Object credentials) throws IOException {
        return JMXConnectorFactory.connect(
                new JMXServiceURL(RemoteJmx.url(HOST, port)),
                Map.of(
                        JMXConnector.CREDENTIALS,
                        credentials,
                        "com.sun.jndi.rmi.factory.socket",
                        new SslRMIClientSocketFactory()));
    }

    /** A command of ours with the options for this node and the user of this role. */
    public String[] command(String role, List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--host", HOST, "--jmx-port", Integer.toString(port), "--user", role));
        all.addAll(List.of("--certificate", certificate().toString()));
        all.addAll(List.of("--password-file", passwordFile(role).toString()));
        return all.toArray(String[]::new);
    }
}
