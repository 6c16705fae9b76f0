package org.hotbackup.matrix;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hotbackup.control.Role;
import org.hotbackup.testing.PageVisitor;
import org.hotbackup.testing.RemoteAccess;
import org.hotbackup.testing.TestNode;

/** The page of one operation: somebody fills in its form and presses the button, also where there is none. */
final class OnPage implements Surface {

    static final String PAGE = "operation.xhtml";
    static final String FORM = "asking";
    static final String BUTTON = FORM + ":perform";

    private static final Pattern FIELD = Pattern.compile(" name=\"(p\\d+)\"");
    private static final Pattern LINE = Pattern.compile(
            "<p class=\"line (done|accepted|refused)\" role=\"\\w+\">.*?<span class=\"id\">(\\w*)</span>");

    private final TwoNodes nodes;
    private final Map<String, PageVisitor> visitors = new HashMap<>();

    /** Logs everybody in. */
    OnPage(TwoNodes nodes) {
        this.nodes = nodes;
        for (TestNode node : nodes.nodes()) {
            for (String role : RemoteAccess.ROLES) {
                PageVisitor visitor = new PageVisitor(node);
                HttpResponse<String> first =
                        visitor.logIn(role, nodes.access(node).password(role));
                if (!first.uri().getPath().equals("/index.xhtml")) {
                    throw new IllegalStateException(role + " does not get in: " + first.body());
                }
                visitors.put(role + node.home().name(), visitor);
            }
        }
    }

    @Override
    public String title() {
        return "Page";
    }

    /** Somebody of this role at a node. */
    PageVisitor visitor(TestNode node, String role) {
        return visitors.get(role + node.home().name());
    }

    /** As the page's addresses call the bean. */
    static String kind(EveryOperation row) {
        return row.bean().substring(0, 1).toLowerCase(Locale.ROOT)
                + row.bean().substring(1).replaceAll(",.*", "");
    }

    /** The address of its page. */
    static Map<String, String> address(EveryOperation row) {
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

    @Override
    public Optional<String> call(EveryOperation row, String role) {
        return Optional.of(call(row, role, nodes.filled(row, role, row.arguments())));
    }

    /** The same with other arguments; what the page offers wrongly is told instead. */
    String call(EveryOperation row, String role, List<String> arguments) {
        PageVisitor visitor = visitor(nodes.node(row), role);
        HttpResponse<String> asked = visitor.get(PAGE, address(row));
        String form = PageVisitor.form(asked, FORM);
        Map<String, String> typed = new TreeMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            typed.put("p" + i, arguments.get(i));
        }
        List<String> wrong = new ArrayList<>();
        TreeSet<String> fields = FIELD.matcher(form)
                .results()
                .map(field -> field.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!fields.equals(typed.keySet())) {
            wrong.add("the form has the fields " + fields);
        }
        boolean may = row.role().compareTo(Role.valueOf(role.toUpperCase(Locale.ROOT))) <= 0;
        if (form.contains(BUTTON) != may || form.contains("disabled=\"disabled\"") == may) {
            wrong.add("the form has " + (may ? "no button" : "a button"));
        }
        typed.putAll(PageVisitor.hidden(form));
        typed.put(BUTTON, "pressed");
        String outcome = outcome(visitor.send(PAGE, typed));
        return wrong.isEmpty() ? outcome : wrong + " " + outcome;
    }

    /** What a page says was done, or refused, and whether it shows an answer. */
    static String outcome(HttpResponse<String> page) {
        if (page.statusCode() != 200) {
            return "HTTP " + page.statusCode();
        }
        String lines = LINE.matcher(page.body()).results().map(OnPage::outcome).collect(Collectors.joining(" and "));
        boolean answered = page.body().contains("<h2>Answer</h2>");
        return answered ? EveryOperation.VALUE + lines : lines;
    }

    private static String outcome(MatchResult line) {
        return Outcomes.of(line.group(1).toUpperCase(Locale.ROOT), line.group(2));
    }
}
