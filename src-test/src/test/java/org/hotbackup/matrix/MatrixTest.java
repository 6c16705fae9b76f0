package org.hotbackup.matrix;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.testing.Jmxterm;
import org.hotbackup.testing.PageVisitor;
import org.hotbackup.testing.RemoteAccess;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every operation on every surface by every role: the same comes of it everywhere. Leaves what came of it in
 * {@value Matrix#OUTCOMES}, and compares docs/matrix.md with it. Whoever adds an operation adds its row to {@link EveryOperation}.
 */
@Tag("system")
class MatrixTest {

    private static final int MANY = 1_000;
    private static final Pattern PROBLEM = Pattern.compile("/problems/(\\w+)");

    @TempDir
    static Path folder;

    private static TwoNodes nodes;
    private static OverJmx jmx;
    private static ByCommand command;
    private static InMenu menu;
    private static OnPage page;

    @BeforeAll
    static void start() throws IOException {
        nodes = new TwoNodes(folder);
        jmx = new OverJmx(nodes);
        command = new ByCommand(nodes);
        menu = new InMenu(nodes);
        page = new OnPage(nodes);
    }

    @AfterAll
    static void stop() {
        if (menu != null) {
            menu.close();
        }
        if (jmx != null) {
            jmx.close();
        }
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    void shouldHaveARowForEveryOperation() throws Exception {
        Set<String> rows = new TreeSet<>();
        EveryOperation.all().forEach(row -> rows.add(OnPage.kind(row) + " " + row.operation()));
        Set<String> registered = new TreeSet<>();
        for (TestNode node : nodes.nodes()) {
            MBeanServerConnection beans = jmx.beans(nodes.access(node), "admin");
            for (ObjectName bean : beans.queryNames(new ObjectName(ControlNames.DOMAIN + ":*"), null)) {
                String type = bean.getKeyProperty("type");
                for (MBeanOperationInfo operation : beans.getMBeanInfo(bean).getOperations()) {
                    registered.add(
                            Character.toLowerCase(type.charAt(0)) + type.substring(1) + " " + operation.getName());
                }
            }
        }
        Set<String> ofContract = new TreeSet<>();
        for (Method bean : ControlDirectory.class.getMethods()) {
            Stream.of(bean.getReturnType().getMethods())
                    .map(Method::getName)
                    .filter(not(name -> name.matches("(get|is)[A-Z].*")))
                    .forEach(name -> ofContract.add(bean.getName() + " " + name));
        }

        assertThat(rows).isEqualTo(registered).isEqualTo(ofContract);
    }

    @Test
    void shouldDoTheSameForEachRoleOnEverySurface() throws Exception {
        Matrix matrix = new Matrix();
        for (Surface surface : List.of(jmx, new FromJmxterm(nodes), command, menu, page)) {
            for (EveryOperation row : EveryOperation.all()) {
                for (String role : RemoteAccess.ROLES) {
                    matrix.add(surface.title(), row, role, surface.call(row, role));
                }
            }
        }
        Path top = Path.of(System.getProperty("hotbackup.top"));
        Files.writeString(top.resolve(Matrix.OUTCOMES), matrix.outcomes());
        Files.writeString(top.resolve(Matrix.MADE), matrix.page());

        assertThat(matrix.seen()).containsExactlyElementsOf(matrix.expected());
        assertThat(top.resolve(Matrix.KEPT))
                .as("make it anew: cp %s %s", Matrix.MADE, Matrix.KEPT)
                .hasContent(matrix.page());
    }

    @Test
    void shouldShowEveryAttributeInTheRealJmxterm() throws Exception {
        List<String> seen = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (TestNode node : nodes.nodes()) {
            RemoteAccess access = nodes.access(node);
            List<ShownBean> beans = beans(access);
            List<String> script = new ArrayList<>();
            beans.forEach(bean -> script.addAll(List.of(Jmxterm.bean(bean.name()), "get *")));

            List<List<String>> said = Jmxterm.byBean(Jmxterm.run(access, "viewer", script));

            assertThat(said).hasSameSizeAs(beans);
            for (int i = 0; i < beans.size(); i++) {
                expected.add(beans.get(i).all());
                seen.add(beans.get(i).shownIn(said.get(i)));
            }
        }

        assertThat(seen).containsExactlyElementsOf(expected);
    }

    private static List<ShownBean> beans(RemoteAccess access) throws Exception {
        MBeanServerConnection beans = jmx.beans(access, "viewer");
        List<ShownBean> all = new ArrayList<>();
        for (ObjectName bean : beans.queryNames(new ObjectName(ControlNames.DOMAIN + ":*"), null)) {
            List<String> attributes = Stream.of(beans.getMBeanInfo(bean).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .toList();
            // where there is none jmxterm prints nothing at all
            if (!attributes.isEmpty()) {
                all.add(new ShownBean(bean.toString(), attributes));
            }
        }
        return all;
    }

    /** A bean of the tree, and the attributes that it must show. */
    private record ShownBean(String name, List<String> attributes) {

        /** What jmxterm says when it shows them, and no more: a read that fails has a line of its own. */
        String all() {
            return "#mbean = " + name + ": " + attributes;
        }

        String shownIn(List<String> printed) {
            String said = printed.stream().filter(line -> line.startsWith("#")).collect(Collectors.joining());
            return said + " "
                    + attributes.stream()
                            .filter(attribute -> printed.stream().anyMatch(line -> line.startsWith(attribute + " = ")))
                            .toList();
        }
    }

    @Test
    void shouldTellByTheExitStatusOfEveryCommandWhatIsWrongWithItsLineOrItsWay() {
        List<EveryOperation> rows = EveryOperation.all().stream()
                .filter(row -> !row.command().isEmpty())
                .toList();
        for (EveryOperation row : rows) {
            String[] words = command.words(row, "viewer");
            String[] wrong = Arrays.copyOf(words, words.length + 1);
            wrong[words.length] = "--nonsense";
            assertThat(ByCommand.run(wrong).status())
                    .as(String.join(" ", wrong))
                    .isEqualTo(2);

            // nobody listens on a port below all that are free
            String[] nowhere = Stream.of(words)
                    .map(word -> word.equals(Integer.toString(nodes.access(row).port())) ? "1" : word)
                    .toArray(String[]::new);
            ByCommand.Ended ended = ByCommand.run(nowhere);
            assertThat(ended.status()).as(ended.said()).isEqualTo(3);
            assertThat(ended.said()).contains(MessageCode.NODE_NOT_REACHED.id());
        }
    }

    @Test
    void shouldDoNothingForAnybodyWhoIsNotLoggedIn() {
        for (TestNode node : nodes.nodes()) {
            assertThatThrownBy(() -> nodes.access(node).open(new String[] {"admin", "wrong"}))
                    .isInstanceOf(SecurityException.class);
        }
        String[] words = Stream.of(nodes.access(nodes.pair().master()).command("admin", List.of("servers")))
                .map(word -> word.equals("admin") ? "nobody" : word)
                .toArray(String[]::new);
        ByCommand.Ended ended = ByCommand.run(words);
        assertThat(ended.said()).contains(MessageCode.NOT_AUTHENTICATED.text());
        assertThat(ended.status()).isEqualTo(1);
    }

    /** As somebody may whose role was taken away while the page stood before him. */
    @Test
    void shouldChangeNothingForWhoSendsWhatHisPageDoesNotOffer() {
        assertThat(page.call(row("Node", "closeForUpdates"), "operator", List.of("prod", "matrix")))
                .isEqualTo(Outcomes.NOT_ALLOWED);
        assertThat(page.call(row("Security", "deleteUser"), "operator", List.of("viewer", "viewer", "matrix")))
                .isEqualTo(Outcomes.NOT_ALLOWED);

        ControlDirectory control = nodes.pair().master().control();
        assertThat(control.node().isOpenForUpdates()).isTrue();
        assertThat(control.security().usersText("", MANY)).contains("viewer");
    }

    /** Buttons that act at once, without a page of their own. */
    @ParameterizedTest
    @CsvSource({
        "false,operations.xhtml,",
        "true,operations.xhtml,",
        "false,server.xhtml,todev",
        "true,server.xhtml,fromprod",
        "false,updates.xhtml,"
    })
    void shouldRefuseButtonsThatActAtOnceToWhoSeesThemOffOnly(boolean onSlave, String at, String server) {
        TestNode node = onSlave ? nodes.pair().slave() : nodes.pair().master();
        Map<String, String> address = server == null ? Map.of() : Map.of("name", server);
        Map<String, String> buttons =
                buttons(PageVisitor.forms(page.visitor(node, "admin").get(at, address)));
        for (String role : List.of("viewer", "operator")) {
            PageVisitor visitor = page.visitor(node, role);
            Map<String, String> own = buttons(PageVisitor.forms(visitor.get(at, address)));
            List<String> off = buttons.keySet().stream()
                    .filter(form -> own.getOrDefault(form, "").isEmpty())
                    .toList();
            assertThat(off.isEmpty())
                    .as("%s %s", role, at)
                    .isEqualTo(role.equals("operator") && at.equals("server.xhtml"));
            for (String form : off) {
                Map<String, String> sent =
                        new HashMap<>(PageVisitor.hidden(PageVisitor.form(visitor.get(at, address), form)));
                sent.put(buttons.get(form), "pressed");
                HttpResponse<String> answer = visitor.send(at, sent);
                assertThat(OnPage.outcome(answer))
                        .as("%s of %s by %s", form, at, role)
                        .isEqualTo(Outcomes.NOT_ALLOWED);
            }
        }
    }

    private static Map<String, String> buttons(Map<String, String> forms) {
        Map<String, String> buttons = new HashMap<>();
        forms.forEach((form, text) -> buttons.put(form, PageVisitor.button(text)));
        // the one that logs out, and those that only look for something, send no state
        buttons.keySet().removeIf(form -> !PageVisitor.hidden(forms.get(form)).containsKey("jakarta.faces.ViewState"));
        buttons.remove("refresh");
        return buttons;
    }

    @ParameterizedTest
    @CsvSource({"Node,setup.xhtml,type,master,host", "TapeSocket,tape-setup.xhtml,direction,input,pipe"})
    void shouldSetUpOnItsOwnPageForEachRoleAsOnTheOtherSurfaces(
            String bean, String at, String kind, String value, String required) {
        EveryOperation setup = row(bean, "setup");
        for (String role : RemoteAccess.ROLES) {
            PageVisitor visitor = page.visitor(nodes.pair().master(), role);
            String form = PageVisitor.form(visitor.get(at, Map.of(kind, value)), "fields");
            Map<String, String> fields = new HashMap<>(PageVisitor.hidden(form));
            fields.putAll(Map.of(
                    "name",
                    setup.arguments().get(0),
                    required,
                    "127.0.0.1",
                    "port",
                    "2000",
                    "fields:perform",
                    "pressed"));

            String outcome = OnPage.outcome(visitor.send(at, fields));

            boolean may = role.equals("admin");
            assertThat(form.contains("fields:perform")).as(role).isEqualTo(may);
            assertThat(outcome).as(role).isEqualTo(may ? setup.outcome() : Outcomes.NOT_ALLOWED);
        }
    }

    @Test
    void shouldLetEachRoleDownloadWhatItMayRead() {
        for (String role : RemoteAccess.ROLES) {
            PageVisitor visitor = page.visitor(nodes.pair().master(), role);
            assertThat(download(visitor, "download/log", Map.of("format", "csv")))
                    .isEqualTo(EveryOperation.VALUE);
            assertThat(download(visitor, "download/log", Map.of("format", "json", "text", "started")))
                    .isEqualTo(EveryOperation.VALUE);
            assertThat(download(visitor, "download/item", Map.of("server", "todev", "lsn", "999999", "number", "1")))
                    .isEqualTo("REFUSED " + MessageCode.NO_QUEUE_ENTRY.id());
            String lsn = nodes.filled(row("TransactionLogQueue", "contents"), role, List.of(EveryOperation.LSN))
                    .get(0);
            assertThat(download(
                            visitor, "download/item", Map.of("server", EveryOperation.IDLE, "lsn", lsn, "number", "1")))
                    .isEqualTo(EveryOperation.VALUE);
            EveryOperation lost = row("LostAndFound", "contents");
            assertThat(download(
                            page.visitor(nodes.node(lost), role),
                            "download/item",
                            Map.of(
                                    "id",
                                    nodes.filled(lost, role, List.of(EveryOperation.LOST))
                                            .get(0),
                                    "number",
                                    "1")))
                    .isEqualTo(EveryOperation.VALUE);
        }
    }

    private static String download(PageVisitor visitor, String what, Map<String, String> address) {
        HttpResponse<String> answer = visitor.get(what, address);
        return answer.statusCode() == 200 ? EveryOperation.VALUE : "REFUSED " + Outcomes.first(PROBLEM, answer.body());
    }

    private static EveryOperation row(String bean, String operation) {
        return EveryOperation.all().stream()
                .filter(row -> row.bean().equals(bean) && row.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    /** As another site may make a browser send it, which does not see the form. */
    @Test
    void shouldDoNothingWithoutWhatTheFormHides() {
        Map<String, String> fields = new HashMap<>(OnPage.address(row("Server,name=todev", "tracesOn")));
        fields.putAll(Map.of("asking", "asking", OnPage.BUTTON, "pressed"));

        HttpResponse<String> answer =
                page.visitor(nodes.pair().master(), "admin").send(OnPage.PAGE, fields);

        assertThat(OnPage.outcome(answer)).isEmpty();
    }

    @Test
    void shouldSendWhoIsNotLoggedInToTheLogIn() {
        for (TestNode node : nodes.nodes()) {
            PageVisitor stranger = new PageVisitor(node);
            long before = node.control().audit().getHeadNumber();
            for (EveryOperation row : EveryOperation.all()) {
                if (nodes.node(row) == node) {
                    Map<String, String> fields = new HashMap<>(OnPage.address(row));
                    assertTurnedAway(row.toString(), stranger.get(OnPage.PAGE, fields));
                    fields.putAll(Map.of("asking", "asking", OnPage.BUTTON, "pressed"));
                    assertTurnedAway(row.toString(), stranger.send(OnPage.PAGE, fields));
                }
            }
            for (String other : List.of("setup.xhtml", "tape-setup.xhtml", "download/item", "download/log")) {
                assertTurnedAway(other, stranger.get(other, Map.of("format", "csv")));
                assertTurnedAway(other, stranger.send(other, Map.of("name", "no1")));
            }
            assertThat(node.control().audit().list(before, MANY))
                    .extracting(AuditRecord::user)
                    .doesNotContain("");
        }
    }

    private static void assertTurnedAway(String what, HttpResponse<String> answer) {
        assertThat(answer.previousResponse().map(HttpResponse::statusCode))
                .as(what)
                .contains(303);
        assertThat(answer.uri().getPath()).as(what).isEqualTo("/login.xhtml");
    }
}
