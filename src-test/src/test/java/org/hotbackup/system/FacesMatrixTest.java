package org.hotbackup.system;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.AuditRecord;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.Role;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.testing.PageVisitor;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation on the Faces page, by every role and by nobody: the same comes of it as on the surfaces of
 * {@link ControlMatrixTest}, whose rows these are.
 */
@Tag("system")
class FacesMatrixTest {

    private static final List<String> ROLES =
            Stream.of(Role.values()).map(Role::word).toList();
    private static final String PAGE = "operation.xhtml";
    private static final String BUTTON = "asking:perform";
    private static final String NOT_ALLOWED = "REFUSED " + MessageCode.NOT_ALLOWED.id();
    private static final int MANY = 1_000;
    private static final Pattern FIELD = Pattern.compile(" name=\"(p\\d+)\"");
    private static final Pattern LINE = Pattern.compile(
            "<p class=\"line (done|accepted|refused)\" role=\"\\w+\">.*?<span class=\"id\">(\\w*)</span>");

    @TempDir
    static Path folder;

    private static final Map<String, PageVisitor> VISITORS = new HashMap<>();
    private static Pair pair;

    @BeforeAll
    static void start() {
        pair = Pair.start(folder, StoreKind.H2);
        for (TestNode node : List.of(pair.master(), pair.slave())) {
            for (String role : ROLES) {
                PageVisitor visitor = new PageVisitor(node);
                String said = node.control().security().createUser(role, role).message();
                Matcher password = Pattern.compile("password ([0-9a-f]{30}),").matcher(said);
                assertThat(password.find()).as(said).isTrue();
                assertThat(visitor.logIn(role, password.group(1)).uri().getPath())
                        .isEqualTo("/index.xhtml");
                VISITORS.put(role + node.home().name(), visitor);
            }
        }
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    private static TestNode node(EveryOperation row) {
        return row.onSlave() ? pair.slave() : pair.master();
    }

    private static PageVisitor visitor(EveryOperation row, String role) {
        return VISITORS.get(role + node(row).home().name());
    }

    private static boolean may(EveryOperation row, String role) {
        return ROLES.indexOf(role) >= row.role().ordinal();
    }

    /** As the page's addresses call the bean. */
    private static String kind(EveryOperation row) {
        return row.bean().substring(0, 1).toLowerCase(Locale.ROOT)
                + row.bean().substring(1).replaceAll(",.*", "");
    }

    private static Map<String, String> address(EveryOperation row) {
        return Map.of(
                "bean",
                kind(row),
                "name",
                row.bean().replaceAll("^\\w+(,name=)?", ""),
                "operation",
                row.operation(),
                "back",
                "/operations.xhtml");
    }

    @Test
    void shouldHaveARowForEveryOperationOfTheContract() {
        Set<String> rows = new TreeSet<>();
        EveryOperation.all().forEach(row -> rows.add(kind(row) + " " + row.operation()));
        Set<String> there = new TreeSet<>();
        for (Method bean : ControlDirectory.class.getMethods()) {
            Stream.of(bean.getReturnType().getMethods())
                    .map(Method::getName)
                    .filter(not(name -> name.matches("(get|is)[A-Z].*")))
                    .forEach(name -> there.add(bean.getName() + " " + name));
        }

        assertThat(rows).isEqualTo(there);
    }

    @Test
    void shouldDoOnThePageForEachRoleWhatTheOtherSurfacesDo() {
        List<String> seen = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (EveryOperation row : EveryOperation.all()) {
            for (String role : ROLES) {
                String outcome = may(row, role) ? row.outcome() : NOT_ALLOWED;
                String came = perform(row, role, row.arguments());
                String what = row + " by " + role + ": ";
                expected.add(what + outcome);
                seen.add(what + (List.of(outcome.split("\\|")).contains(came) ? outcome : came));
            }
        }

        assertThat(seen).containsExactlyElementsOf(expected);
    }

    /** Fills in the form and presses the button, also where there is none. */
    private static String perform(EveryOperation row, String role, List<String> arguments) {
        PageVisitor visitor = visitor(row, role);
        HttpResponse<String> asked = visitor.get(PAGE, address(row));
        String form = PageVisitor.form(asked);
        Map<String, String> typed = new TreeMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            typed.put("p" + i, arguments.get(i));
        }
        assertThat(FIELD.matcher(form).results().map(field -> field.group(1)))
                .as("%s by %s: %s", row, role, asked.body())
                .containsExactlyInAnyOrderElementsOf(typed.keySet());
        assertThat(form.contains(BUTTON)).as("button of %s for %s", row, role).isEqualTo(may(row, role));
        assertThat(form.contains("disabled=\"disabled\"")).isNotEqualTo(may(row, role));

        typed.putAll(PageVisitor.hidden(form));
        typed.put(BUTTON, "pressed");
        return outcome(visitor.send(PAGE, typed));
    }

    private static String outcome(HttpResponse<String> page) {
        if (page.statusCode() != 200) {
            return "HTTP " + page.statusCode();
        }
        String lines = LINE.matcher(page.body())
                .results()
                .map(FacesMatrixTest::outcome)
                .collect(Collectors.joining(" and "));
        boolean answered = page.body().contains("<h2>Answer</h2>");
        return answered ? EveryOperation.VALUE + lines : lines;
    }

    private static String outcome(MatchResult line) {
        String outcome = line.group(1).toUpperCase(Locale.ROOT);
        return outcome.equals("REFUSED") ? outcome + " " + line.group(2) : outcome;
    }

    /** As somebody may whose role was taken away while the page stood before him. */
    @Test
    void shouldChangeNothingForWhoSendsWhatHisPageDoesNotOffer() {
        long before = pair.master().control().audit().getHeadNumber();

        assertThat(perform(row("Server,name=todev", "stop"), "viewer", List.of("todev")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(perform(row("Node", "closeForUpdates"), "operator", List.of("prod", "matrix")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(perform(row("Security", "deleteUser"), "operator", List.of("viewer", "viewer", "matrix")))
                .isEqualTo(NOT_ALLOWED);

        ControlDirectory control = pair.master().control();
        assertThat(control.server("todev").isRunning()).isTrue();
        assertThat(control.node().isOpenForUpdates()).isTrue();
        assertThat(control.security().usersText("", MANY)).contains("viewer");
        assertThat(control.audit().list(before, MANY))
                .filteredOn(record -> record.messageId().equals(MessageCode.NOT_ALLOWED.id()))
                .extracting(AuditRecord::surface, AuditRecord::user, AuditRecord::operation)
                .contains(
                        tuple("web", "viewer", "stop"),
                        tuple("web", "operator", "closeForUpdates"),
                        tuple("web", "operator", "deleteUser"));
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
        Map<String, String> fields = new HashMap<>(address(row("Server,name=todev", "stop")));
        fields.putAll(Map.of("p0", "todev", "asking", "asking", BUTTON, "pressed"));

        HttpResponse<String> answer =
                VISITORS.get("admin" + pair.master().home().name()).send(PAGE, fields);

        assertThat(outcome(answer)).isEmpty();
        assertThat(pair.masterServer().isRunning()).isTrue();
    }

    @Test
    void shouldSendWhoIsNotLoggedInToTheLogIn() {
        for (TestNode node : List.of(pair.master(), pair.slave())) {
            PageVisitor stranger = new PageVisitor(node);
            long before = node.control().audit().getHeadNumber();
            for (EveryOperation row : EveryOperation.all()) {
                if (node(row) == node) {
                    Map<String, String> fields = new HashMap<>(address(row));
                    assertTurnedAway(row, stranger.get(PAGE, fields));
                    fields.putAll(Map.of("asking", "asking", BUTTON, "pressed"));
                    assertTurnedAway(row, stranger.send(PAGE, fields));
                }
            }
            assertThat(node.control().audit().list(before, MANY))
                    .filteredOn(record -> record.user().isEmpty())
                    .isEmpty();
        }
    }

    private static void assertTurnedAway(EveryOperation row, HttpResponse<String> answer) {
        assertThat(answer.previousResponse().map(HttpResponse::statusCode))
                .as(row.toString())
                .contains(303);
        assertThat(answer.uri().getPath()).as(row.toString()).isEqualTo("/login.xhtml");
    }
}
