package org.hotbackup.testing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.client.RemoteNode;
import org.hotbackup.menu.Key;
import org.hotbackup.menu.RemoteNodes;
import org.hotbackup.menu.ServerKind;
import org.hotbackup.menu.Session;

/**
 * The menu with a script at its keys in the place of a terminal. Each key waits for what the node answers to it. The screen
 * is so wide that no sentence is broken.
 */
public final class ScriptedMenu implements AutoCloseable {

    private static final int COLUMNS = 2_000;
    private static final int ROWS = 60;
    private static final int HEADER_ROWS = 3;
    private static final String FORM_KEYS = "ESC cancel";

    /** The highlighted choice. */
    private static final Pattern HIGHLIGHTED = Pattern.compile("(?m)^ > {1,2}[0-9]+  (.*?) *$");

    private final Session session;

    private ScriptedMenu(Session session) {
        this.session = session;
    }

    /**
     * Opens it as the user of a role, as {@code hot-backup --host ...} does.
     *
     * @throws org.hotbackup.control.messages.Refusal if the node is not reached, or does not know him
     */
    public static ScriptedMenu of(RemoteAccess access, String role) {
        return of(access, role, ServerKind.hotBackup(false));
    }

    /** The same for servers of a kind, with the options that those are started with. */
    public static ScriptedMenu of(RemoteAccess access, String role, ServerKind kind) {
        RemoteNode node = access.node(role);
        Session session = new Session(
                kind,
                new RemoteNodes(node, access.password(role)),
                Runnable::run,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        session.resize(COLUMNS, ROWS);
        session.begin(Optional.empty());
        ScriptedMenu menu = new ScriptedMenu(session);
        menu.settle();
        session.farewell().ifPresent(e -> {
            throw e;
        });
        return menu;
    }

    private void settle() {
        do {
            session.tick();
        } while (session.isBusy() && !session.isOver());
    }

    private void press(Key key) {
        session.press(key);
        settle();
    }

    /** Presses a key. */
    public ScriptedMenu key(Key.Kind kind) {
        press(Key.of(kind));
        return this;
    }

    /** Types characters: digits take choices, in a field they are written. */
    public ScriptedMenu type(String characters) {
        characters.codePoints().forEach(point -> press(Key.of(point)));
        return this;
    }

    /** Takes choices by what they are called, each in the menu that the one before it led to. */
    public ScriptedMenu choose(String... labels) {
        for (String label : labels) {
            if (!offers(label)) {
                throw new IllegalStateException("there is no choice '" + label + "' on\n" + screen());
            }
            key(Key.Kind.ENTER);
        }
        return this;
    }

    /** Whether the menu has a choice of this name; it is highlighted then. */
    public boolean offers(String label) {
        stopReading();
        key(Key.Kind.HOME);
        String before = "";
        String now = highlighted();
        while (!now.equals(label) && !now.equals(before)) {
            key(Key.Kind.DOWN);
            before = now;
            now = highlighted();
        }
        return now.equals(label);
    }

    /** Whether a form waits for a field to be filled in. */
    public boolean isForm() {
        List<String> lines = lines();
        return lines.get(lines.size() - 1).contains(FORM_KEYS);
    }

    private String highlighted() {
        Matcher choice = HIGHLIGHTED.matcher(screen());
        return choice.find() ? choice.group(1) : "";
    }

    /** Fills in the fields of a form from the one on which the cursor is, and leaves each with RETURN. */
    public ScriptedMenu fill(String... values) {
        for (String value : values) {
            key(Key.Kind.CLEAR).type(value).key(Key.Kind.ENTER);
        }
        return this;
    }

    /** Leaves whatever is open, a form without having done anything, until a menu of this title is there. */
    public ScriptedMenu backTo(String title) {
        while (!title().equals(title)) {
            if (session.isOver()) {
                throw new IllegalStateException("there is no menu '" + title + "' behind this one");
            }
            key(Key.Kind.ESCAPE);
        }
        stopReading();
        return this;
    }

    private void stopReading() {
        if (session.isReading()) {
            key(Key.Kind.ESCAPE);
        }
    }

    /** The title of the menu section. */
    public String title() {
        return lines().get(HEADER_ROWS).strip();
    }

    /** What stands in the message section, below its title. */
    public String messages() {
        List<String> lines = lines();
        int title = HEADER_ROWS;
        while (!lines.get(title).startsWith("--")) {
            title++;
        }
        return String.join("\n", lines.subList(title + 1, lines.size() - 1)).strip();
    }

    /** All of the screen. */
    public String screen() {
        return session.frame().text();
    }

    private List<String> lines() {
        return screen().lines().toList();
    }

    @Override
    public void close() {
        session.close();
    }
}
