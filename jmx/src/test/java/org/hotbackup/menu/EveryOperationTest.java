package org.hotbackup.menu;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.Role;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An operation that exists for one surface exists for all: somebody takes every choice of every menu, fills in every form,
 * and has asked the node for everything that the control contract has.
 */
@Tag("HB-002")
class EveryOperationTest {

    private static final String OF_TWO_NODES =
            "It is a part of hot-backup resync --master --slave, which asks two nodes in their order; the menu knows one.";

    /** Why the menu does without an operation. */
    private static final Map<String, String> DOES_WITHOUT = Map.ofEntries(
            Map.entry(
                    "Node.support",
                    "It is diagnose --bundle: a file for whoever helps from afar, and the menu writes no files."),
            Map.entry("Node.supportText", "It is Node.support as one text for scripts."),
            Map.entry("Samples.csv", "It is Samples.samples as a file for spreadsheets, and the menu writes no files."),
            Map.entry("PermanentLog.text", "It is PermanentLog.from as one text for scripts."),
            Map.entry("TapeSocket.log", "It is TapeSocket.messages as one text for scripts."),
            Map.entry(
                    "TapeServer.startSend",
                    "It is TapeServer.start, and the direction of the current server is on the screen."),
            Map.entry(
                    "TapeServer.startReceive",
                    "It is TapeServer.start, and the direction of the current server is on the screen."),
            Map.entry("Resync.hold", OF_TWO_NODES),
            Map.entry("Resync.holds", OF_TWO_NODES),
            Map.entry("Resync.release", OF_TWO_NODES),
            Map.entry("Resync.proved", OF_TWO_NODES),
            Map.entry("Resync.begin", OF_TWO_NODES),
            Map.entry("Resync.beginAnew", OF_TWO_NODES),
            Map.entry("Resync.send", OF_TWO_NODES),
            Map.entry("Resync.receive", OF_TWO_NODES),
            Map.entry("Resync.remove", OF_TWO_NODES),
            Map.entry("Resync.end", OF_TWO_NODES),
            Map.entry("Resync.abandon", OF_TWO_NODES),
            Map.entry("Verification.prove", OF_TWO_NODES));

    /** What says the same as records, for programs: the text is enough for people. */
    private static final Map<String, String> TEXT_OF = Map.of(
            "Node.jobs", "Node.listJobs",
            "Server.messages", "Server.status",
            "Server.transactionStatistics", "Server.statistics",
            "LostAndFound.record", "LostAndFound.show",
            "LostAndFound.replayChanges", "LostAndFound.tryReplay",
            "TapeServer.messages", "TapeServer.status",
            "Tape.done", "Tape.report",
            "TapeSocket.pipes", "TapeSocket.listPipes");

    /** Who is refused the list of users has none of them to choose. */
    private static final Set<String> OF_ONE_USER =
            Set.of("Security.setRoles", "Security.newPassword", "Security.deleteUser");

    /** The same for scripts, or in words: one of the two is enough for people. */
    private static final String TWIN = "Text";

    private static final String SERVER = "todev";
    private static final int MOST_FIELDS = 40;
    private static final List<String> VALUES =
            List.of("todev", "fromprod", "2000", "master", "standby", "output", "in", "yes", "!0", "write", "");

    private static final String USER = "vera";

    /** Somebody with a role who takes every choice of every menu of a node with one server. */
    private static final class Walk {

        private final ServerKind kind;
        private final String type;
        private final Role role;
        final Set<String> called = new TreeSet<>();
        final Set<String> read = new TreeSet<>();
        final Set<String> refused = new TreeSet<>();
        final Set<String> menus = new TreeSet<>();
        /** What the node said to the choice that is being taken; empty if it did not refuse it. */
        private String refusal = "";

        Walk(ServerKind kind, String type, Role role) {
            this.kind = kind;
            this.type = type;
            this.role = role;
        }

        Walk begin() {
            walk(List.of(), List.of());
            return this;
        }

        /** Takes the choices of a path, and then each choice of what is there. */
        private void walk(List<Integer> path, List<String> titles) {
            Menu menu = at(path).session.page().menu().orElseThrow();
            List<String> opened = and(titles, menu.title());
            menus.add(menu.title());
            assertThat(menu.choices())
                    .as("each choice of '%s' has a digit", menu.title())
                    .hasSizeLessThanOrEqualTo(Menu.TENTH);
            for (int choice = 1; choice <= menu.choices().size(); choice++) {
                Driver driver = at(path);
                Page before = driver.session.page();
                take(driver, choice);
                Page page = driver.session.page();
                if (!refusal.isEmpty()) {
                    assertThat(driver.screen())
                            .as("choice %s of %s", choice, opened)
                            .contains(refusal);
                } else if (page != before && !opened.contains(page.title())) {
                    driver.keys("<END><DOWN>");
                    walk(and(path, choice), opened);
                }
            }
        }

        private Driver at(List<Integer> path) {
            Driver driver = new Driver(kind, node(), 132, 60);
            path.forEach(choice -> take(driver, choice));
            return driver;
        }

        private void take(Driver driver, int choice) {
            refusal = "";
            driver.session.page().menu().orElseThrow().take(choice, driver.session);
            driver.settle();
            fillIn(driver);
            if (refusal.isEmpty()) {
                readAll(driver);
            }
        }

        /** Leaves each field as it is, or gives it the first value that it takes. */
        private void fillIn(Driver driver) {
            for (int field = 0; refusal.isEmpty() && driver.session.page() instanceof Form form; field++) {
                assertThat(field)
                        .as("fields of '%s' on\n%s", form.title(), driver.screen())
                        .isLessThan(MOST_FIELDS);
                Field asked = form.field();
                for (String value : values(form)) {
                    if (driver.session.page() == form && form.field() == asked && refusal.isEmpty()) {
                        form.write(value);
                        driver.keys("<ENTER>");
                    }
                }
            }
        }

        /** A node that has one of everything. */
        private FakeNode node() {
            FakeNode node = new FakeNode();
            FakeNode.Bean<ServerMXBean> server = type.equals("Master") ? node.master(SERVER) : node.slave(SERVER);
            server.answer("isRunning", false).answer("getSettings", "type=master host=standby port=2000");
            FakeNode.Bean<TapeServerMXBean> tapes = node.tapeServer(SERVER, "Output", "Idle")
                    .answer("isRunning", false)
                    .answer("getSettings", "direction=output host=standby port=2000 pipe=out");
            node.samples.answer("getFigures", List.of("queue-depth entries master", "pending-updates updates slave"));
            for (FakeNode.Bean<?> bean : List.of(
                    server,
                    tapes,
                    node.tape,
                    node.tapeSocket,
                    node.node,
                    node.queue,
                    node.lostAndFound,
                    node.log,
                    node.notices,
                    node.tasks,
                    node.samples,
                    node.security,
                    node.audit,
                    node.resync,
                    node.verification)) {
                bean.heard(this::hear).otherwise(this::answer);
            }
            return node;
        }

        private void hear(Method method) {
            if (Role.isAttribute(method)) {
                read.add(name(method.getDeclaringClass(), method));
            }
        }

        /** As a node answers over JMX to somebody with this role. */
        private Object answer(Method method) {
            String name = name(method.getDeclaringClass(), method);
            Role needed = Role.neededFor(method);
            if (needed.compareTo(role) > 0) {
                refused.add(name);
                refusal = MessageCode.NOT_ALLOWED.text(USER, needed.word());
                if (method.getReturnType() == OperationReceipt.class) {
                    return OperationReceipt.refused(MessageCode.NOT_ALLOWED, USER, needed.word());
                }
                throw new IllegalStateException(refusal);
            }
            if (!Role.isAttribute(method)) {
                called.add(name);
            }
            return madeUp(method.getGenericReturnType());
        }
    }

    private static final Set<String> CALLED = new TreeSet<>();
    private static final Set<String> READ = new TreeSet<>();
    private static final Set<String> MENUS = new TreeSet<>();

    @BeforeAll
    static void takeEveryChoice() {
        for (Walk walk : walks(Role.ADMIN)) {
            CALLED.addAll(walk.called);
            READ.addAll(walk.read);
            MENUS.addAll(walk.menus);
        }
    }

    private static List<Walk> walks(Role role) {
        Stream<Walk> replication = Stream.of("Master", "Slave").flatMap(type -> Stream.of(false, true)
                .map(verbose -> new Walk(ServerKind.hotBackup(verbose), type, role).begin()));
        Stream<Walk> tapes =
                Stream.of("", "cqrsv").map(options -> new Walk(ServerKind.tapeSocket(options), "Master", role).begin());
        return Stream.concat(replication, tapes).toList();
    }

    /** The operations of all beans, as Server.query. */
    static List<String> operations() throws Exception {
        List<String> operations = new ArrayList<>();
        for (Class<?> bean : beans()) {
            for (Method method : bean.getMethods()) {
                if (!Role.isAttribute(method)) {
                    operations.add(name(bean, method));
                }
            }
        }
        return operations;
    }

    private static List<Class<?>> beans() throws Exception {
        Path contract = Path.of(ControlDirectory.class
                        .getResource("ControlDirectory.class")
                        .toURI())
                .getParent();
        List<Class<?>> beans = new ArrayList<>();
        try (Stream<Path> classes = Files.list(contract)) {
            for (Path file : classes.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (name.endsWith("MXBean")) {
                    beans.add(Class.forName(ControlDirectory.class.getPackageName() + "." + name));
                }
            }
        }
        return beans;
    }

    private static String name(Class<?> bean, Method method) {
        return bean.getSimpleName().replace("MXBean", "") + "." + method.getName();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldHaveAWayToIt(String operation) {
        String twin = operation.endsWith(TWIN)
                ? operation.substring(0, operation.length() - TWIN.length())
                : TEXT_OF.getOrDefault(operation, operation + TWIN);

        assertThat(CALLED.contains(operation) || CALLED.contains(twin))
                .as(
                        "a choice of the menu calls %s, or it does without because: %s",
                        operation, DOES_WITHOUT.get(operation))
                .isEqualTo(!DOES_WITHOUT.containsKey(operation));
    }

    @Test
    void shouldShowEveryAttribute() throws Exception {
        Set<String> attributes = new TreeSet<>();
        for (Class<?> bean : beans()) {
            Stream.of(bean.getMethods())
                    .filter(Role::isAttribute)
                    .forEach(method -> attributes.add(name(bean, method)));
        }

        assertThat(READ).isEqualTo(attributes).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource(names = {"VIEWER", "OPERATOR"})
    void shouldSayInTheNodesOwnWordsWhatARoleMayNotDo(Role role) throws Exception {
        Set<String> may = new TreeSet<>();
        Set<String> mayNot = new TreeSet<>();
        for (Class<?> bean : beans()) {
            for (Method method : bean.getMethods()) {
                String name = name(bean, method);
                if (CALLED.contains(name)) {
                    (Role.neededFor(method).compareTo(role) > 0 ? mayNot : may).add(name);
                }
            }
        }
        mayNot.removeAll(OF_ONE_USER);
        Set<String> called = new TreeSet<>();
        Set<String> refused = new TreeSet<>();

        walks(role).forEach(walk -> {
            called.addAll(walk.called);
            refused.addAll(walk.refused);
        });

        assertThat(called).isEqualTo(may);
        assertThat(refused).isEqualTo(mayNot).isNotEmpty();
    }

    @Test
    void shouldDoWithoutNothingThatIsGone() throws Exception {
        assertThat(operations()).containsAll(DOES_WITHOUT.keySet());
    }

    @Test
    void shouldHaveNoMoreChoicesInAMenuThanThereAreDigits() {
        assertThat(MENUS)
                .contains(
                        "Main Menu",
                        "Special Operations",
                        "Transaction Log Menu",
                        "More",
                        "All servers",
                        "Other Server");
    }

    private static <T> List<T> and(List<T> first, T last) {
        return Stream.concat(first.stream(), Stream.of(last)).toList();
    }

    private static List<String> values(Form form) {
        String help = form.field().help();
        if (help.equals(Texts.CONFIRM_HELP) || help.equals(Texts.CONFIRM_ONLY_HELP)) {
            return List.of("y");
        }
        String asked = Texts.confirmHelp("@");
        int name = asked.indexOf('@');
        if (help.startsWith(asked.substring(0, name))) {
            return List.of(help.substring(name, help.length() - 1));
        }
        return form.value().isEmpty() ? VALUES : List.of(form.value());
    }

    /** Turns pages, looks for a date and a text, and leaves. */
    private static void readAll(Driver driver) {
        if (driver.session.hasReader()) {
            driver.keys("<DOWN><DOWN><UP><UP><UP>:2026-01-01<ENTER>:one<ENTER>:2026-01-01 one<ENTER>");
        }
        driver.keys("<PAGE_DOWN>").pass(1);
        while (driver.session.isReading() || driver.session.page() instanceof TextPage) {
            driver.keys("q");
        }
    }

    private static Object madeUp(Type type) {
        if (type == OperationReceipt.class) {
            return OperationReceipt.done(MessageCode.SERVER_STARTED, SERVER);
        }
        if (type == String.class) {
            return OperationReceipt.OPERATION + "one";
        }
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == double.class) {
            return 1.5;
        }
        if (type == byte[].class) {
            return new byte[] {'a', (byte) 0xFE, 0, 'b'};
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return List.of(madeUp(list.getActualTypeArguments()[0]));
        }
        return madeUp((Class<?>) type);
    }

    private static Object madeUp(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> madeUp(component.getGenericType()))
                .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type.getName(), e);
        }
    }
}
