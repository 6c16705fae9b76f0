package org.hotbackup.menu;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;

/** What is read from a tape: tasks, which are looked at while they last (TS-001). */
final class TapeRestoreMenu {

    private static final String ON_TAPE = "on tape";
    private static final String HERE = "here";
    private static final String IDS = "ids";
    private static final String REWOUND = "rewound";
    private static final String REPLACE = "replace";
    private static final String LIST = "list";

    private TapeRestoreMenu() {}

    static void open(Session session, String device) {
        session.open(new Menu(
                TapeDeviceMenu.titled("Restore from", device),
                List.of(
                        new Choice(
                                "Check",
                                "Reads the tape to its end and says what is on it; restores nothing",
                                s -> check(s, device)),
                        new Choice("Restore", "All accounts of the tape", s -> restore(s, device)),
                        new Choice(
                                "Account-restore",
                                "One account, which must not be here yet",
                                s -> accountRestore(s, device)),
                        new Choice("Sel-restore", "Items of one file out of a save", s -> selRestore(s, device)),
                        new Choice("Load", "Items of a dump into a file", s -> load(s, device)),
                        new Choice(
                                "Restore-accounts",
                                "All accounts that are not here; nothing that is here is touched",
                                s -> restoreAccounts(s, device)))));
    }

    private static void check(Session session, String device) {
        String title = TapeDeviceMenu.titled("Check", device);
        session.ask(title, controls -> controls.tape().check(device), receipt -> {
            session.show(title, receipt);
            if (receipt.outcome() != OperationReceipt.Outcome.REFUSED) {
                TapeDeviceMenu.watch(session, device);
            }
        });
    }

    private static void restore(Session session, String device) {
        String node = session.node();
        String title = TapeDeviceMenu.titled("Restore all from", device);
        session.ask(
                title,
                controls -> controls.node().getAccounts().size(),
                accounts -> begin(
                        session,
                        title,
                        MessageCode.MENU_RESTORE.text(node, accounts, device),
                        device,
                        List.of(
                                rewound(),
                                Field.yesOrNo(REPLACE, "Replace accounts", Texts.TAPE_REPLACE_ALL_HELP, false),
                                Field.confirm("Name of the node", node),
                                Field.reason()),
                        (controls, values) -> controls.tape()
                                .restore(
                                        device, options(values), values.get(Field.CONFIRM), values.get(Field.REASON))));
    }

    private static void restoreAccounts(Session session, String device) {
        begin(
                session,
                TapeDeviceMenu.titled("Restore-accounts from", device),
                "",
                device,
                List.of(rewound()),
                (controls, values) -> controls.tape().restoreAccounts(device, options(values)));
    }

    private static void accountRestore(Session session, String device) {
        begin(
                session,
                TapeDeviceMenu.titled("Account-restore from", device),
                "",
                device,
                List.of(
                        TapeDeviceMenu.text(ON_TAPE, "Account on tape", Texts.TAPE_ACCOUNT_THERE_HELP),
                        TapeDeviceMenu.text(HERE, "Account", Texts.TAPE_ACCOUNT_HERE_HELP),
                        rewound()),
                (controls, values) ->
                        controls.tape().accountRestore(device, values.get(ON_TAPE), values.get(HERE), options(values)));
    }

    private static void selRestore(Session session, String device) {
        begin(
                session,
                TapeDeviceMenu.titled("Sel-restore from", device),
                "",
                device,
                List.of(
                        TapeDeviceMenu.text(ON_TAPE, "File on tape", Texts.TAPE_FILE_THERE_HELP),
                        TapeDeviceMenu.text(HERE, "File", Texts.TAPE_FILE_HERE_HELP),
                        TapeDeviceMenu.text(IDS, "Items", Texts.TAPE_IDS_HELP),
                        rewound(),
                        replace(),
                        list(),
                        confirmFile()),
                (controls, values) -> controls.tape()
                        .selRestore(
                                device,
                                values.get(ON_TAPE),
                                values.get(HERE),
                                values.get(IDS),
                                options(values),
                                values.getOrDefault(Field.CONFIRM, "")));
    }

    private static void load(Session session, String device) {
        begin(
                session,
                TapeDeviceMenu.titled("Load from", device),
                "",
                device,
                List.of(
                        TapeDeviceMenu.text(HERE, "File", Texts.TAPE_FILE_HELP),
                        TapeDeviceMenu.text(IDS, "Items", Texts.TAPE_IDS_HELP),
                        replace(),
                        list(),
                        confirmFile()),
                (controls, values) -> controls.tape()
                        .load(
                                device,
                                values.get(HERE),
                                values.get(IDS),
                                options(values),
                                values.getOrDefault(Field.CONFIRM, "")));
    }

    private static Field rewound() {
        return Field.yesOrNo(REWOUND, "From the beginning", Texts.TAPE_REWOUND_HELP, true);
    }

    private static Field replace() {
        return Field.yesOrNo(REPLACE, "Replace items", Texts.TAPE_REPLACE_HELP, false);
    }

    private static Field list() {
        return Field.yesOrNo(LIST, "List items", Texts.TAPE_LIST_HELP, true).ifNo(REPLACE);
    }

    private static Field confirmFile() {
        return TapeDeviceMenu.text(Field.CONFIRM, "Confirm", Texts.TAPE_CONFIRM_FILE_HELP)
                .ifYes(REPLACE);
    }

    /** The manual's letters: a from where the device stands, o replaces what is there, m does not list it. */
    private static String options(Map<String, String> values) {
        return (Field.isNo(values, REWOUND) ? "a" : "")
                + (Field.isYes(values, REPLACE) ? "o" : "")
                + (Field.isNo(values, LIST) ? "m" : "");
    }

    private static void begin(
            Session session,
            String title,
            String effect,
            String device,
            List<Field> fields,
            BiFunction<ControlDirectory, Map<String, String>, OperationReceipt> does) {
        Operation.confirmed(title, effect, fields, does)
                .then(s -> TapeDeviceMenu.watch(s, device))
                .open(session);
    }
}
