package org.hotbackup.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hotbackup.control.Role;
import org.hotbackup.testing.RemoteAccess;

/** What came of every operation on every surface for every role, and what should have. */
final class Matrix {

    /** The page that is kept, relative to the project. */
    static final String KEPT = "docs/matrix.md";

    /** The same as the last run saw it. */
    static final String MADE = "src-test/target/matrix-page.md";

    /** All that the last run saw. */
    static final String OUTCOMES = "src-test/target/matrix.md";

    private static final String NOWHERE = "-";
    private static final String INTRODUCTION =
            """
            # Who may do what, on which surface

            Every operation of the [control beans](jmx.md), and the least role that may call it: a viewer reads, an operator also starts, \
            stops, applies and replays, an admin may do everything. Whoever has a lesser role is refused with HB1022 and stands in the \
            audit, wherever he asks. What else comes of an operation is the same on every surface, too: done, accepted with a \
            task, or refused with the same message.

            `MatrixTest` makes this page: it calls every operation on every surface as a viewer, an operator and an admin, and fails \
            if a surface deviates from another, or from this page. All that it saw is in `%s` after a build. Menu and commands \
            reach the node by its remote JMX, as JMX consoles do. An operation whose name ends in `Text` says in lines what \
            the one before it answers as a table; commands print both. `-` is explained at the end.
            """
                    .formatted(OUTCOMES);
    private static final String END =
            """

            Where a surface stands with `-` it was not asked:

            * `Node.listFiles` has no command: accounts, files and items are data, which commands reach over REST (`hot-backup file \
            list`), on the node's own machine.
            * `Node.support` is a file, which the menu does not write.
            * `Security.certificates` has no command: they are files of the home (`hot-backup trust --list`).
            * `PermanentLog.count` is what the menu says in its form before it clears.
            * `hot-backup trust` is no operation of a bean: whom a node trusts are files of its home, which only their owner writes, with \
            the fingerprint before his eyes. An admin's password from elsewhere must not be enough to let another node in.
            * `Samples.csv` is the figures for a spreadsheet; the menu shows them as bars.
            * `Tasks.receipt` is a choice of the menu at an operation that goes on in the background, and here none does.
            * `Resync` is what one node does of `hot-backup resync --master --slave`, which asks two nodes in their order; the menu \
            and a page know one node. `Resync.abandon` ends it (`hot-backup resync --abandon`), and `Verification.prove` is its last step.
            * `TapeServer.startSend` and `TapeServer.startReceive` are `TapeServer.start` in the menu, which shows the direction of its \
            server. The beans `TapeSocket` and `TapeServer` have a menu of their own, that of `tape-socket`.
            """;

    private record Call(String surface, EveryOperation row, String role) {}

    private final Map<Call, String> outcomes = new LinkedHashMap<>();

    /** What came of a call; nothing if the surface has no way to the operation. */
    void add(String surface, EveryOperation row, String role, Optional<String> outcome) {
        outcomes.put(new Call(surface, row, role), outcome.orElse(NOWHERE));
    }

    private static boolean may(EveryOperation row, String role) {
        return row.role().compareTo(Role.valueOf(role.toUpperCase(Locale.ROOT))) <= 0;
    }

    /** What should have come of each call that was made, in the order in which they were. */
    List<String> expected() {
        List<String> expected = new ArrayList<>();
        outcomes.forEach((call, came) -> expected.add(what(call) + (came.equals(NOWHERE) ? came : expected(call))));
        return expected;
    }

    private static String expected(Call call) {
        return may(call.row(), call.role()) ? call.row().outcome() : Outcomes.NOT_ALLOWED;
    }

    /** What came of each. */
    List<String> seen() {
        List<String> seen = new ArrayList<>();
        outcomes.forEach((call, came) -> seen.add(what(call) + Outcomes.expectedOr(expected(call), came)));
        return seen;
    }

    private static String what(Call call) {
        return call.row() + " by " + call.role() + " on " + call.surface() + ": ";
    }

    private Set<String> surfaces() {
        return outcomes.keySet().stream().map(Call::surface).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String head(List<String> columns) {
        return "\n" + line(columns) + "|---".repeat(columns.size()) + "|\n";
    }

    /** Everything: a row for each operation and role. */
    String outcomes() {
        List<String> columns = new ArrayList<>(List.of("Operation", "Role"));
        columns.addAll(surfaces());
        StringBuilder text = new StringBuilder("# What came of every operation\n").append(head(columns));
        for (EveryOperation row : EveryOperation.all()) {
            for (String role : RemoteAccess.ROLES) {
                List<String> cells = new ArrayList<>(List.of(row.toString(), role));
                surfaces().forEach(surface -> cells.add(outcomes.get(new Call(surface, row, role))));
                text.append(line(cells));
            }
        }
        return text.toString();
    }

    /** Who may: a row for each operation. */
    String page() {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        String bean = "";
        for (EveryOperation row : EveryOperation.all()) {
            String type = row.bean().replaceAll(",.*", "");
            if (!type.equals(bean)) {
                bean = type;
                List<String> columns = new ArrayList<>(List.of(bean));
                columns.addAll(surfaces());
                text.append(head(columns));
            }
            List<String> cells = new ArrayList<>(List.of(row.operation()));
            surfaces().forEach(surface -> cells.add(who(surface, row)));
            text.append(line(cells));
        }
        return text.append(END).toString();
    }

    /** The least role that may, if all greater ones may, too. */
    private String who(String surface, EveryOperation row) {
        List<String> may = RemoteAccess.ROLES.stream()
                .filter(role -> !outcomes.get(new Call(surface, row, role)).equals(Outcomes.NOT_ALLOWED))
                .toList();
        if (outcomes.get(new Call(surface, row, RemoteAccess.ROLES.get(0))).equals(NOWHERE)) {
            return NOWHERE;
        }
        List<String> all = RemoteAccess.ROLES;
        boolean upwards = may.equals(all.subList(all.size() - may.size(), all.size()));
        return may.isEmpty() || !upwards ? "only " + may : may.get(0);
    }
}
