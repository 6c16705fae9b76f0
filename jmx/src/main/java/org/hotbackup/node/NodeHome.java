package org.hotbackup.node;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;

/**
 * The home folder of a node: {@code node.properties} (configuration), {@code secrets.properties} (for the owner's eyes
 * only), {@code data}, {@code keys}, {@code log}, {@code run} (made afresh at each start) and {@code node.pid}. No file of it
 * has to know where the home is: it may be moved or copied as a whole while the node is stopped, and a node is called as
 * its folder is.
 *
 * @param name the node's name
 * @param folder its home
 */
public record NodeHome(String name, Path folder) {

    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");
    private static final Pattern SECRET = Pattern.compile("\\.(password|secret)$");

    Path configuration() {
        return folder.resolve("node.properties");
    }

    Path secrets() {
        return folder.resolve("secrets.properties");
    }

    Path run() {
        return folder.resolve("run");
    }

    /** Where the node's process writes. */
    public Path log() {
        return folder.resolve("log").resolve("node.log");
    }

    /** The first user, until the node's first start has taken it over into its store. */
    Path firstUser() {
        return folder.resolve("first-user.properties");
    }

    /** The sentence that a node which could not start leaves. */
    Path startFailure() {
        return folder.resolve("log").resolve("start-failure.txt");
    }

    Path pidFile() {
        return folder.resolve("node.pid");
    }

    /** The node's own certificate, in PEM form. */
    public Path certificate() {
        return folder.resolve("keys").resolve("node.pem");
    }

    /** The fingerprint of the node's own certificate, by which peers trust it: SHA-256 in hex. */
    public String fingerprint() {
        return TrustedPeer.read(certificate()).fingerprint();
    }

    /** The certificates of trusted peers. */
    public Path trusted() {
        return folder.resolve("keys").resolve("trusted");
    }

    /** The loopback port of the Faces page and REST. */
    public int httpPort() {
        return configured().number(NodeSetting.HTTP_PORT);
    }

    /** The loopback port of the JMX connector. */
    public int jmxPort() {
        return configured().number(NodeSetting.JMX_PORT);
    }

    /** The JDBC URL of the store; a path that is relative in the configuration is one in this home. */
    public String storeUrl() {
        return StoreUrl.of(this).url();
    }

    /**
     * The UUID that the node was given when it was made, and that a copy of its home has as well: refusals name it by this.
     * Empty if it has none.
     */
    public Optional<String> nodeId() {
        return configured().find(NodeSetting.NODE_ID);
    }

    /**
     * All that a server which runs the node is told: configuration and secrets, where the home is, and what follows from
     * that. Holds passwords.
     *
     * @throws Refusal if a file of it cannot be read
     */
    public Properties settings() {
        Properties all = load(configuration());
        all.putAll(load(secrets()));
        all.setProperty(NodeSetting.NODE_NAME.key(), name);
        all.setProperty(NodeSetting.NODE_HOME.key(), folder.toString());
        all.setProperty(NodeSetting.STORE_URL.key(), storeUrl());
        return all;
    }

    /** What of {@link #settings} may be seen by whoever sees the properties of a JVM: all but the secrets. */
    public Properties openSettings() {
        Properties open = settings();
        secretsIn(folder).keySet().forEach(open::remove);
        return open;
    }

    /**
     * The secrets of a home: all that stands in {@code secrets.properties}, and passwords that somebody wrote into {@code
     * node.properties}. None of a file that is not there.
     *
     * @throws Refusal if a file of it cannot be read
     */
    public static Properties secretsIn(Path folder) {
        NodeHome home = new NodeHome("", folder);
        Properties secrets = new Properties();
        if (Files.exists(home.configuration())) {
            load(home.configuration()).forEach((key, value) -> {
                if (SECRET.matcher(key.toString()).find()) {
                    secrets.put(key, value);
                }
            });
        }
        if (Files.exists(home.secrets())) {
            secrets.putAll(load(home.secrets()));
        }
        return secrets;
    }

    /**
     * What {@code node.properties} says.
     *
     * @throws Refusal if it cannot be read
     */
    NodeSettings configured() {
        return NodeSettings.of(configuration().toString(), load(configuration()));
    }

    /** What {@code secrets.properties} says. */
    NodeSettings secret() {
        return NodeSettings.of(secrets().toString(), load(secrets()));
    }

    /**
     * Makes sure that every key of both files is a setting, with a value that can be used.
     *
     * @throws Refusal about the first of which that is not so
     */
    void checkSettings() {
        NodeSettings.check(configuration().toString(), load(configuration()), false);
        NodeSettings.check(secrets().toString(), load(secrets()), true);
    }

    /**
     * Makes sure that the secrets are those of a node and that nobody but their owner may read them: a store that is made
     * with another password, or none, cannot be opened any more once they are back.
     *
     * @throws Refusal if they are not
     */
    void checkSecrets() {
        NodeSettings secret = secret();
        secret.text(NodeSetting.KEYS_PASSWORD);
        secret.text(NodeSetting.LOCAL_SECRET);
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(OF_OTHERS);
            open.retainAll(Files.getPosixFilePermissions(secrets()));
            if (!open.isEmpty()) {
                throw new Refusal(MessageCode.SECRETS_OPEN, secrets());
            }
        } catch (IOException e) {
            throw FileTrouble.unusable(secrets(), e);
        }
    }

    /** The password of the pseudo user {@code local}: readable for whoever owns the home. */
    public String localSecret() {
        return secret().text(NodeSetting.LOCAL_SECRET);
    }

    /** The JMX address that consoles and commands open. */
    public String jmxUrl() {
        return "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + jmxPort() + "/jmxrmi";
    }

    /**
     * Where JMX consoles on other machines reach the node; empty if nowhere.
     *
     * @throws Refusal if that cannot be used
     */
    public Optional<RemoteJmx> remoteJmx() {
        return RemoteJmx.of(configured());
    }

    /** The address of the Faces page. */
    public String webUrl() {
        return "http://127.0.0.1:" + httpPort() + "/";
    }

    static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw FileTrouble.unusable(file, e);
        }
    }

    /** Writes a file that only the owner can read. */
    static void storePrivately(Path file, Properties properties) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                properties.store(writer, null);
            }
        } catch (IOException e) {
            throw FileTrouble.unusable(file, e);
        }
    }
}
