package org.hotbackup.menu;

import java.util.List;
import java.util.function.Function;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeSetting;

/** What is needed less often for a tape-socket server (TS-004). */
final class TapeSpecialOperations {

    private static final int MOST_LINES = 200;
    private static final String KEYWORD = "keyword";
    private static final String VALUE = "value";

    private TapeSpecialOperations() {}

    static void open(Session session, String options) {
        String keeping = "c" + options.replaceAll("[^sv]", "");
        boolean quiet = options.contains("q");
        session.open(new Menu(
                "Special Operations",
                List.of(
                        TapeMainMenu.status(),
                        server(
                                "Turn traces ON",
                                "Traces show every block; to find an error only",
                                TapeServerMXBean::tracesOn),
                        server("Turn traces OFF", "Ends the traces", TapeServerMXBean::tracesOff),
                        new Choice(
                                "Setup Server",
                                "Makes a new server, or changes this one while it is stopped",
                                TapeSpecialOperations::setup),
                        new Choice(
                                "Delete server",
                                "Deletes the definition of this server",
                                TapeSpecialOperations::delete),
                        TapeMainMenu.start(
                                "Start, keeping the pipe",
                                "Option c: a tape that was under way goes on; only after a stop in its middle",
                                keeping),
                        new Choice(
                                "Drain pipe",
                                "Empties the pipe of the stopped server; the tape that was under way is given up",
                                s -> drain(s, quiet)),
                        TapeMainMenu.watched(
                                "Traces",
                                "Traces",
                                "The last lines of the traces of this server",
                                server -> ServerChoices.traces(server.traces(MOST_LINES), server.isTraces())),
                        new Choice(
                                "Attributes",
                                "All that JMX consoles show, by the same names",
                                AttributePages::ofTapeSocket))));
    }

    private static Choice server(String label, String help, Function<TapeServerMXBean, OperationReceipt> operation) {
        return ServerChoices.operation(label, help, (controls, name) -> operation.apply(controls.tapeServer(name)));
    }

    private static void setup(Session session) {
        SetupServer.open(
                session,
                new Choice(
                        "Change one argument",
                        "What the command setarg does: one setting of the stopped server",
                        TapeSpecialOperations::setArgument));
    }

    private static void setArgument(Session session) {
        String name = session.server();
        Operation.confirmed(
                        "Change one argument of server '" + name + "'",
                        "",
                        List.of(
                                Field.of(
                                        KEYWORD,
                                        "Keyword",
                                        Texts.KEYWORD_HELP,
                                        TapeSetting.COMMENTS.key(),
                                        TapeSpecialOperations::keyword),
                                Field.of(VALUE, "Value", Texts.VALUE_HELP, "", given -> given)),
                        (controls, values) ->
                                controls.tapeServer(name).setArgument(values.get(KEYWORD), values.get(VALUE)))
                .open(session);
    }

    private static String keyword(String given) {
        return TapeSetting.ofKey(given)
                .map(TapeSetting::key)
                .orElseThrow(() -> new Refusal(MessageCode.SETTING_UNKNOWN, given, TapeSetting.keys()));
    }

    private static void delete(Session session) {
        ServerChoices.delete(
                session,
                (controls, name) -> MessageCode.MENU_DELETE_TAPE.text(
                        name, controls.tapeServer(name).getPipe()),
                (controls, name, confirm, reason) -> controls.tapeSocket().deleteServer(name, confirm, reason));
    }

    private static void drain(Session session, boolean quiet) {
        String name = session.server();
        String title = "Drain pipe of server '" + name + "'";
        if (quiet) {
            session.perform(title, controls -> controls.tapeServer(name).drain(name, MessageCode.QUIET_REASON.text()));
            return;
        }
        session.ask(
                title,
                controls -> MessageCode.MENU_DRAIN_TAPE.text(
                        name, controls.tapeServer(name).getPipe()),
                effect -> Operation.confirmed(
                                title,
                                effect,
                                List.of(Field.confirm("Name of the server", name), Field.reason()),
                                (controls, values) -> controls.tapeServer(name)
                                        .drain(values.get(Field.CONFIRM), values.get(Field.REASON)))
                        .open(session));
    }
}
