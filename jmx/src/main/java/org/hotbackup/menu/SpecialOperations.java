package org.hotbackup.menu;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.PermanentLogMXBean;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;

/** The special operations (HB-090 to HB-099). */
final class SpecialOperations {

    private SpecialOperations() {}

    static void open(Session session) {
        session.open(new Menu(
                "Special Operations",
                List.of(
                        MainMenu.status(),
                        server(
                                "Turn traces ON",
                                "Traces slow the server considerably; to find an error only",
                                ServerMXBean::tracesOn),
                        server("Turn traces OFF", "Ends the traces", ServerMXBean::tracesOff),
                        new Choice(
                                "Setup Server",
                                "Makes a new server, or changes this one while it is stopped",
                                SpecialOperations::setup),
                        new Choice("Delete server", "Deletes the definition of this server", SpecialOperations::delete),
                        new Choice("List permanent log", "All messages of all servers", LogReader::open),
                        new Choice(
                                "Clear permanent log", "All of it, or what is old in it", SpecialOperations::clearLog),
                        server(
                                "Stop applying updates",
                                "Slave only: what arrives is kept in hb.log,apply and not applied",
                                ServerMXBean::stopApplying),
                        server(
                                "(Re)start applying updates",
                                "Slave only: applies what was kept, then what arrives",
                                ServerMXBean::startApplying),
                        server(
                                "Close opened files",
                                "Slave only: closes all files; they are opened again when they are needed",
                                ServerMXBean::closeFiles))));
    }

    private static Choice server(String label, String help, Function<ServerMXBean, OperationReceipt> operation) {
        return ServerChoices.operation(label, help, (controls, name) -> operation.apply(controls.server(name)));
    }

    private static void setup(Session session) {
        SetupServer.open(
                session,
                new Choice(
                        "Delete record in hb.log",
                        "For one that cannot be read, or a server that seems to run and does not",
                        SpecialOperations::deleteRecord));
    }

    /** The manual's {@code delete hb.log NAME} (HB-148). */
    private static void deleteRecord(Session session) {
        String name = session.server();
        Operation.confirmed(
                        "Delete record '" + name + "' in hb.log",
                        MessageCode.MENU_DELETE_RECORD.text(name),
                        List.of(Field.confirm("Name of the server", name), Field.reason()),
                        (controls, values) ->
                                controls.node().deleteRecord(name, values.get(Field.CONFIRM), values.get(Field.REASON)))
                .then(Session::lookForServers)
                .open(session);
    }

    private static void delete(Session session) {
        ServerChoices.delete(
                session,
                (controls, name) -> {
                    ServerMXBean server = controls.server(name);
                    boolean master = server.getServerType().equals("Master");
                    MessageCode effect = master ? MessageCode.MENU_DELETE_MASTER : MessageCode.MENU_DELETE_SLAVE;
                    return effect.text(name, MainMenu.waiting(server));
                },
                (controls, name, confirm, reason) -> controls.node().deleteServer(name, confirm, reason));
    }

    private static void clearLog(Session session) {
        session.open(new Menu(
                "Clear permanent log",
                List.of(
                        clearLog("Whole file", "all", "all messages"),
                        clearLog("Entries older than one week", "week", "the messages older than one week"),
                        clearLog("Entries older than one month", "month", "the messages older than one month"))));
    }

    private static Choice clearLog(String label, String what, String effect) {
        String title = "Clear permanent log, " + label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
        return new Choice(
                label,
                "",
                session -> session.ask(
                        title,
                        controls -> {
                            PermanentLogMXBean log = controls.permanentLog();
                            return MessageCode.MENU_CLEAR_LOG.text(
                                    session.node(), effect, log.count(what), log.getEntries());
                        },
                        text -> Operation.confirmed(
                                        title,
                                        text,
                                        List.of(Field.confirm("Name of the log (log)", "log"), Field.reason()),
                                        (controls, values) -> controls.permanentLog()
                                                .clear(what, values.get(Field.CONFIRM), values.get(Field.REASON)))
                                .open(session)));
    }
}
