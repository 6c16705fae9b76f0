package org.hotbackup.menu;

import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.ItemDifference;
import org.hotbackup.control.VerificationMXBean;
import org.hotbackup.control.VerifiedFile;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.menu.PagedText.Part;

/** Compares a master with its slave, and makes the slave equal. */
final class VerifyMenu {

    private static final String SHARE = "share";
    private static final String ROUNDS = "rounds";
    private static final String NAME_OF_SERVER = "Name of the server";
    private static final int PAGE = 500;
    private static final int MOST_ROUNDS = 1_000_000;

    private VerifyMenu() {}

    static void open(Session session) {
        String name = session.server();
        session.ask(
                "Verify and repair",
                controls -> controls.verification(name).getState(),
                state -> session.open(new Menu(
                        "Verify and repair",
                        List.of(
                                new Choice("Status", "How far it is and what was found last", VerifyMenu::watch),
                                new Choice("Differences", "The items that differ", VerifyMenu::differences),
                                new Choice("Files", "What was found of each file", VerifyMenu::files),
                                new Choice("Start comparing", "Compares all files that are logged", VerifyMenu::start),
                                new Choice(
                                        "Stop comparing",
                                        "What was found is kept",
                                        s -> s.perform("Stop comparing", controls -> controls.verification(name)
                                                .stop())),
                                new Choice("Repair", "Sends what differs to the slave once more", VerifyMenu::repair),
                                new Choice(
                                        "Resync", "Compares and sends until nothing differs", VerifyMenu::resync)))));
    }

    private static void watch(Session session) {
        String name = session.server();
        session.watch(Texts.of("Verification", name), controls -> {
            VerificationMXBean verification = controls.verification(name);
            return new Look.Shown(
                    Texts.of("Verification", name) + ", " + verification.getState(), verification.status());
        });
    }

    private static void differences(Session session) {
        String name = session.server();
        PagedText.open(session, "Differences", controls -> differences(controls, name, "", ""));
    }

    private static Part differences(ControlDirectory controls, String name, String afterPath, String afterId) {
        return Part.of(
                controls.verification(name).differences(afterPath, afterId, PAGE),
                PAGE,
                VerifyMenu::line,
                last -> again -> differences(again, name, last.path(), last.id()));
    }

    private static void files(Session session) {
        String name = session.server();
        PagedText.open(session, "Files", controls -> files(controls, name, ""));
    }

    private static Part files(ControlDirectory controls, String name, String after) {
        return Part.of(
                controls.verification(name).files(after, PAGE),
                PAGE,
                VerifyMenu::line,
                last -> again -> files(again, name, last.path()));
    }

    private static String line(VerifiedFile file) {
        String proved = file.provedLsn() > 0 ? "  as of LSN " + file.provedLsn() : "";
        return file.path() + "  " + file.finding() + proved + "  " + file.items() + " items equal, "
                + file.differences() + " different  " + file.comparedAt();
    }

    private static String line(ItemDifference difference) {
        return difference.path() + "  " + difference.id() + "  "
                + bytes("on the master", difference.bytesOnMaster(), difference.sha256OnMaster()) + ", "
                + bytes("on the slave", difference.bytesOnSlave(), difference.sha256OnSlave());
    }

    private static String bytes(String where, int bytes, String sum) {
        return bytes < 0 ? "absent " + where : bytes + " bytes " + where + " (" + sum + ")";
    }

    private static Field share(String usual) {
        return Field.number(SHARE, "Share of the time", Texts.SHARE_HELP, usual, 1, 100);
    }

    private static void start(Session session) {
        String name = session.server();
        Operation.confirmed(
                        "Start comparing",
                        "",
                        List.of(share("10"), Field.number(ROUNDS, "Rounds", Texts.ROUNDS_HELP, "1", 0, MOST_ROUNDS)),
                        (controls, values) -> controls.verification(name)
                                .start(Integer.parseInt(values.get(SHARE)), Integer.parseInt(values.get(ROUNDS))))
                .then(VerifyMenu::watch)
                .open(session);
    }

    private static void repair(Session session) {
        String name = session.server();
        session.ask(
                "Repair",
                controls -> {
                    VerificationMXBean verification = controls.verification(name);
                    return MessageCode.MENU_REPAIR.text(
                            name, verification.getItemsDifferent(), verification.getFilesDifferent());
                },
                effect -> Operation.confirmed(
                                "Repair",
                                effect,
                                List.of(Field.confirm(NAME_OF_SERVER, name), Field.reason()),
                                (controls, values) -> controls.verification(name)
                                        .repair(values.get(Field.CONFIRM), values.get(Field.REASON)))
                        .then(VerifyMenu::watch)
                        .open(session));
    }

    private static void resync(Session session) {
        String name = session.server();
        Operation.confirmed(
                        "Resync",
                        MessageCode.MENU_RESYNC.text(name),
                        List.of(share("50"), Field.confirm(NAME_OF_SERVER, name), Field.reason()),
                        (controls, values) -> controls.verification(name)
                                .resync(
                                        Integer.parseInt(values.get(SHARE)),
                                        values.get(Field.CONFIRM),
                                        values.get(Field.REASON)))
                .then(VerifyMenu::watch)
                .open(session);
    }
}
