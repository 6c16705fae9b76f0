package org.hotbackup.menu;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.messages.MessageCode;

/** The main menu of tape-socket: the most useful operations on the current server (TS-003, TS-004). */
final class TapeMainMenu {

    private static final int STATUS_LINES = 100;

    private TapeMainMenu() {}

    /** The menu, opened with these options (TS-006). */
    static Menu make(String options) {
        String starting = options.replaceAll("[^csv]", "");
        boolean quiet = options.contains("q");
        return new Menu(
                "Main Menu",
                List.of(
                        status(),
                        watched(
                                "Query Server",
                                "Query",
                                "What the running server does at this moment",
                                TapeServerMXBean::query),
                        start(
                                "Start Server",
                                "Clears the pipe, starts the server and shows what it says meanwhile",
                                starting),
                        new Choice(
                                "Stop Server",
                                "Stops the server; a tape that is under way can go on later",
                                session -> stop(session, quiet)),
                        new Choice("Show Server", "How the server is set up", TapeMainMenu::show),
                        watched(
                                "Check remote server",
                                "Check",
                                "Output only: whether its input server is there, and who it is",
                                TapeServerMXBean::check),
                        new Choice(
                                "Shutdown",
                                "Output only: stops both servers, this one and its input server",
                                session -> shutdown(session, quiet)),
                        new Choice(
                                "Special operations",
                                "What is needed less often",
                                session -> TapeSpecialOperations.open(session, options)),
                        new Choice(
                                "All servers",
                                "What all tape-socket servers of this node do, and their log",
                                session -> AllTapeServers.open(session, options)),
                        new Choice("Other Server", "Works with another server, or sets one up", OtherServer::open)));
    }

    static Choice status() {
        return watched(
                "Status",
                "Status",
                "The last messages of the server, the most recent first",
                server -> Texts.withShortTimes(server.status(STATUS_LINES)));
    }

    static Choice watched(String label, String what, String help, Function<TapeServerMXBean, String> question) {
        return ServerChoices.watched(label, what, help, (controls, name) -> question.apply(controls.tapeServer(name)));
    }

    /** Starts with these options. */
    static Choice start(String label, String help, String options) {
        return new Choice(
                label,
                help,
                session -> ServerChoices.start(session, (controls, name) -> {
                    TapeServerMXBean server = controls.tapeServer(name);
                    return ServerChoices.Started.by(
                            name, server::getLastMessage, () -> server.start(options), server::status);
                }));
    }

    private static void stop(Session session, boolean quiet) {
        String name = session.server();
        carryOut(
                session,
                "Stop Server '" + name + "'",
                quiet,
                controls -> MessageCode.MENU_STOP_TAPE.text(name, underWay(controls.tapeServer(name))),
                controls -> controls.tapeServer(name).stop(name));
    }

    private static void shutdown(Session session, boolean quiet) {
        String name = session.server();
        carryOut(
                session,
                "Shutdown of server '" + name + "'",
                quiet,
                controls -> MessageCode.MENU_SHUTDOWN_TAPE.text(name, underWay(controls.tapeServer(name))),
                controls -> controls.tapeServer(name).shutdown(name));
    }

    /** Asks before, unless option q was given (TS-006, TS-009). */
    static void carryOut(
            Session session,
            String title,
            boolean quiet,
            Function<ControlDirectory, String> effect,
            Function<ControlDirectory, OperationReceipt> operation) {
        if (quiet) {
            session.perform(title, operation);
        } else {
            BiFunction<ControlDirectory, Map<String, String>, OperationReceipt> does =
                    (controls, values) -> operation.apply(controls);
            session.ask(
                    title, effect, text -> Operation.asked(title, text, does).open(session));
        }
    }

    /** How many blocks were sent or received, and are not in the input server's pipe yet. */
    private static long underWay(TapeServerMXBean server) {
        return Math.max(0, server.getCurrentBlock() - server.getWrittenBlock());
    }

    private static void show(Session session) {
        ServerChoices.show(
                session, (controls, name) -> controls.tapeServer(name).show());
    }
}
