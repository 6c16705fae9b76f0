package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hotbackup.control.PasswordHash;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeCreationTest {

    @TempDir
    static Path base;

    private static NodeHomes homes;
    private static NodeCreation.Created created;
    private static NodeHome home;

    @BeforeAll
    static void createNode() {
        homes = new NodeHomes(base.resolve("not").resolve("there"));
        created = NodeCreation.create(homes, "prod", NodeCreation.Choices.NONE);
        home = created.home();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void shouldKeepEverySecretFromOtherUsers() throws IOException {
        assertThat(permissions(home.folder())).isEqualTo("rwx------");
        assertThat(permissions(home.secrets())).isEqualTo("rw-------");
        assertThat(permissions(home.configuration())).isEqualTo("rw-------");
        assertThat(permissions(home.folder().resolve("first-user.properties"))).isEqualTo("rw-------");
    }

    @Test
    void shouldMakeTheFoldersThatANodeWritesTo() {
        assertThat(Stream.of("data", "keys/trusted", "log").map(home.folder()::resolve))
                .allMatch(Files::isDirectory);
    }

    @Test
    void shouldConfigureTheNode() {
        Properties configuration = NodeHome.load(home.configuration());

        assertThat(configuration)
                .containsEntry("hotbackup.node.name", "prod")
                .containsEntry("hotbackup.http.port", Integer.toString(home.httpPort()))
                .containsEntry("hotbackup.jmx.port", Integer.toString(home.jmxPort()))
                .containsEntry("hotbackup.store.url", "jdbc:h2:file:./data/store")
                .containsKey("hotbackup.store.user");
        assertThat(UUID.fromString(configuration.getProperty("hotbackup.node.id"))
                        .version())
                .isEqualTo(4);
        assertThat(configuration.stringPropertyNames()).noneMatch(key -> key.contains("password"));
        assertThat(configuration.values()).as("where the home is may change").noneMatch(value -> value.toString()
                .contains(home.folder().toString()));
    }

    @Test
    void shouldMakeDifferentSecrets() {
        Properties secrets = NodeHome.load(home.secrets());

        assertThat(secrets)
                .containsOnlyKeys("hotbackup.store.password", "hotbackup.keys.password", "hotbackup.local.secret");
        assertThat(Set.copyOf(secrets.values())).hasSize(3);
        assertThat(secrets.values())
                .allSatisfy(secret -> assertThat(secret.toString()).hasSize(48));
        assertThat(home.localSecret()).isEqualTo(secrets.getProperty("hotbackup.local.secret"));
    }

    @Test
    void shouldStoreOnlyAHashOfTheFirstUsersPassword() {
        Properties user = NodeHome.load(home.folder().resolve("first-user.properties"));

        assertThat(created.user()).isEqualTo("dm");
        assertThat(user).containsEntry("name", "dm").containsEntry("roles", "admin");
        assertThat(PasswordHash.verify(created.password(), user.getProperty("password-hash")))
                .isTrue();
    }

    @Test
    void shouldGiveANodeANewKeyUnderTheSamePassword() throws Exception {
        NodeHome other =
                NodeCreation.create(homes, "renewed", NodeCreation.Choices.NONE).home();
        String before = other.fingerprint();

        NodeCreation.renewKey(other);

        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(other.folder().resolve("keys/node.p12"));
                InputStream pem = Files.newInputStream(other.certificate())) {
            store.load(
                    in,
                    NodeHome.load(other.secrets())
                            .getProperty("hotbackup.keys.password")
                            .toCharArray());
            assertThat(store.getCertificate("node"))
                    .isEqualTo(CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        assertThat(other.fingerprint()).isNotEqualTo(before);
        assertThat(TrustedPeer.read(other.certificate()).nodeId()).isEqualTo(idOf(other));
        assertThat(permissions(other.folder())).isEqualTo("rwx------");
        Folders.delete(other.folder());
    }

    @Test
    void shouldMakeAKeyPairOfItsOwn() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = NodeHome.load(home.secrets())
                .getProperty("hotbackup.keys.password")
                .toCharArray();
        try (InputStream in = Files.newInputStream(home.folder().resolve("keys/node.p12"))) {
            store.load(in, password);
        }
        X509Certificate certificate = (X509Certificate) store.getCertificate("node");

        assertThat(store.isKeyEntry("node")).isTrue();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=prod");
        assertThat(((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getCurve()
                        .getField()
                        .getFieldSize())
                .isEqualTo(256);
        assertThat(Duration.between(Instant.now(), certificate.getNotAfter().toInstant())
                        .toDays())
                .isBetween(3640L, 3650L);
        try (InputStream in = Files.newInputStream(home.certificate())) {
            assertThat(CertificateFactory.getInstance("X.509").generateCertificate(in))
                    .isEqualTo(certificate);
        }
    }

    private static String idOf(NodeHome node) {
        return NodeHome.load(node.configuration()).getProperty("hotbackup.node.id");
    }

    /** Both are called node.pem where they are made. */
    @Test
    void shouldNotLetOneNodeTakeThePlaceOfAnotherUnderItsName() throws IOException {
        NodeHome one =
                NodeCreation.create(homes, "one", NodeCreation.Choices.NONE).home();
        NodeHome two =
                NodeCreation.create(homes, "two", NodeCreation.Choices.NONE).home();
        TrustedPeer.trust(home, "node", one.certificate());

        assertThatThrownBy(() -> TrustedPeer.trust(home, "node", two.certificate()))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("Another node is trusted as 'node'; remove that one first");
        assertThat(TrustedPeer.of(home)).extracting(TrustedPeer::fingerprint).containsExactly(one.fingerprint());

        Files.writeString(home.trusted().resolve("broken.pem"), "no certificate");
        TrustedPeer.distrust(home, "broken");
        assertThatThrownBy(() -> TrustedPeer.distrust(home, "../trusted/node")).isInstanceOf(Refusal.class);
        TrustedPeer.distrust(home, "node");
        assertThat(TrustedPeer.of(home)).isEmpty();
        Folders.delete(one.folder());
        Folders.delete(two.folder());
    }

    @Test
    void shouldStateInTheCertificateWhoseItIs() {
        assertThat(TrustedPeer.read(home.certificate()).nodeId()).isEqualTo(idOf(home));
    }

    @Test
    void shouldTrustOneCertificateOfANodeOnly() {
        NodeHome other =
                NodeCreation.create(homes, "peer", NodeCreation.Choices.NONE).home();
        TrustedPeer.trust(home, "peer", other.certificate());
        NodeCreation.renewKey(other);

        assertThatThrownBy(() -> TrustedPeer.trust(home, "somebody", other.certificate()))
                .isInstanceOf(Refusal.class)
                .hasMessage("Node " + idOf(other)
                        + " is trusted already as 'peer'; trust its new certificate under that name, or remove that one"
                        + " first.");
        assertThat(TrustedPeer.trust(home, "peer", other.certificate()).fingerprint())
                .isEqualTo(other.fingerprint());
        assertThat(TrustedPeer.of(home)).extracting(TrustedPeer::fingerprint).containsExactly(other.fingerprint());
        TrustedPeer.distrust(home, "peer");
        Folders.delete(other.folder());
    }

    @Test
    void shouldNotTrustItself() throws IOException {
        Path copy = Files.copy(home.certificate(), base.resolve("copy.pem"));
        NodeHome renewed =
                NodeCreation.create(homes, "itself", NodeCreation.Choices.NONE).home();
        Path old = Files.copy(renewed.certificate(), base.resolve("old.pem"));
        NodeCreation.renewKey(renewed);

        assertThatThrownBy(() -> TrustedPeer.trust(home, "copy", copy))
                .isInstanceOf(Refusal.class)
                .hasMessage("That is node 'prod' itself; give the certificate of another node.");
        assertThatThrownBy(() -> TrustedPeer.trust(renewed, "old", old))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("That is node 'itself' itself");
        assertThat(TrustedPeer.of(home)).isEmpty();
        Folders.delete(renewed.folder());
    }

    @Test
    void shouldSayWhyACertificateCannotBeRead() throws IOException {
        Path none = base.resolve("nope.pem");
        Path directory = Files.createDirectory(base.resolve("directory.pem"));
        Path nonsense = Files.writeString(base.resolve("nonsense.pem"), "no certificate");

        assertThatThrownBy(() -> TrustedPeer.read(none))
                .isInstanceOf(Refusal.class)
                .hasMessage("The certificate '" + none + "' cannot be read: there is no such file.");
        assertThatThrownBy(() -> TrustedPeer.read(directory))
                .isInstanceOf(Refusal.class)
                .hasMessage("The certificate '" + directory + "' cannot be read: it is a folder.");
        assertThatThrownBy(() -> TrustedPeer.read(nonsense))
                .isInstanceOf(Refusal.class)
                .hasMessage("'" + nonsense
                        + "' holds no certificate in PEM form; give the file of the peer's certificate.");
    }

    @Test
    void shouldNotGiveANewKeyToANodeThatGoesOnShowingTheOldOne() throws Exception {
        String before = home.fingerprint();
        Process process = new ProcessBuilder("sleep", "600")
                .directory(home.folder().toFile())
                .start();
        try {
            Files.writeString(
                    home.pidFile(),
                    process.pid() + " "
                            + process.toHandle().info().startInstant().orElseThrow());

            assertThatThrownBy(() -> NodeCreation.renewKey(home))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("Node 'prod' is running; stop it first.");
            assertThat(home.fingerprint()).isEqualTo(before);
        } finally {
            process.destroyForcibly();
            Files.delete(home.pidFile());
        }
    }

    @Test
    void shouldRefuseANameThatIsTaken() {
        assertThatThrownBy(() -> NodeCreation.create(homes, "prod", NodeCreation.Choices.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessage("Node 'prod' exists already; choose another name, or remove it first.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "..", "a/b", "a,b", "a;b", "-x", "--"})
    void shouldRefuseANameThatCannotBeAFolder(String name) {
        assertThatThrownBy(() -> NodeCreation.create(homes, name, NodeCreation.Choices.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("cannot be the name of a node");
    }

    @Test
    void shouldRefuseAPortThatAnotherNodeHas() {
        NodeCreation.Choices choices =
                new NodeCreation.Choices(OptionalInt.of(home.jmxPort()), OptionalInt.empty(), null);

        assertThatThrownBy(() -> NodeCreation.create(homes, "other", choices))
                .isInstanceOf(Refusal.class)
                .hasMessage("TCP port " + home.jmxPort()
                        + " (HTTP) is in use; stop what uses it, or give another with --http-port.");
        assertThat(homes.at("other").folder()).doesNotExist();
    }

    @Test
    void shouldRefuseAPortThatSomebodyListensOn() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NodeCreation.Choices choices =
                    new NodeCreation.Choices(OptionalInt.empty(), OptionalInt.of(taken.getLocalPort()), null);

            assertThatThrownBy(() -> NodeCreation.create(homes, "other", choices))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("(JMX) is in use");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536, 70_000})
    void shouldRefuseANumberThatIsNoPort(int port) {
        NodeCreation.Choices http = new NodeCreation.Choices(OptionalInt.of(port), OptionalInt.empty(), null);
        NodeCreation.Choices jmx = new NodeCreation.Choices(OptionalInt.empty(), OptionalInt.of(port), null);

        assertThatThrownBy(() -> NodeCreation.create(homes, "other", http))
                .isInstanceOf(Refusal.class)
                .hasMessage(port + " is not a TCP port (HTTP); give one from 1 to 65535 with --http-port.");
        assertThatThrownBy(() -> NodeCreation.create(homes, "other", jmx))
                .isInstanceOf(Refusal.class)
                .hasMessage(port + " is not a TCP port (JMX); give one from 1 to 65535 with --jmx-port.");
    }

    @Test
    void shouldRefuseOnePortForTwoUses() {
        int port = Ports.free(Set.of());
        NodeCreation.Choices choices = new NodeCreation.Choices(OptionalInt.of(port), OptionalInt.of(port), null);

        assertThatThrownBy(() -> NodeCreation.create(homes, "other", choices))
                .isInstanceOf(Refusal.class)
                .hasMessage("TCP port " + port + " cannot be for HTTP and for JMX; give two different ones with"
                        + " --http-port and --jmx-port.");
        assertThat(homes.at("other").folder()).doesNotExist();
    }

    @Test
    void shouldRememberADatabaseThatStandsElsewhere() {
        NodeHome other = NodeCreation.create(
                        homes,
                        "postgres",
                        new NodeCreation.Choices(
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                new NodeCreation.Store("jdbc:postgresql://h/d", "hb", "päss=#!\\")))
                .home();

        assertThat(other.storeUrl()).isEqualTo("jdbc:postgresql://h/d");
        assertThat(NodeHome.load(other.configuration())).containsEntry("hotbackup.store.user", "hb");
        assertThat(NodeHome.load(other.secrets())).containsEntry("hotbackup.store.password", "päss=#!\\");
        Folders.delete(other.folder());
    }
}
