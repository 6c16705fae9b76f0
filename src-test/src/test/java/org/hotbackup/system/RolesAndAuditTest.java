package org.hotbackup.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.AuditMXBean;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.SecurityMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.testing.Command;
import org.hotbackup.testing.PageVisitor;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each role may do over JMX and REST of one real node, and what is recorded of it. */
@Tag("system")
class RolesAndAuditTest {

    private static final List<String> ROLES = List.of("viewer", "operator", "admin");
    private static final int MANY = 1_000;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    static Path homes;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Map<String, String> PASSWORDS = new HashMap<>();
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.create(new NodeHomes(homes), "guarded", StoreKind.H2);
        node.start();
        for (String role : ROLES) {
            PASSWORDS.put(role, passwordIn(security().createUser(role, role).message()));
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static SecurityMXBean security() {
        return node.control().security();
    }

    private static AuditMXBean audit() {
        return node.control().audit();
    }

    private static String passwordIn(String message) {
        Matcher password = Pattern.compile("password ([0-9a-f]{30}),").matcher(message);
        assertThat(password.find()).as(message).isTrue();
        return password.group(1);
    }

    private static NodeConnection jmx(String user, String password) {
        return NodeConnection.to(node.home().name(), node.home().jmxUrl(), user, password);
    }

    private static int rest(String method, String path, String user, String password, String... headers)
            throws Exception {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(node.home().webUrl() + path))
                .method(method, method.equals("PUT") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody())
                .header("Authorization", "Basic " + basic);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static OperationReceipt operate(ControlDirectory control, String operation) {
        return switch (operation) {
            case "cancel" -> control.tasks().cancel("nothing", "nothing");
            case "setRoles" -> control.security().setRoles("nobody", "viewer");
            default -> control.security().changeMyPassword("typed wrong", "also wrong");
        };
    }

    @ParameterizedTest
    @CsvSource({"cancel,operator", "setRoles,admin", "changeMyPassword,viewer"})
    void shouldLetEachRoleDoOverJmxWhatItMayAndRecordIt(String operation, String least) {
        for (String role : ROLES) {
            long before = audit().getHeadNumber();
            OperationReceipt receipt;
            try (NodeConnection control = jmx(role, PASSWORDS.get(role))) {
                assertThat(control.node().getName()).isEqualTo(node.home().name());
                receipt = operate(control, operation);
            }
            boolean may = ROLES.indexOf(role) >= ROLES.indexOf(least);
            assertThat(receipt.messageId().equals(MessageCode.NOT_ALLOWED.id()))
                    .as("%s by %s: %s", operation, role, receipt)
                    .isEqualTo(!may);
            assertThat(audit().list(before, MANY))
                    .filteredOn(record -> record.operation().equals(operation))
                    .hasSize(may ? 2 : 1)
                    .last()
                    .satisfies(record -> {
                        assertThat(record.user()).isEqualTo(role);
                        assertThat(record.surface()).isEqualTo("jmx");
                        assertThat(record.address()).isEqualTo("127.0.0.1");
                        assertThat(record.outcome()).isEqualTo(receipt.outcome().name());
                        assertThat(record.messageId()).isEqualTo(receipt.messageId());
                        assertThat(record.arguments()).doesNotContain("wrong");
                    });
        }
    }

    @Test
    void shouldLetEachRoleDoOverRestWhatItMay() throws Exception {
        for (String role : ROLES) {
            String password = PASSWORDS.get(role);
            assertThat(rest("GET", "api/accounts", role, password)).isEqualTo(200);
            assertThat(rest("PUT", "api/accounts/of-" + role, role, password))
                    .as(role)
                    .isEqualTo(role.equals("viewer") ? 403 : 201);
            assertThat(rest("GET", "api/accounts/dm/files/users/items", role, password))
                    .as("password hashes, by %s", role)
                    .isEqualTo(403);
            assertThat(rest("GET", "api/accounts/dm/files/users/items/viewer", role, password))
                    .as("one password hash, by %s", role)
                    .isEqualTo(403);
            assertThat(rest("PUT", "api/accounts/dm/files/hb.log,audit/items/1", role, password))
                    .as("a record of the audit, by %s", role)
                    .isEqualTo(403);
            assertThat(rest("POST", "api/accounts/dm/files/hb.log,audit/clear?confirm=hb.log,audit", role, password))
                    .as("all of the audit, by %s", role)
                    .isEqualTo(403);
            assertThat(refusedRequests()).contains(role + " GET " + MessageCode.SECRET_FILE.id());
        }
    }

    @Test
    void shouldRecordWhatRestChangesOfAccountsAndFilesAndWhatIsRefused() throws Exception {
        long before = audit().getHeadNumber();
        String password = PASSWORDS.get("operator");
        assertThat(rest("PUT", "api/accounts/kept", "operator", password)).isEqualTo(201);
        assertThat(rest("PUT", "api/accounts/kept/files/book", "operator", password))
                .isEqualTo(201);
        assertThat(rest("PUT", "api/accounts/kept/files/book/items/1", "operator", password))
                .isEqualTo(201);
        assertThat(rest("DELETE", "api/accounts/kept/files/book?confirm=book", "operator", password))
                .isEqualTo(204);
        assertThat(rest("DELETE", "api/accounts/kept/files/book?confirm=book", "operator", password))
                .isEqualTo(404);
        assertThat(rest("DELETE", "api/accounts/kept?confirm=kept", "viewer", PASSWORDS.get("viewer")))
                .isEqualTo(403);
        assertThat(audit().list(before, MANY))
                .filteredOn(record ->
                        record.bean().equals("Store") && record.surface().equals("rest"))
                .filteredOn(record -> record.user().equals("operator"))
                .extracting(record -> record.operation() + " " + record.outcome() + " " + record.arguments())
                .containsExactly(
                        "createAccount BEGUN account=kept",
                        "createAccount DONE account=kept",
                        "createFile BEGUN file=kept,book",
                        "createFile DONE file=kept,book",
                        "deleteFile BEGUN file=kept,book",
                        "deleteFile DONE file=kept,book",
                        "deleteFile BEGUN file=kept,book",
                        "deleteFile REFUSED file=kept,book");
        assertThat(refusedRequests()).contains("viewer DELETE " + MessageCode.NOT_ALLOWED.id());
    }

    /** Of all tests: the minute in which one thing is told once may have begun in another. */
    private static List<String> refusedRequests() {
        return audit().list(0, MANY).stream()
                .filter(record -> record.bean().equals("HTTP"))
                .map(record -> record.user() + " " + record.operation() + " " + record.messageId())
                .toList();
    }

    @Test
    void shouldRefuseWhatAnotherSiteLetsABrowserSend() throws Exception {
        String password = PASSWORDS.get("admin");
        assertThat(rest("PUT", "api/accounts/csrf", "admin", password, "Origin", "http://evil.example"))
                .isEqualTo(403);
        assertThat(rest("PUT", "api/accounts/csrf", "admin", password, "Sec-Fetch-Site", "cross-site"))
                .isEqualTo(403);
        assertThat(refusedRequests()).contains("admin PUT " + MessageCode.ANOTHER_SITE.id());
        assertThat(rest("PUT", "api/accounts/csrf", "stranger", "none", "Origin", "http://evil.example"))
                .as("who has no password is not asked for one")
                .isEqualTo(403);
        assertThat(rest("GET", "api/accounts/csrf", "admin", password)).isEqualTo(404);
        assertThat(rest("PUT", "api/accounts/csrf", "admin", password, "Sec-Fetch-Site", "same-origin"))
                .isEqualTo(201);
    }

    /** Behind a proxy that ends TLS the session's cookie was also sent without TLS. */
    @Test
    void shouldKeepTheSessionToTlsBehindAProxyThatEndsIt() {
        assertThat(answerToLogIn("X-Forwarded-Proto", "https").map())
                .hasEntrySatisfying(
                        "set-cookie",
                        cookies ->
                                assertThat(cookies).singleElement().asString().endsWith("; Secure"))
                .containsKey("strict-transport-security");
        assertThat(answerToLogIn().map())
                .hasEntrySatisfying(
                        "set-cookie",
                        cookies ->
                                assertThat(cookies).singleElement().asString().doesNotContain("Secure"))
                .doesNotContainKey("strict-transport-security");
    }

    /** What came before all that it led to. */
    private static HttpHeaders answerToLogIn(String... headers) {
        HttpResponse<String> answer = new PageVisitor(node)
                .send("login", Map.of("user", "admin", "password", PASSWORDS.get("admin")), headers);
        while (answer.previousResponse().isPresent()) {
            answer = answer.previousResponse().get();
        }
        return answer.headers();
    }

    /** As another site may make the browser of somebody who is logged in send it. */
    @Test
    void shouldRecordWhatAnotherSiteLetsTheBrowserOfAUserSend() {
        PageVisitor admin = onPages("admin");
        long before = audit().getHeadNumber();
        assertThat(new PageVisitor(node)
                        .send("login", Map.of(), "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(audit().getHeadNumber()).as("what a stranger fills").isEqualTo(before);

        assertThat(admin.send("operation.xhtml", Map.of(), "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);

        assertThat(refusedRequests()).contains("admin POST " + MessageCode.ANOTHER_SITE.id());
    }

    /** Buttons that act at once have no page that would ask first; what was made up by hand is refused as everywhere. */
    @Test
    void shouldRecordWhoPressesAButtonThatIsOff() {
        Map<String, String> buttons = buttons(onPages("admin").get("operations.xhtml", Map.of()));
        assertThat(buttons).isNotEmpty();
        for (String role : List.of("viewer", "operator")) {
            PageVisitor visitor = onPages(role);
            Map<String, String> off = new HashMap<>(buttons);
            off.keySet()
                    .removeAll(
                            buttons(visitor.get("operations.xhtml", Map.of())).keySet());
            for (Map.Entry<String, String> button : off.entrySet()) {
                HttpResponse<String> page = visitor.get("operations.xhtml", Map.of());
                Map<String, String> sent = new HashMap<>(PageVisitor.hidden(PageVisitor.form(page, button.getKey())));
                sent.put(button.getValue(), "pressed");
                assertThat(visitor.send("operations.xhtml", sent).body())
                        .contains("<span class=\"id\">" + MessageCode.NOT_ALLOWED.id());
            }
        }
        assertThat(audit().list(0, MANY))
                .filteredOn(record ->
                        record.surface().equals("web") && record.messageId().equals(MessageCode.NOT_ALLOWED.id()))
                .extracting(record -> record.user() + " " + record.operation())
                .contains(
                        "viewer logAllFiles",
                        "operator logAllFiles",
                        "viewer startEnqueuing",
                        "operator startEnqueuing");
    }

    private static Map<String, String> buttons(HttpResponse<String> page) {
        Map<String, String> buttons = new HashMap<>();
        PageVisitor.forms(page).forEach((id, form) -> buttons.put(id, PageVisitor.button(form)));
        buttons.values().removeIf(String::isEmpty);
        return buttons;
    }

    private static PageVisitor onPages(String role) {
        PageVisitor visitor = new PageVisitor(node);
        assertThat(visitor.logIn(role, PASSWORDS.get(role)).uri().getPath()).isEqualTo("/index.xhtml");
        return visitor;
    }

    /** Also of connections that are open, and of what REST remembers of the last minute. */
    @Test
    void shouldKnowAtOnceWhatAUserMayNoLonger() throws Exception {
        String password = passwordIn(security().createUser("bob", "operator").message());
        try (NodeConnection bob = jmx("bob", password)) {
            assertThat(operate(bob, "cancel").messageId()).isNotEqualTo(MessageCode.NOT_ALLOWED.id());
            assertThat(rest("PUT", "api/accounts/bob1", "bob", password)).isEqualTo(201);

            security().setRoles("bob", "viewer");

            assertThat(operate(bob, "cancel").messageId()).isEqualTo(MessageCode.NOT_ALLOWED.id());
            assertThat(rest("PUT", "api/accounts/bob2", "bob", password)).isEqualTo(403);
            assertThat(bob.node().getName()).isNotEmpty();

            security().deleteUser("bob", "bob", "left");

            assertThatThrownBy(() -> bob.node().getName()).hasMessageContaining("not allowed");
            assertThat(rest("GET", "api/accounts", "bob", password)).isEqualTo(401);
            security().createUser("bob", "admin");
            assertThatThrownBy(() -> bob.node().getName()).as("another bob").hasMessageContaining("not allowed");
        } finally {
            security().deleteUser("bob", "bob", "the test is over");
        }
        assertThatThrownBy(() -> jmx("bob", password)).hasMessage(MessageCode.NOT_AUTHENTICATED.text());
    }

    @Test
    void shouldNeverShowASecretOverJmx() throws Exception {
        Properties secrets = new Properties();
        try (Reader reader = Files.newBufferedReader(node.home().folder().resolve("secrets.properties"))) {
            secrets.load(reader);
        }
        assertThat(secrets).hasSizeGreaterThan(2);
        Map<String, Object> viewer = Map.of(JMXConnector.CREDENTIALS, new String[] {"viewer", PASSWORDS.get("viewer")});
        try (JMXConnector console =
                JMXConnectorFactory.connect(new JMXServiceURL(node.home().jmxUrl()), viewer)) {
            MBeanServerConnection beans = console.getMBeanServerConnection();
            assertThat(beans.getDomains())
                    .contains("java.lang", "org.hotbackup")
                    .doesNotContain("com.sun.management", "java.util.logging");
            String all = everythingIn(beans);
            assertThat(all).contains("java.version");
            secrets.values().forEach(secret -> assertThat(all).doesNotContain((String) secret));
        }
        assertThat(Files.readString(node.home().folder().resolve("run/node.properties")))
                .as("what the JVM has as system properties")
                .contains("hotbackup.node.name")
                .doesNotContain(secrets.getProperty("hotbackup.local.secret"))
                .doesNotContain(secrets.getProperty("hotbackup.store.password"));
    }

    private static String everythingIn(MBeanServerConnection beans) throws Exception {
        StringBuilder all = new StringBuilder();
        for (ObjectName bean : beans.queryNames(null, null)) {
            for (MBeanAttributeInfo attribute : beans.getMBeanInfo(bean).getAttributes()) {
                try {
                    Object value = beans.getAttribute(bean, attribute.getName());
                    all.append(value instanceof Object[] many ? List.of(many).toString() : value);
                } catch (Exception e) {
                    // a memory pool, for example, that has no threshold
                    all.append(e);
                }
            }
        }
        return all.toString();
    }

    @Test
    void shouldRecordWhoGuessesPasswordsOnAnySurface() throws Exception {
        security().createUser("guessed", "viewer");
        long before = audit().getHeadNumber();
        assertThat(rest("GET", "api/accounts", "guessed", "wrong")).isEqualTo(401);
        assertThatThrownBy(() -> jmx("guessed", "wrong")).hasMessage(MessageCode.NOT_AUTHENTICATED.text());
        assertThatThrownBy(() -> jmx("my password", "typed into the wrong field"))
                .hasMessage(MessageCode.NOT_AUTHENTICATED.text());
        assertThat(audit().list(before, MANY))
                .filteredOn(record -> record.operation().equals("logIn"))
                .extracting(record -> record.user() + " " + record.surface() + " " + record.outcome())
                .contains("guessed rest REFUSED", "guessed jmx REFUSED");
        assertThat(audit().listText(before, MANY)).doesNotContain("my password");
        assertThat(security().getFailedLoginsTotal()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void shouldProveTheAuditAndShowItByTheCommand() {
        long number = audit().getHeadNumber();
        String hash = audit().getHeadHash();
        String password = passwordIn(command("user", "create", "carol", "--roles", "viewer"));
        assertThat(command("user", "list")).contains("carol", "viewer");

        assertThat(command("audit", "--after", Long.toString(number)))
                .contains("local (cli", "Security.createUser(name=carol, roles=viewer)", "BEGUN", "DONE of ")
                .doesNotContain(password);
        assertThat(command("audit", "--verify", "--since", number + ":" + hash)).startsWith("All ");
        assertThat(audit().verify().messageId()).isEqualTo(MessageCode.AUDIT_WHOLE.id());
        assertThat(audit().verifySince(number, "0".repeat(64)).message())
                .isEqualTo(MessageCode.AUDIT_BROKEN.text(number));
        assertThat(audit().list(0, MANY)).extracting(AuditRecord::number).startsWith(1L, 2L, 3L);
    }

    private static String command(String... arguments) {
        return String.join("\n", Command.run(homes, PATIENCE_SECONDS, arguments));
    }
}
