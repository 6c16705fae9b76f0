package org.hotbackup.menu;

import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.messages.MessageCode;

/** The tape-socket servers of a node together, and their files {@code ts.log} and {@code ts.log,log} (TS-004, TS-007). */
final class AllTapeServers {

    private static final String ALL = "all";
    private static final int MOST_LINES = 1_000;

    private AllTapeServers() {}

    static void open(Session session, String options) {
        String starting = options.replaceAll("[^csv]", "");
        boolean quiet = options.contains("q");
        boolean running = options.contains("r");
        session.open(new Menu(
                "All servers",
                List.of(
                        ServerChoices.looked(
                                "Servers",
                                "The servers in ts.log: what each of them does now",
                                controls -> controls.tapeSocket().listServers(running)),
                        ServerChoices.looked(
                                "Pipes",
                                "The pipes of all servers: where they are, and how many bytes nobody read yet",
                                controls -> controls.tapeSocket().listPipes()),
                        new Choice(
                                "List permanent log", "ts.log,log: all messages of all servers", AllTapeServers::log),
                        new Choice(
                                "Start all",
                                "Starts all servers that do not run",
                                s -> s.perform("Start all", controls -> controls.tapeSocket()
                                        .startAll(starting))),
                        new Choice(
                                "Stop all",
                                "Stops all servers that run",
                                s -> TapeMainMenu.carryOut(
                                        s,
                                        "Stop all",
                                        quiet,
                                        controls -> MessageCode.MENU_STOP_ALL_TAPES.text(running(controls), s.node()),
                                        controls -> controls.tapeSocket().stopAll(ALL))),
                        ServerChoices.looked(
                                "Transaction logging",
                                "Whether transaction logging is operational",
                                controls -> controls.tapeSocket().tlTest()),
                        new Choice("Jobs", "The latest jobs, the most recent first", NodePages::jobs),
                        new Choice("Node", "How this node stands, and its version", NodePages::show))));
    }

    private static long running(ControlDirectory controls) {
        return controls.tapeSocket().getServerNames().stream()
                .filter(name -> controls.tapeServer(name).isRunning())
                .count();
    }

    private static void log(Session session) {
        LogReader.open(
                session,
                "ts.log,log",
                controls -> new LastMessages(controls.tapeSocket().messages(MOST_LINES)));
    }
}
