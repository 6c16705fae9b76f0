package org.hotbackup.matrix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hotbackup.control.ControlNames;
import org.hotbackup.testing.Jmxterm;
import org.hotbackup.testing.RemoteAccess;
import org.hotbackup.testing.TestNode;

/** The real jmxterm: one run for each node and role, which calls all operations in their order. */
final class FromJmxterm implements Surface {

    private static final Pattern EXCEPTIONS = Pattern.compile("\\A#(?:[\\w.$]+(?:Exception|Error): )+");

    /** How it writes that a call returned something, and in it the fields of a receipt, two blanks from the margin. */
    private static final String RETURNED = "#operation returns: \n";

    private static final Pattern RECEIPT_OUTCOME = Pattern.compile("(?m)^  outcome = ([A-Z]+);$");
    private static final Pattern RECEIPT_MESSAGE_ID = Pattern.compile("(?m)^  messageId = (\\w+);$");

    private final Map<String, String> outcomes = new HashMap<>();

    FromJmxterm(TwoNodes nodes) {
        for (TestNode node : nodes.nodes()) {
            List<EveryOperation> rows = EveryOperation.all().stream()
                    .filter(row -> nodes.node(row) == node)
                    .toList();
            for (String role : RemoteAccess.ROLES) {
                List<String> script = new ArrayList<>();
                rows.forEach(row -> script.addAll(List.of(
                        Jmxterm.bean(ControlNames.DOMAIN + ":type=" + row.bean()),
                        Jmxterm.call(row.operation(), nodes.filled(row, role, row.arguments())))));
                List<List<String>> said = Jmxterm.byBean(Jmxterm.run(nodes.access(node), role, script));
                if (said.size() != rows.size()) {
                    throw new IllegalStateException(rows.size() + " calls, but " + said);
                }
                for (int i = 0; i < rows.size(); i++) {
                    outcomes.put(role + " " + rows.get(i), outcome(rows.get(i), said.get(i)));
                }
            }
        }
    }

    @Override
    public String title() {
        return "jmxterm";
    }

    @Override
    public Optional<String> call(EveryOperation row, String role) {
        return Optional.of(outcomes.get(role + " " + row));
    }

    /** What it printed of a call: a receipt, something else that was returned, or the exception. */
    private static String outcome(EveryOperation row, List<String> answer) {
        String calling = "#calling operation " + row.operation() + " of mbean " + ControlNames.DOMAIN + ":type="
                + row.bean() + " with params ";
        if (!answer.get(0).startsWith(calling)) {
            return answer.get(0);
        }
        String said = String.join("\n", answer.subList(1, answer.size()));
        if (!said.startsWith(RETURNED)) {
            return Outcomes.refused(EXCEPTIONS.matcher(said).replaceFirst(""));
        }
        String value = said.substring(RETURNED.length());
        if (value.equals("null")) {
            return "nothing";
        }
        String outcome = value.startsWith("{") ? Outcomes.first(RECEIPT_OUTCOME, value) : "";
        return outcome.isEmpty()
                ? EveryOperation.VALUE
                : Outcomes.of(outcome, Outcomes.first(RECEIPT_MESSAGE_ID, value));
    }
}
