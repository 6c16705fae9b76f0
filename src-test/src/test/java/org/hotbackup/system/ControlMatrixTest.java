package org.hotbackup.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import org.hotbackup.cli.HotBackup;
import org.hotbackup.control.ControlNames;
import org.hotbackup.control.Role;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.testing.Jmxterm;
import org.hotbackup.testing.Pair;
import org.hotbackup.testing.RemoteAccess;
import org.hotbackup.testing.StoreKind;
import org.hotbackup.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation, called by every role over JMX and, where there is one, by its command, and from a real jmxterm: the same
 * comes of it everywhere.
 * Whoever adds an operation adds its row to {@link EveryOperation}.
 */
@Tag("system")
class ControlMatrixTest {

    private static final Pattern MESSAGE_ID = Pattern.compile("\"messageId\": \"([^\"]*)\"");
    private static final Pattern MESSAGE = Pattern.compile("\"message\": \"(.*)\"");
    private static final Pattern EXCEPTIONS = Pattern.compile("\\A#(?:[\\w.$]+(?:Exception|Error): )+");
    private static final Pattern OUTCOME = Pattern.compile("\\A\\{\\s*\"outcome\": \"([A-Z]+)\"");

    /** How jmxterm writes that a call returned something, and in it the fields of a receipt, two blanks from the margin. */
    private static final String RETURNED = "#operation returns: \n";

    private static final Pattern RECEIPT_OUTCOME = Pattern.compile("(?m)^  outcome = ([A-Z]+);$");
    private static final Pattern RECEIPT_MESSAGE_ID = Pattern.compile("(?m)^  messageId = (\\w+);$");

    @TempDir
    static Path folder;

    private static final Map<String, RemoteAccess> ACCESS = new ConcurrentHashMap<>();
    private static final Map<String, JMXConnector> CONNECTORS = new ConcurrentHashMap<>();

    private static Pair pair;
    private static RemoteAccess master;
    private static RemoteAccess slave;

    @BeforeAll
    static void start() throws IOException {
        pair = Pair.start(
                folder, StoreKind.H2, node -> ACCESS.put(node.home().name(), RemoteAccess.configure(node, folder)));
        master = open(pair.master());
        slave = open(pair.slave());
    }

    private static RemoteAccess open(TestNode node) throws IOException {
        RemoteAccess access = ACCESS.get(node.home().name());
        access.makeUsers();
        for (String role : RemoteAccess.ROLES) {
            access.connect(role).close();
            CONNECTORS.put(role + access.port(), access.open(new String[] {role, access.password(role)}));
        }
        return access;
    }

    @AfterAll
    static void stop() throws IOException {
        for (JMXConnector connector : CONNECTORS.values()) {
            connector.close();
        }
        pair.close();
    }

    private static RemoteAccess of(EveryOperation row) {
        return row.onSlave() ? slave : master;
    }

    private static MBeanServerConnection beans(EveryOperation row, String role) throws IOException {
        return CONNECTORS.get(role + of(row).port()).getMBeanServerConnection();
    }

    @Test
    void shouldHaveARowForEveryOperation() throws Exception {
        Set<String> rows = new TreeSet<>();
        EveryOperation.all().forEach(row -> rows.add(row.bean().replaceAll(",.*", "") + " " + row.operation()));
        Set<String> there = new TreeSet<>();
        for (RemoteAccess access : List.of(master, slave)) {
            MBeanServerConnection beans =
                    CONNECTORS.get("admin" + access.port()).getMBeanServerConnection();
            for (ObjectName bean : beans.queryNames(new ObjectName(ControlNames.DOMAIN + ":*"), null)) {
                for (MBeanOperationInfo operation : beans.getMBeanInfo(bean).getOperations()) {
                    there.add(bean.getKeyProperty("type") + " " + operation.getName());
                }
            }
        }

        assertThat(rows).isEqualTo(there);
    }

    @Test
    void shouldDoTheSameForEachRoleOverJmxAndByCommand() throws Exception {
        List<String> seen = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (EveryOperation row : EveryOperation.all()) {
            for (String role : RemoteAccess.ROLES) {
                boolean may = row.role().compareTo(Role.valueOf(role.toUpperCase(Locale.ROOT))) <= 0;
                String outcome = may ? row.outcome() : "REFUSED " + MessageCode.NOT_ALLOWED.id();
                Map<String, String> outcomes = new LinkedHashMap<>();
                outcomes.put("over JMX", overJmx(row, role));
                if (!row.command().isEmpty()) {
                    outcomes.put("by command", byCommand(row, role));
                }
                outcomes.forEach((surface, came) -> {
                    String what = row + " by " + role + " " + surface + ": ";
                    expected.add(what + outcome);
                    seen.add(what + expectedOr(outcome, came));
                });
            }
        }

        assertThat(seen).containsExactlyElementsOf(expected);
    }

    @Test
    void shouldDoTheSameFromTheRealJmxterm() throws Exception {
        List<String> seen = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (RemoteAccess access : List.of(master, slave)) {
            List<ShownBean> beans = beans(access);
            List<EveryOperation> rows = EveryOperation.all().stream()
                    .filter(row -> of(row).equals(access))
                    .toList();
            List<String> script = new ArrayList<>();
            beans.forEach(bean -> script.addAll(List.of(Jmxterm.bean(bean.name()), "get *")));
            rows.forEach(row -> script.addAll(List.of(
                    Jmxterm.bean(ControlNames.DOMAIN + ":type=" + row.bean()),
                    Jmxterm.call(row.operation(), row.arguments()))));

            List<List<String>> said = Jmxterm.byBean(Jmxterm.run(access, "admin", script));

            assertThat(said).hasSize(beans.size() + rows.size());
            for (int i = 0; i < beans.size(); i++) {
                expected.add(beans.get(i).all());
                seen.add(beans.get(i).shownIn(said.get(i)));
            }
            for (int i = 0; i < rows.size(); i++) {
                EveryOperation row = rows.get(i);
                List<String> answer = said.get(beans.size() + i);
                String what = "#calling operation " + row.operation() + " of mbean " + ControlNames.DOMAIN + ":type="
                        + row.bean() + " with params " + row.arguments() + ": ";
                expected.add(what + row.outcome());
                seen.add(answer.get(0) + ": " + expectedOr(row.outcome(), fromJmxterm(answer)));
            }
        }

        assertThat(seen).containsExactlyElementsOf(expected);
    }

    private static List<ShownBean> beans(RemoteAccess access) throws Exception {
        MBeanServerConnection beans = CONNECTORS.get("admin" + access.port()).getMBeanServerConnection();
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
    void shouldDoNothingForAnybodyWhoIsNotLoggedIn() {
        for (RemoteAccess access : List.of(master, slave)) {
            assertThatThrownBy(() -> access.open(new String[] {"admin", "wrong"}))
                    .isInstanceOf(SecurityException.class);
        }
        String[] words = Stream.of(master.command("admin", List.of("servers")))
                .map(word -> word.equals("admin") ? "nobody" : word)
                .toArray(String[]::new);
        assertThat(run(words)).contains(MessageCode.NOT_AUTHENTICATED.text());
    }

    private static String overJmx(EveryOperation row, String role) throws Exception {
        MBeanServerConnection beans = beans(row, role);
        ObjectName bean = new ObjectName(ControlNames.DOMAIN + ":type=" + row.bean());
        MBeanOperationInfo operation = Stream.of(beans.getMBeanInfo(bean).getOperations())
                .filter(one -> one.getName().equals(row.operation()))
                .findFirst()
                .orElseThrow();
        MBeanParameterInfo[] parameters = operation.getSignature();
        assertThat(row.arguments()).as(row.toString()).hasSameSizeAs(parameters);
        Object[] arguments = new Object[parameters.length];
        String[] types = new String[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            types[i] = parameters[i].getType();
            arguments[i] = argument(types[i], row.arguments().get(i));
        }
        try {
            return outcome(beans.invoke(bean, row.operation(), arguments, types));
        } catch (JMException | RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return "REFUSED " + id(String.valueOf(cause.getMessage()));
        }
    }

    private static Object argument(String type, String text) {
        return switch (type) {
            case "int" -> Integer.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "boolean" -> Boolean.valueOf(text);
            default -> text;
        };
    }

    private static String outcome(Object answer) {
        if (answer instanceof CompositeData receipt && receipt.containsKey("outcome")) {
            String outcome = (String) receipt.get("outcome");
            return outcome.equals("REFUSED") ? outcome + " " + receipt.get("messageId") : outcome;
        }
        return EveryOperation.VALUE;
    }

    private static String expectedOr(String expected, String came) {
        return List.of(expected.split("\\|")).contains(came) ? expected : came;
    }

    /** What jmxterm printed of a call: a receipt, something else that was returned, or the exception. */
    private static String fromJmxterm(List<String> answer) {
        String said = String.join("\n", answer.subList(1, answer.size()));
        if (!said.startsWith(RETURNED)) {
            return "REFUSED " + id(EXCEPTIONS.matcher(said).replaceFirst(""));
        }
        String value = said.substring(RETURNED.length());
        if (value.equals("null")) {
            return "nothing";
        }
        String outcome = first(RECEIPT_OUTCOME, value);
        if (!value.startsWith("{") || outcome.isEmpty()) {
            return EveryOperation.VALUE;
        }
        return outcome.equals("REFUSED") ? outcome + " " + first(RECEIPT_MESSAGE_ID, value) : outcome;
    }

    /** The message of the catalogue whose sentence it is: of several that fit, the one that says most. */
    private static String id(String sentence) {
        return Stream.of(MessageCode.values())
                .filter(code -> fixed(code).length() > 0)
                .filter(code -> sentence.matches(fixed(code)))
                .max(Comparator.comparing(code -> fixed(code).length()))
                .map(MessageCode::id)
                .orElse(sentence);
    }

    private static String fixed(MessageCode code) {
        String text = code.text("@", "@", "@", "@");
        return text.replace("@", "").isBlank()
                ? ""
                : Stream.of(text.split("@", -1)).map(Pattern::quote).collect(Collectors.joining("(?s:.*)"));
    }

    private static String byCommand(EveryOperation row, String role) {
        List<String> words = new ArrayList<>(row.command());
        words.addAll(List.of("--output", "json"));
        String said = run(of(row).command(role, words));
        Matcher outcome = OUTCOME.matcher(said);
        if (!outcome.find()) {
            return EveryOperation.VALUE;
        }
        if (!List.of("REFUSED", "FAILED").contains(outcome.group(1))) {
            return outcome.group(1);
        }
        // what only answers has no receipt: its refusal comes as a sentence, as over JMX
        String id = first(MESSAGE_ID, said);
        return "REFUSED " + (id.isEmpty() ? id(first(MESSAGE, said)) : id);
    }

    private static String first(Pattern pattern, String said) {
        Matcher found = pattern.matcher(said);
        return found.find() ? found.group(1) : "";
    }

    private static String run(String... words) {
        StringWriter said = new StringWriter();
        HotBackup.run(new PrintWriter(said), new PrintWriter(said), words);
        return said.toString();
    }
}
