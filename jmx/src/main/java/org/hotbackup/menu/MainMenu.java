package org.hotbackup.menu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;

/** The main menu (HB-070 to HB-078), with a tenth choice for what the manual does not have. */
final class MainMenu {

    private static final int STATUS_LINES = 100;
    private static final int PROGRESS_LINES = 20;

    private MainMenu() {}

    static Menu make() {
        return new Menu(
                "Main Menu",
                List.of(
                        status(),
                        new Choice("Query Server", "What the running server does now", MainMenu::query),
                        new Choice("Start Server", "", MainMenu::start),
                        new Choice("Stop Server", "What is queued stays queued", MainMenu::stop)));
    }

    static Choice status() {
        return new Choice(
                "Status",
                "The last messages of the server, the most recent first",
                session -> watchServer(session, "Status", server -> server.status(STATUS_LINES)));
    }

    /** Something of the current server that is looked at, with how it stands in the title. */
    private static void watchServer(
            Session session, String what, java.util.function.Function<ServerMXBean, String> question) {
        String name = session.server();
        session.watch(of(what, name), controls -> {
            ServerMXBean server = controls.server(name);
            String title = of(what, name) + ", " + server.getServerType() + ", " + server.getStatus();
            return new Look.Shown(title, question.apply(server));
        });
    }

    static String of(String what, String server) {
        return what + " of server '" + server + "'";
    }

    private static void query(Session session) {
        watchServer(session, "Query", ServerMXBean::query);
    }

    /** With what the server says meanwhile (HB-072, HB-143 to HB-145). */
    private static void start(Session session) {
        String name = session.server();
        String title = "Start Server '" + name + "'";
        session.ask(title, controls -> started(controls, name, session.isVerbose()), started -> {
            if (started.receipt().outcome() == OperationReceipt.Outcome.REFUSED) {
                session.fail(title, started.receipt().message());
            } else {
                session.show(title, started.text());
            }
        });
    }

    /** What came of a start. */
    private record Started(OperationReceipt receipt, String text) {}

    private static Started started(ControlDirectory controls, String name, boolean verbose) {
        ServerMXBean server = controls.server(name);
        String before = server.getLastMessage();
        OperationReceipt receipt = verbose ? server.startWithTraces() : server.start();
        List<String> lines = new ArrayList<>();
        lines.add(receipt.message());
        Deque<String> said = new ArrayDeque<>();
        for (String line : Text.lines(server.status(PROGRESS_LINES))) {
            if (line.equals(before)) {
                break;
            }
            said.addFirst(line);
        }
        if (!said.isEmpty()) {
            lines.add(MessageCode.NOTICE_FROM_SERVER.text(name));
            lines.addAll(said);
        }
        return new Started(receipt, String.join("\n", lines));
    }

    private static void stop(Session session) {
        String name = session.server();
        String title = "Stop Server '" + name + "'";
        session.open(new Form(
                title,
                "",
                List.of(),
                true,
                (s, values) -> s.ask(title, controls -> controls.server(name).stop(name), receipt -> {
                    s.back();
                    s.show(title, receipt);
                })));
    }
}
