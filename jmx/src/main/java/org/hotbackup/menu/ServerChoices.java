package org.hotbackup.menu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;

/** What can be done with the current server, of whatever kind it is. */
final class ServerChoices {

    private static final int PROGRESS_LINES = 20;

    private ServerChoices() {}

    /** A choice that has something done with the server of a name, and shows the answer. */
    static Choice operation(
            String label, String help, BiFunction<ControlDirectory, String, OperationReceipt> operation) {
        return new Choice(label, help, session -> {
            String name = session.server();
            session.perform(Texts.of(label, name), controls -> operation.apply(controls, name));
        });
    }

    /** Something of the current server that is looked at, with how it stands in the title (HB-005). */
    static void watch(Session session, String what, BiFunction<ControlDirectory, String, String> question) {
        String name = session.server();
        session.watch(Texts.of(what, name), controls -> {
            String title = Texts.of(what, name) + ", " + session.kind().state(controls, name);
            return new Look.Shown(title, question.apply(controls, name));
        });
    }

    /** A choice for that. */
    static Choice watched(
            String label, String what, String help, BiFunction<ControlDirectory, String, String> question) {
        return new Choice(label, help, session -> watch(session, what, question));
    }

    /** Shows the setup until it is read (HB-074). */
    static void show(Session session, BiFunction<ControlDirectory, String, String> setup) {
        String name = session.server();
        session.ask(
                "Show Server",
                controls -> setup.apply(controls, name),
                text -> session.open(new TextPage("Show Server", text, "Type y to return to the main menu")));
    }

    /**
     * What came of a start.
     *
     * @param said by the server meanwhile, oldest first; empty if nothing
     */
    record Started(OperationReceipt receipt, String said) {

        /**
         * Starts a server.
         *
         * @param last what it said last
         * @param status its last messages, the most recent first
         */
        static Started by(
                String name, Supplier<String> last, Supplier<OperationReceipt> start, IntFunction<String> status) {
            String before = last.get();
            OperationReceipt receipt = start.get();
            Deque<String> said = new ArrayDeque<>();
            for (String line : Text.lines(status.apply(PROGRESS_LINES))) {
                if (line.equals(before)) {
                    break;
                }
                said.addFirst(line);
            }
            List<String> lines = new ArrayList<>(said);
            if (!lines.isEmpty()) {
                lines.add(0, MessageCode.NOTICE_FROM_SERVER.text(name));
            }
            return new Started(receipt, Texts.withShortTimes(String.join("\n", lines)));
        }
    }

    /** Starts the current server, and shows what it says meanwhile (HB-072, HB-143 to HB-145). */
    static void start(Session session, BiFunction<ControlDirectory, String, Started> start) {
        String name = session.server();
        String title = "Start Server '" + name + "'";
        session.ask(title, controls -> start.apply(controls, name), started -> {
            session.show(title, started.receipt());
            session.add(started.said());
        });
    }

    /** Deletes the current server by its name, for a reason (HB-094). */
    static void delete(Session session, BiFunction<ControlDirectory, String, String> effect, Deletion deletion) {
        String name = session.server();
        String title = "Delete server '" + name + "'";
        session.ask(title, controls -> effect.apply(controls, name), text -> Operation.confirmed(
                        title,
                        text,
                        List.of(Field.confirm("Name of the server", name), Field.reason()),
                        (controls, values) ->
                                deletion.of(controls, name, values.get(Field.CONFIRM), values.get(Field.REASON)))
                .then(Session::lookForServers)
                .open(session));
    }

    /** Deletes a server of some kind. */
    interface Deletion {
        OperationReceipt of(ControlDirectory controls, String name, String confirm, String reason);
    }

    /** The lines of traces, or why there are none. */
    static String traces(List<String> lines, boolean on) {
        return lines.isEmpty() ? "There are no lines; traces are " + (on ? "on." : "off.") : String.join("\n", lines);
    }

    /** A choice that looks at what the node answers. */
    static Choice looked(String label, String help, Function<ControlDirectory, String> question) {
        return new Choice(
                label,
                help,
                session -> session.watch(label, controls -> new Look.Shown(label, question.apply(controls))));
    }
}
