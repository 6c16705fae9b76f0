package org.hotbackup.menu;

import java.util.List;
import java.util.function.UnaryOperator;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.messages.MessageCode;

/** The transaction log menu (HB-120 to HB-125): for the whole node. */
final class TransactionLogMenu {

    private static final String NAME_OF_NODE = "Name of the node";
    private static final String TAPE = "tape";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String UNTIL = "until";

    private TransactionLogMenu() {}

    static void open(Session session) {
        session.open(new Menu(
                "Transaction Log Menu",
                List.of(
                        MainMenu.displayQueue("Display queue"),
                        new Choice(
                                "Log DL files only",
                                "Logs the updates of files with L in their D-pointer",
                                TransactionLogMenu::logDlFilesOnly),
                        new Choice(
                                "Log ALL files",
                                "With caution: slaves may create accounts and files",
                                TransactionLogMenu::logAllFiles),
                        new Choice(
                                "Stop enqueuing",
                                "With extreme care: updates from then on never reach a slave",
                                TransactionLogMenu::stopEnqueuing),
                        new Choice(
                                "Start enqueueing",
                                "Queues updates again",
                                s -> s.perform("Start enqueueing", controls -> controls.transactionLogQueue()
                                        .startEnqueuing())),
                        new Choice("Clear log queue", "Everything that is queued is lost", TransactionLogMenu::clear),
                        new Choice("Queue entries", "What is in the queue, entry by entry", QueuePages::open),
                        new Choice(
                                "Find entries",
                                "The entries that update a file or an item, or do what is looked for",
                                QueuePages::find),
                        new Choice(
                                "Restore log from tape",
                                "Applies what a linked tape-socket server sent, up to a time or an LSN",
                                TransactionLogMenu::restore),
                        new Choice(
                                "Log on tapes here",
                                "Keeps the log on tapes of this node: startlog, stoplog",
                                TransactionLogMenu::onTapes))));
    }

    private static void onTapes(Session session) {
        session.open(new Menu(
                "Log on tapes here",
                List.of(
                        new Choice(
                                "Start log",
                                "Writes the log to tapes of this node; or ends the tape and begins the next one",
                                TransactionLogMenu::startLog),
                        new Choice(
                                "Stop log",
                                "Ends the tape; what is updated afterwards is on no tape",
                                TransactionLogMenu::stopLog))));
    }

    private static void startLog(Session session) {
        Operation.confirmed(
                        "Start log",
                        "",
                        List.of(optional(TAPE, "Tape", "A name; the tapes are NAME.1, NAME.2 and so on")),
                        (controls, values) -> controls.transactionLogQueue().startLog(values.get(TAPE)))
                .open(session);
    }

    private static void stopLog(Session session) {
        String node = session.node();
        Operation.confirmed(
                        "Stop log",
                        MessageCode.MENU_STOPLOG.text(node),
                        List.of(Field.confirm(NAME_OF_NODE, node), Field.reason()),
                        (controls, values) -> controls.transactionLogQueue()
                                .stopLog(values.get(Field.CONFIRM), values.get(Field.REASON)))
                .open(session);
    }

    private static void restore(Session session) {
        String node = session.node();
        Operation.confirmed(
                        "Restore log from tape",
                        MessageCode.MENU_RESTORE_LOG.text(node),
                        List.of(
                                optional(
                                        TAPE,
                                        "Tape",
                                        "The path of a file or a pipe, or the name of a device or of a pipe here"),
                                optional(
                                        FROM,
                                        "From LSN",
                                        "Up to which LSN the image holds that log; empty if it knows"),
                                optional(TO, "To LSN", "The last LSN to apply; empty for all"),
                                optional(
                                        UNTIL,
                                        "Until",
                                        "Nothing committed after this time, 2026-11-22T12:00:00; or empty"),
                                Field.confirm(NAME_OF_NODE, node),
                                Field.reason()),
                        (controls, values) -> controls.transactionLogQueue()
                                .restore(
                                        values.get(TAPE),
                                        values.get(FROM),
                                        values.get(TO),
                                        values.get(UNTIL),
                                        values.get(Field.CONFIRM),
                                        values.get(Field.REASON)))
                .open(session);
    }

    private static Field optional(String key, String label, String help) {
        return Field.of(key, label, help, "", UnaryOperator.identity());
    }

    private static void logDlFilesOnly(Session session) {
        Operation.asked(
                        "Log DL files only",
                        MessageCode.MENU_LOG_DL.text(session.node()),
                        (controls, values) -> controls.transactionLogQueue().logDlFilesOnly())
                .open(session);
    }

    private static void logAllFiles(Session session) {
        Operation.asked(
                        "Log ALL files",
                        MessageCode.MENU_LOG_ALL.text(session.node()),
                        (controls, values) -> controls.transactionLogQueue().logAllFiles())
                .open(session);
    }

    private static void stopEnqueuing(Session session) {
        String node = session.node();
        session.ask(
                "Stop enqueuing", controls -> controls.transactionLogQueue().getDepth(), depth -> Operation.confirmed(
                                "Stop enqueuing",
                                MessageCode.MENU_STOP_ENQUEUING.text(node, depth),
                                List.of(Field.confirm(NAME_OF_NODE, node), Field.reason()),
                                (controls, values) -> controls.transactionLogQueue()
                                        .stopEnqueuing(values.get(Field.CONFIRM), values.get(Field.REASON)))
                        .open(session));
    }

    private static void clear(Session session) {
        String node = session.node();
        session.ask(
                "Clear log queue",
                controls -> {
                    TransactionLogQueueMXBean queue = controls.transactionLogQueue();
                    return MessageCode.MENU_CLEAR_QUEUE.text(node, queue.getDepth(), queue.getBytes());
                },
                effect -> Operation.confirmed(
                                "Clear log queue",
                                effect,
                                List.of(Field.confirm(NAME_OF_NODE, node), Field.reason()),
                                (controls, values) -> controls.transactionLogQueue()
                                        .clear(values.get(Field.CONFIRM), values.get(Field.REASON)))
                        .open(session));
    }
}
