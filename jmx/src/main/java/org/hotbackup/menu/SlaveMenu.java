package org.hotbackup.menu;

import java.util.List;
import java.util.Map;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.menu.PagedText.Part;

/** What only a slave server has: the transaction that holds it up, and the files that it opened. */
final class SlaveMenu {

    private static final String TRANSACTION = "transaction";
    private static final int PAGE = 500;

    private SlaveMenu() {}

    static void open(Session session) {
        session.open(new Menu(
                "Slave server",
                List.of(
                        new Choice(
                                "Blocked transaction",
                                "The transaction that cannot be applied now, and why",
                                s -> MainMenu.watchServer(s, "Blocked transaction", SlaveMenu::head)),
                        new Choice(
                                "Set aside",
                                "Puts the blocked transaction into lost+found; the ones behind it go on",
                                SlaveMenu::setAside),
                        new Choice(
                                "Opened files",
                                "The files that it opened since it started; Close opened files closes them",
                                SlaveMenu::openedFiles))));
    }

    /** The server, if it is one. */
    static ServerMXBean slave(ServerMXBean server) {
        if (!server.getServerType().equals("Slave")) {
            throw new Refusal(MessageCode.SLAVE_ONLY);
        }
        return server;
    }

    private static String head(ServerMXBean server) {
        String head = server.head();
        return head.isEmpty() ? MessageCode.NOTHING_BLOCKED.text() : head;
    }

    private static void setAside(Session session) {
        String name = session.server();
        String title = "Set aside on server '" + name + "'";
        session.ask(title, controls -> head(slave(controls.server(name))), head -> Operation.confirmed(
                        title,
                        MessageCode.MENU_SET_ASIDE.text(name) + "\n" + head,
                        List.of(
                                Field.number(TRANSACTION, "Transaction", Texts.TRANSACTION_HELP, "", 0, Field.MOST),
                                Field.confirm("Name of the server", name),
                                Field.reason()),
                        (controls, values) -> setAside(controls.server(name), values))
                .open(session));
    }

    private static OperationReceipt setAside(ServerMXBean server, Map<String, String> values) {
        return server.setAside(
                Long.parseLong(values.get(TRANSACTION)), values.get(Field.CONFIRM), values.get(Field.REASON));
    }

    private static void openedFiles(Session session) {
        String name = session.server();
        PagedText.open(session, Texts.of("Opened files", name), controls -> openedFiles(controls, name, ""));
    }

    private static Part openedFiles(ControlDirectory controls, String name, String after) {
        return Part.of(
                controls.server(name).openedFiles(after, PAGE),
                PAGE,
                file -> file,
                last -> again -> openedFiles(again, name, last));
    }
}
