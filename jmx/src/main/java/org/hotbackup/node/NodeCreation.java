package org.hotbackup.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.hotbackup.control.PasswordHash;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.model.FilePath;

/** Makes the home of a new node: configuration, secrets, key pair, first user. */
public final class NodeCreation {

    /**
     * What the user may choose.
     *
     * @param httpPort chosen free if not given
     * @param jmxPort chosen free if not given
     * @param store null for H2 in the home
     * @param vmrest whether it is a small node that hosts tape-socket servers only
     */
    public record Choices(OptionalInt httpPort, OptionalInt jmxPort, Store store, boolean vmrest) {

        /** Nothing chosen. */
        public static final Choices NONE = new Choices(OptionalInt.empty(), OptionalInt.empty(), null);

        /** A node for everything. */
        public Choices(OptionalInt httpPort, OptionalInt jmxPort, Store store) {
            this(httpPort, jmxPort, store, false);
        }
    }

    /**
     * The options of the JVM of a small node: 128 MB of heap, of which the half that lives long is hardly ever moved, and what the
     * container keeps only in case is given back.
     */
    public static final String VMREST_JVM_OPTIONS =
            "-Xms64m -Xmx128m -XX:MaxNewSize=20m -XX:SoftRefLRUPolicyMSPerMB=10 -XX:MetaspaceSize=96m"
                    + " -XX:MaxMetaspaceSize=192m -XX:MaxDirectMemorySize=64m -XX:ReservedCodeCacheSize=64m -XX:+UseSerialGC"
                    + " -XX:+ExitOnOutOfMemoryError -Djdk.nio.maxCachedBufferSize=262144";

    /** A database that stands elsewhere. */
    public record Store(String url, String user, String password) {}

    /** A new node and the one-time sight of its first user's password. */
    public record Created(NodeHome home, String user, String password) {}

    private static final String FIRST_USER = "dm";
    private static final String CERTIFICATE = "node.pem";
    private static final int PEM_LINE = 64;
    private static final int PASSWORD_BYTES = 15;

    private NodeCreation() {}

    /**
     * Makes a node's home, whole or not at all.
     *
     * @throws Refusal if the name or a choice cannot be used
     */
    public static Created create(NodeHomes homes, String name, Choices choices) {
        checkName(name);
        NodeHome home = homes.at(name);
        if (Files.exists(home.folder())) {
            throw new Refusal(MessageCode.NODE_EXISTS, name);
        }
        if (choices.httpPort().isPresent() && choices.httpPort().equals(choices.jmxPort())) {
            throw new Refusal(MessageCode.PORT_TWICE, choices.httpPort().getAsInt());
        }
        Set<Integer> taken = new HashSet<>();
        homes.all().forEach(other -> taken.addAll(List.of(other.httpPort(), other.jmxPort())));
        int httpPort = port(choices.httpPort(), "HTTP", "--http-port", taken);
        int jmxPort = port(choices.jmxPort(), "JMX", "--jmx-port", taken);
        Store store = choices.store() == null ? new Store(StoreUrl.OWN, "sa", secret()) : choices.store();
        checkStore(store.url());

        try {
            Files.createDirectories(homes.base());
            Files.createDirectory(
                    home.folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (String folder : List.of("data", "keys", "keys/trusted", "log")) {
                Files.createDirectory(home.folder().resolve(folder));
            }
        } catch (IOException e) {
            throw FileTrouble.unusable(home.folder(), e);
        }
        try {
            String keysPassword = secret();
            String password = secret(PASSWORD_BYTES);
            String nodeId = UUID.randomUUID().toString();
            makeKeys(home.certificate().getParent(), name, nodeId, CertificateHosts.ofMachine(), keysPassword);
            NodeHome.storePrivately(
                    home.firstUser(),
                    properties(
                            Map.of("name", FIRST_USER, "password-hash", PasswordHash.of(password), "roles", "admin")));
            NodeHome.storePrivately(
                    home.secrets(),
                    properties(Map.of(
                            NodeSetting.STORE_PASSWORD.key(),
                            store.password(),
                            NodeSetting.KEYS_PASSWORD.key(),
                            keysPassword,
                            NodeSetting.LOCAL_SECRET.key(),
                            secret())));
            Map<String, String> configuration = new HashMap<>(Map.of(
                    NodeSetting.NODE_NAME.key(),
                    name,
                    NodeSetting.NODE_ID.key(),
                    nodeId,
                    NodeSetting.HTTP_PORT.key(),
                    Integer.toString(httpPort),
                    NodeSetting.JMX_PORT.key(),
                    Integer.toString(jmxPort),
                    NodeSetting.STORE_URL.key(),
                    store.url(),
                    NodeSetting.STORE_USER.key(),
                    store.user()));
            if (choices.vmrest()) {
                configuration.put(NodeSetting.NODE_KIND.key(), "vmrest");
                configuration.put(NodeSetting.JVM_OPTIONS.key(), VMREST_JVM_OPTIONS);
            }
            NodeHome.storePrivately(home.configuration(), properties(configuration));
            return new Created(home, FIRST_USER, password);
        } catch (RuntimeException e) {
            Folders.delete(home.folder());
            throw e;
        }
    }

    /** A file's name, in a JDBC URL and on command lines too. */
    private static void checkName(String name) {
        FilePath.checkName("a node", name);
        if (name.startsWith("-") || name.contains(";")) {
            throw new Refusal(MessageCode.NODE_NAME_UNUSABLE, name, FilePath.MAX_NAME_BYTES);
        }
    }

    private static int port(OptionalInt given, String use, String option, Set<Integer> taken) {
        int port;
        if (given.isPresent()) {
            port = given.getAsInt();
            if (!Ports.isPort(port)) {
                throw new Refusal(MessageCode.PORT_OUT_OF_RANGE, port, use, option);
            }
            if (taken.contains(port) || !Ports.isFree(port)) {
                throw new Refusal(MessageCode.PORT_IN_USE, port, use, option);
            }
        } else {
            port = Ports.free(taken);
        }
        taken.add(port);
        return port;
    }

    private static void checkStore(String url) {
        if (NodeSetting.hasPassword(url)) {
            throw new Refusal(
                    MessageCode.USAGE,
                    "The URL of --store has a password in it; take user and password out of it and give --store-user and --store-password-file.");
        }
        if (!NodeSetting.STORE_URL.isValid(url)) {
            throw new Refusal(MessageCode.USAGE, "'" + url + "' is not a store; give " + NodeSetting.STORE_URL.valid());
        }
    }

    /**
     * Gives a stopped node a new key and certificate instead of its own, which may have expired or be known to others.
     * Whoever trusts the node must trust its new certificate, which names the host of its remote JMX, if it has one. A node that runs would go on showing the old one.
     *
     * @throws Refusal if the node is running, or they cannot be made; the node keeps its own then
     */
    public static void renewKey(NodeHome home) {
        if (new NodeProcess(home).running().isPresent()) {
            throw new Refusal(MessageCode.NODE_RUNNING, home.name());
        }
        Path keys = home.certificate().getParent();
        try {
            Path made = Files.createTempDirectory(keys, "new");
            try {
                makeKeys(
                        made,
                        home.name(),
                        home.configured().text(NodeSetting.NODE_ID),
                        CertificateHosts.of(home),
                        home.secret().text(NodeSetting.KEYS_PASSWORD));
                for (String file : List.of(NodeKey.FILE, CERTIFICATE)) {
                    Files.move(
                            made.resolve(file),
                            keys.resolve(file),
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                Folders.delete(made);
            }
        } catch (IOException e) {
            throw FileTrouble.unusable(keys, e);
        }
    }

    /** A self-signed key pair, made by the JDK's own keytool; the certificate states whose it is, and where. */
    private static void makeKeys(Path folder, String name, String nodeId, List<String> hosts, String password) {
        Path store = folder.resolve(NodeKey.FILE);
        keytool(
                password,
                "-genkeypair",
                "-alias",
                NodeKey.ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "3650",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=URI:" + TrustedPeer.NODE_URN + nodeId + "," + String.join(",", hosts),
                "-storetype",
                NodeKey.STORE_TYPE,
                "-keystore",
                store.toString());
        exportCertificate(store, password, folder.resolve(CERTIFICATE));
    }

    private static void exportCertificate(Path store, String password, Path file) {
        try {
            Certificate certificate =
                    KeyStore.getInstance(store.toFile(), password.toCharArray()).getCertificate(NodeKey.ALIAS);
            Base64.Encoder lines =
                    Base64.getMimeEncoder(PEM_LINE, System.lineSeparator().getBytes(US_ASCII));
            Files.writeString(
                    file,
                    String.join(
                            System.lineSeparator(),
                            "-----BEGIN CERTIFICATE-----",
                            lines.encodeToString(certificate.getEncoded()),
                            "-----END CERTIFICATE-----",
                            ""));
        } catch (IOException | GeneralSecurityException e) {
            throw new Refusal(MessageCode.HOME_UNUSABLE, "keys", e.getMessage());
        }
    }

    private static void keytool(String password, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        // it lives for a blink
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        // by the environment: an argument could be read by every user of the machine
        command.addAll(List.of("-storepass:env", "HOTBACKUP_KEYS_PASSWORD"));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("HOTBACKUP_KEYS_PASSWORD", password);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("keytool says: " + output.strip());
            }
        } catch (IOException e) {
            throw new Refusal(MessageCode.HOME_UNUSABLE, "keys", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(MessageCode.HOME_UNUSABLE, "keys", "interrupted");
        }
    }

    private static String secret() {
        return secret(24);
    }

    private static String secret(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static Properties properties(Map<String, String> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        return properties;
    }
}
