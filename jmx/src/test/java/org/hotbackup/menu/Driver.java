package org.hotbackup.menu;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Somebody at the keys of a menu, whose node answers at once or when the test says so. */
final class Driver {

    final FakeNode node;
    final Session session;
    final Queue<Runnable> waiting = new ArrayDeque<>();
    boolean slow;
    private long millis = 10_000;

    Driver(ServerKind kind, FakeNode node, int columns, int rows) {
        this.node = node;
        session = new Session(kind, node, work -> waiting.add(work), () -> millis);
        session.resize(columns, rows);
        session.begin(Optional.empty());
        settle();
    }

    Driver(FakeNode node) {
        this(ServerKind.hotBackup(false), node, 80, 24);
    }

    /** Keys one after the other: what can be written, or {@code <NAME>} of a key. */
    Driver keys(String keys) {
        int at = 0;
        while (at < keys.length()) {
            int end = keys.charAt(at) == '<' ? keys.indexOf('>', at) : -1;
            if (end > 0) {
                session.press(Key.of(Key.Kind.valueOf(keys.substring(at + 1, end))));
                at = end + 1;
            } else {
                int point = keys.codePointAt(at);
                session.press(Key.of(point));
                at += Character.charCount(point);
            }
            if (!slow) {
                settle();
            }
        }
        return this;
    }

    /** The node answers everything. */
    Driver settle() {
        session.tick();
        while (!waiting.isEmpty()) {
            waiting.remove().run();
            session.tick();
        }
        return this;
    }

    /** Time goes by. */
    Driver pass(long seconds) {
        millis += seconds * 1_000;
        session.tick();
        if (!slow) {
            settle();
        }
        return this;
    }

    String screen() {
        return session.frame().text();
    }

    List<String> lines() {
        return screen().lines().toList();
    }

    /** The message section. */
    List<String> messages() {
        List<String> lines = lines();
        int title = 3;
        while (!lines.get(title).startsWith("--")) {
            title++;
        }
        return lines.subList(title, lines.size() - 1).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The title of the menu section. */
    String title() {
        return lines().get(3).strip();
    }
}
