package org.hotbackup.menu;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;

/** What is written to a tape: tasks, which are looked at while they last (TS-001). */
final class TapeSaveMenu {

    private static final String ACCOUNTS = "accounts";
    private static final String FILE = "file";
    private static final String IDS = "ids";
    private static final String LABELLED = "labelled";
    private static final String LABEL = "label";

    private TapeSaveMenu() {}

    static void open(Session session, String device) {
        session.open(new Menu(
                TapeDeviceMenu.titled("Save to", device),
                List.of(
                        new Choice(
                                "Save",
                                "All accounts, but what is this node's own in account dm",
                                s -> save(s, device)),
                        new Choice("Account-save", "Some accounts", s -> accountSave(s, device)),
                        new Choice("Dump", "Items of a file, without its definition", s -> dump(s, device)))));
    }

    private static void save(Session session, String device) {
        begin(
                session,
                TapeDeviceMenu.titled("Save all to", device),
                device,
                List.of(label(), TapeDeviceMenu.overwrite(device)),
                (controls, values) -> controls.tape().save(device, values.get(LABEL), "", values.get(Field.CONFIRM)));
    }

    private static void accountSave(Session session, String device) {
        begin(
                session,
                TapeDeviceMenu.titled("Account-save to", device),
                device,
                List.of(
                        TapeDeviceMenu.text(ACCOUNTS, "Accounts", Texts.TAPE_ACCOUNTS_HELP),
                        label(),
                        TapeDeviceMenu.overwrite(device)),
                (controls, values) -> controls.tape()
                        .accountSave(device, values.get(ACCOUNTS), values.get(LABEL), "", values.get(Field.CONFIRM)));
    }

    private static void dump(Session session, String device) {
        begin(
                session,
                TapeDeviceMenu.titled("Dump to", device),
                device,
                List.of(
                        TapeDeviceMenu.text(FILE, "File", Texts.TAPE_FILE_HELP),
                        TapeDeviceMenu.text(IDS, "Items", Texts.TAPE_IDS_HELP),
                        Field.yesOrNo(LABELLED, "With a label", Texts.TAPE_LABELLED_HELP, true),
                        TapeDeviceMenu.text(LABEL, "Heading", Texts.TAPE_HEADING_HELP)
                                .ifYes(LABELLED),
                        TapeDeviceMenu.overwrite(device)),
                (controls, values) -> controls.tape()
                        .dump(
                                device,
                                values.get(FILE),
                                values.get(IDS),
                                values.getOrDefault(LABEL, ""),
                                Field.isYes(values, LABELLED) ? "" : "h",
                                values.get(Field.CONFIRM)));
    }

    private static Field label() {
        return TapeDeviceMenu.text(LABEL, "Label", Texts.TAPE_LABEL_HELP);
    }

    private static void begin(
            Session session,
            String title,
            String device,
            List<Field> fields,
            BiFunction<ControlDirectory, Map<String, String>, OperationReceipt> does) {
        Operation.confirmed(title, "", fields, does)
                .then(s -> TapeDeviceMenu.watch(s, device))
                .open(session);
    }
}
