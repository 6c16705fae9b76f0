package org.hotbackup.menu;

import java.util.List;
import java.util.function.Function;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;

/** The main menu (HB-070 to HB-078), with a tenth choice for what the manual does not have. */
final class MainMenu {

    private static final int STATUS_LINES = 100;

    private MainMenu() {}

    static Menu make(boolean verbose) {
        return new Menu(
                "Main Menu",
                List.of(
                        status(),
                        new Choice(
                                "Query Server",
                                "What the running server does at this moment",
                                session -> watchServer(session, "Query", ServerMXBean::query)),
                        new Choice(
                                "Start Server",
                                "Starts the server and shows what it says meanwhile",
                                session -> ServerChoices.start(
                                        session, (controls, name) -> started(controls, name, verbose))),
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
                session -> ServerChoices.watch(session, "Queue", (controls, name) -> controls.transactionLogQueue()
                        .display(name)));
    }

    /** Something of the current server that is looked at, with how it stands in the title (HB-005). */
    static void watchServer(Session session, String what, Function<ServerMXBean, String> question) {
        ServerChoices.watch(session, what, (controls, name) -> question.apply(controls.server(name)));
    }

    private static ServerChoices.Started started(ControlDirectory controls, String name, boolean verbose) {
        ServerMXBean server = controls.server(name);
        return ServerChoices.Started.by(
                name, server::getLastMessage, verbose ? server::startWithTraces : server::start, server::status);
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
        return Math.max(0, server.getWaiting());
    }

    private static void show(Session session) {
        ServerChoices.show(session, (controls, name) -> controls.server(name).show());
    }

    private static void statistics(Session session) {
        String name = session.server();
        String title = Texts.of("Statistics", name);
        session.ask(title, controls -> controls.server(name).statistics(), text -> session.show(title, text));
    }
}
