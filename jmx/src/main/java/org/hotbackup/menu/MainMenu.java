package org.hotbackup.menu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
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
                        new Choice(
                                "Query Server",
                                "What the running server does at this moment",
                                session -> watchServer(session, "Query", ServerMXBean::query)),
                        new Choice(
                                "Start Server", "Starts the server and shows what it says meanwhile", MainMenu::start),
                        new Choice("Stop Server", "Stops the server; what is queued stays queued", MainMenu::stop),
                        new Choice("Show Server", "How the server is set up", MainMenu::show),
                        new Choice(
                                "Show statistics",
                                "Transactions since the slave server started; a master asks its slave",
                                MainMenu::statistics),
                        displayQueue("Display Queue"),
                        new Choice("Special operations", "What is needed less often", SpecialOperations::open),
                        new Choice(
                                "Transaction log menu",
                                "Which updates are logged and queued on this node",
                                TransactionLogMenu::open),
                        new Choice(
                                "More", "lost+found, verify, promote and others, not in the manual", MoreMenu::open)));
    }

    static Choice status() {
        return new Choice(
                "Status",
                "The last messages of the server, the most recent first",
                session -> watchServer(session, "Status", server -> Texts.withShortTimes(server.status(STATUS_LINES))));
    }

    static Choice displayQueue(String label) {
        return new Choice(
                label,
                "What waits in the transaction log queue of this master server",
                session -> watchServer(session, "Queue", (controls, server) -> controls.transactionLogQueue()
                        .display(server.getName())));
    }

    /** Something of the current server that is looked at, with how it stands in the title (HB-005). */
    static void watchServer(Session session, String what, Function<ServerMXBean, String> question) {
        watchServer(session, what, (controls, server) -> question.apply(server));
    }

    /** A question about a server that more than its own bean answers. */
    interface Question {
        String ask(ControlDirectory controls, ServerMXBean server);
    }

    static void watchServer(Session session, String what, Question question) {
        String name = session.server();
        session.watch(Texts.of(what, name), controls -> {
            ServerMXBean server = controls.server(name);
            String title = Texts.of(what, name) + ", " + server.getServerType() + ", " + server.getStatus();
            return new Look.Shown(title, question.ask(controls, server));
        });
    }

    /** With what the server says meanwhile (HB-072, HB-143 to HB-145). */
    private static void start(Session session) {
        String name = session.server();
        String title = "Start Server '" + name + "'";
        session.ask(title, controls -> started(controls, name, session.isVerbose()), started -> {
            session.show(title, started.receipt());
            session.add(started.said());
        });
    }

    /** What came of a start. */
    private record Started(OperationReceipt receipt, String said) {}

    private static Started started(ControlDirectory controls, String name, boolean verbose) {
        ServerMXBean server = controls.server(name);
        String before = server.getLastMessage();
        OperationReceipt receipt = verbose ? server.startWithTraces() : server.start();
        Deque<String> said = new ArrayDeque<>();
        for (String line : Text.lines(server.status(PROGRESS_LINES))) {
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

    private static void stop(Session session) {
        String name = session.server();
        String title = "Stop Server '" + name + "'";
        session.ask(title, controls -> waiting(controls.server(name)), waiting -> Operation.asked(
                        title, MessageCode.MENU_STOP.text(name, waiting), (controls, values) -> controls.server(name)
                                .stop(name))
                .open(session));
    }

    /** How many transactions of a master, or updates of a slave, wait. */
    static long waiting(ServerMXBean server) {
        return Math.max(0, Math.max(server.getLagTransactions(), server.getPendingUpdates()));
    }

    private static void show(Session session) {
        String name = session.server();
        session.ask(
                "Show Server",
                controls -> controls.server(name).show(),
                text -> session.open(new TextPage("Show Server", text, "Type y to return to the main menu")));
    }

    private static void statistics(Session session) {
        String name = session.server();
        String title = Texts.of("Statistics", name);
        session.ask(title, controls -> controls.server(name).statistics(), text -> session.show(title, text));
    }
}
