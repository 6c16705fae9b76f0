package org.hotbackup.menu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.hotbackup.control.messages.MessageCode;

/** The menu question by question, for a terminal that cannot place its cursor. */
final class LineMode {

    private static final int COLUMNS = 80;
    private static final int ROWS = 40;
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Session session;
    private final BufferedReader in;
    private final PrintWriter out;
    private final Consumer<Boolean> echo;
    private List<Area.Message> said = List.of();
    private Page asked;

    /**
     * On a terminal.
     *
     * @param echo says whether what is typed is to be seen
     */
    LineMode(Session session, BufferedReader in, PrintWriter out, Consumer<Boolean> echo) {
        this.echo = echo;
        this.session = session;
        this.in = in;
        this.out = out;
        session.resize(COLUMNS, ROWS);
    }

    /** Asks until somebody leaves the menu. */
    void run() throws IOException {
        while (true) {
            await();
            if (session.isOver()) {
                return;
            }
            say();
            String line = ask();
            if (line == null) {
                session.press(Key.of(Key.Kind.GONE));
            } else {
                answer(asksSecret() ? line : line.strip());
            }
        }
    }

    private void await() {
        do {
            session.tick();
            LockSupport.parkNanos(WAIT_NANOS);
        } while (session.isBusy() && !session.isOver());
    }

    /** What is in the message section, if it was not said yet. */
    private void say() {
        Area area = session.area();
        if (area.messages() != said || session.isReading()) {
            said = area.messages();
            out.println();
            if (!area.title().isEmpty()) {
                out.println("-- " + area.title());
            }
            area.view().stream()
                    .map(line -> line.toString().stripTrailing())
                    .filter(line -> !line.isEmpty())
                    .forEach(out::println);
        }
    }

    private String ask() throws IOException {
        if (!asksSecret()) {
            return answered();
        }
        // before it is asked for: somebody may be quick
        echo.accept(false);
        try {
            return answered();
        } finally {
            echo.accept(true);
            out.println();
        }
    }

    private String answered() throws IOException {
        Page page = session.page();
        Optional<Menu> menu = page.menu();
        if (session.isReading()) {
            out.print(session.keys() + ": ");
        } else if (menu.isPresent()) {
            ask(menu.get());
        } else if (page instanceof Form form) {
            ask(form);
        } else if (page instanceof TextPage text) {
            head(page);
            text.lines().forEach(line -> out.println("  " + line));
            out.print(" <RETURN>: ");
        }
        asked = page;
        out.flush();
        return in.readLine();
    }

    private boolean asksSecret() {
        return !session.isReading()
                && session.page() instanceof Form form
                && form.field().kind() == Field.Kind.SECRET;
    }

    private void head(Page page) {
        out.println();
        out.println(session.server().isEmpty() ? page.title() : page.title() + "   (" + session.server() + ")");
    }

    private void ask(Menu menu) {
        head(menu);
        for (int i = 0; i < menu.choices().size(); i++) {
            out.printf("%3d  %s%n", i + 1, menu.choices().get(i).label());
        }
        out.print("Select a number, q back, x exit: ");
    }

    private void ask(Form form) {
        if (asked != form) {
            head(form);
            Text.lines(form.intro()).forEach(out::println);
        }
        String value = form.field().shown(form.value());
        out.print(form.field().label() + (value.isEmpty() ? ": " : " [" + value + "]: "));
    }

    private void answer(String line) {
        Page page = session.page();
        if (session.isReading()) {
            read(line);
        } else if (page instanceof Form form) {
            if (!line.isEmpty()) {
                form.write(line);
            }
            session.press(Key.of(Key.Kind.ENTER));
        } else if (page.menu().isPresent() && line.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(line);
            page.menu().get().take(number == 0 ? Menu.TENTH : number, session);
        } else if (line.length() == 1 && "qx?y".indexOf(Character.toLowerCase(line.charAt(0))) >= 0) {
            session.press(Key.of(line.charAt(0)));
        } else if (page instanceof TextPage) {
            session.press(Key.of(Key.Kind.ENTER));
        } else if (!line.isEmpty()) {
            out.println(MessageCode.MENU_TYPE.text("the number of a choice, q to go back, or x to leave"));
        }
    }

    /** Pages of the message section: RETURN turns them, and leaves the last one. */
    private void read(String line) {
        if (line.startsWith(":")) {
            line.codePoints().forEach(point -> session.press(Key.of(point)));
            session.press(Key.of(Key.Kind.ENTER));
        } else if (line.isEmpty()) {
            boolean ended = session.area().isAtEnd() && !session.hasReader();
            session.press(Key.of(ended ? Key.Kind.ESCAPE : Key.Kind.DOWN));
        } else if (line.equalsIgnoreCase("b")) {
            session.press(Key.of(Key.Kind.UP));
        } else {
            session.press(Key.of(line.charAt(0)));
        }
    }
}
