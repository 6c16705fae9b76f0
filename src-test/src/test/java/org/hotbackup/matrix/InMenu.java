package org.hotbackup.matrix;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hotbackup.control.Role;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.menu.Key;
import org.hotbackup.menu.ServerKind;
import org.hotbackup.testing.ScriptedMenu;

/**
 * The menus of a node elsewhere, as {@code hot-backup --host} and {@code tape-socket --host} open them: one for each user and server. A step of a row is
 *
 * <ul>
 *   <li>the label of a choice, or {@code *} for the first one
 *   <li>{@code =text}, which fills in a field, and with nothing behind it leaves it as it is; {@code =...} leaves all others as
 *       they are; of {@code ={this|that}} who may writes this, and who may not that: the menu does not ask the node about a name
 *       that confirms nothing
 *   <li>{@code !keys} to press, or {@code :text}, which is written below the log
 *   <li>{@code @title} of the page that must be open then
 *   <li>first of all {@code -v}, or {@code server NAME} for another server than the bean's
 * </ul>
 */
final class InMenu implements Surface {

    private static final String MAIN = "Main Menu";
    private static final int MOST_FIELDS = 40;

    /** The last field of a form that asks. */
    private static final Pattern CONFIRM = Pattern.compile("(?m)^ > Confirm");

    /** Shows something else than the operation before it. */
    private static final List<String> NEUTRAL = List.of("Status");

    private static final String SERVER = "server ";
    private static final String VERBOSE = "-v";

    private final TwoNodes nodes;
    private final Map<String, ScriptedMenu> menus = new HashMap<>();

    InMenu(TwoNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String title() {
        return "Menu";
    }

    @Override
    public Optional<String> call(EveryOperation row, String role) {
        if (row.menu().isEmpty()) {
            return Optional.empty();
        }
        boolean may = row.role().compareTo(Role.valueOf(role.toUpperCase(Locale.ROOT))) <= 0;
        List<String> steps = row.menu().stream()
                .map(step -> may
                        ? step.replaceFirst("=\\{(.*)\\|.*\\}$", "=$1")
                        : step.replaceFirst("=\\{.*\\|(.*)\\}$", "=$1"))
                .map(step -> step.startsWith("=") ? "=" + filled(row, role, step.substring(1)) : step)
                .toList();
        ScriptedMenu menu = menu(row, role);
        if (!steps.equals(NEUTRAL)) {
            NEUTRAL.forEach(menu::choose);
        }
        String before = menu.messages();
        for (String step : steps) {
            if (!take(menu, step)) {
                break;
            }
        }
        String outcome = outcome(menu, row, steps.equals(NEUTRAL) ? "" : before);
        menu.backTo(MAIN);
        return Optional.of(outcome);
    }

    private String filled(EveryOperation row, String role, String text) {
        return nodes.filled(row, role, List.of(text)).get(0);
    }

    private ScriptedMenu menu(EveryOperation row, String role) {
        boolean verbose = row.menu().get(0).equals(VERBOSE);
        String server = row.menu().get(0).startsWith(SERVER)
                ? row.menu().get(0).substring(SERVER.length())
                : row.bean().contains("=") ? row.bean().replaceAll(".*=", "") : nodes.server(row);
        boolean tapes = row.isOfTapeSocket();
        return menus.computeIfAbsent(role + " " + server + verbose + tapes, who -> {
            ServerKind kind = tapes ? ServerKind.tapeSocket(verbose ? "v" : "") : ServerKind.hotBackup(verbose);
            ScriptedMenu menu = ScriptedMenu.of(nodes.access(row), role, kind);
            return menu.title().equals(MAIN) ? menu : menu.choose(server);
        });
    }

    /** Whether it could be taken: what was refused before leads nowhere. */
    private static boolean take(ScriptedMenu menu, String step) {
        switch (step.charAt(0)) {
            case '=' -> {
                if (!menu.isForm()) {
                    return false;
                }
                fill(menu, step.substring(1));
                return refusal(menu).isEmpty();
            }
            case '!' -> menu.type(step.substring(1));
            case ':' -> menu.type(step).key(Key.Kind.ENTER);
            case '*' -> menu.key(Key.Kind.HOME).key(Key.Kind.ENTER);
            case '@' -> {
                return true;
            }
            default -> {
                if (step.equals(VERBOSE) || step.startsWith(SERVER)) {
                    return true;
                }
                if (!menu.offers(step)) {
                    return false;
                }
                menu.choose(step);
            }
        }
        return true;
    }

    private static void fill(ScriptedMenu menu, String value) {
        if (value.equals("...")) {
            for (int i = 0;
                    i < MOST_FIELDS
                            && menu.isForm()
                            && !CONFIRM.matcher(menu.screen()).find();
                    i++) {
                menu.key(Key.Kind.ENTER);
            }
        } else if (value.isEmpty()) {
            menu.key(Key.Kind.ENTER);
        } else {
            menu.fill(value);
        }
    }

    /** A refusal is a sentence of the catalogue; whatever else it says now and did not before is what was asked for. */
    private static String outcome(ScriptedMenu menu, EveryOperation row, String before) {
        String last = row.menu().get(row.menu().size() - 1);
        if (last.equals("@" + menu.title()) && !menu.isForm()) {
            return EveryOperation.VALUE;
        }
        Optional<MessageCode> refusal = refusal(menu);
        if (refusal.isPresent()) {
            return "REFUSED " + refusal.get().id();
        }
        if (last.startsWith("@")
                || menu.isForm()
                || menu.messages().isEmpty()
                || menu.messages().equals(before)) {
            return "it came to\n" + menu.screen().replaceAll(" {3,}", "  ");
        }
        return row.outcome().startsWith("REFUSED") ? "DONE" : row.outcome().replaceAll("\\|.*", "");
    }

    private static Optional<MessageCode> refusal(ScriptedMenu menu) {
        return menu.messages()
                .lines()
                .limit(1)
                .map(Outcomes::id)
                .flatMap(id -> Arrays.stream(MessageCode.values())
                        .filter(code -> code.id().equals(id)))
                .filter(code -> code.kind() != MessageCode.Kind.INFORMATION && code.kind() != MessageCode.Kind.WARNING)
                .findFirst();
    }

    @Override
    public void close() {
        menus.values().forEach(ScriptedMenu::close);
    }
}
