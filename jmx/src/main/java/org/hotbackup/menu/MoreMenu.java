package org.hotbackup.menu;

import java.util.List;
import java.util.Optional;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.menu.PagedText.Part;

/** What the manual does not have. */
final class MoreMenu {

    private static final String NAME_OF_NODE = "Name of the node";
    private static final String NAME_OF_SERVER = "Name of the server";
    private static final String KEEP = "keep";
    private static final String LOSE = "lose";
    private static final String PORT = "port";
    private static final int PAGE = 50;

    private MoreMenu() {}

    static void open(Session session) {
        session.open(new Menu(
                "More",
                List.of(
                        new Choice(
                                "Lost+found", "What this node's slave servers could not perform", LostAndFound::open),
                        new Choice(
                                "Verify and repair",
                                "Master only: compares the slave with this node while both work",
                                VerifyMenu::open),
                        new Choice(
                                "Promote",
                                "Slave only: this node becomes the one that users work on",
                                MoreMenu::promote),
                        new Choice("Rejoin", "Superseded master only: comes back as a slave", MoreMenu::rejoin),
                        new Choice("Users' updates", "Whether users may update this node", MoreMenu::updates),
                        new Choice(
                                "Slave server",
                                "Slave only: what cannot be applied now, and the files that it opened",
                                SlaveMenu::open),
                        new Choice(
                                "Node",
                                "This node, its figures, traces, jobs, files, notices, users and audit",
                                NodePages::open),
                        new Choice("Tasks", "What runs long on this node", TaskPages::open),
                        new Choice("Diagnose", "What is wrong, and what to type next", MoreMenu::diagnose),
                        new Choice("Tape devices", "Saves, restores, and what is on a tape", TapeDeviceMenu::open))));
    }

    private static void diagnose(Session session) {
        session.watch(
                "Diagnose",
                controls -> new Look.Shown("Diagnose", said(controls.node().diagnoseText(), "Nothing is wrong.")));
    }

    private static void promote(Session session) {
        String name = session.server();
        String node = session.node();
        String title = "Promote server '" + name + "'";
        session.ask(
                title,
                controls -> {
                    ServerMXBean server = SlaveMenu.slave(controls.server(name));
                    return MessageCode.MENU_PROMOTE.text(name, Math.max(0, server.getPendingUpdates()), node);
                },
                effect -> Operation.confirmed(
                                title,
                                effect,
                                List.of(
                                        Field.of(LOSE, "May be lost", Texts.LOSE_HELP, "", given -> given),
                                        Field.confirm(NAME_OF_SERVER, name),
                                        Field.reason()),
                                (controls, values) -> controls.server(name)
                                        .promote(values.get(LOSE), values.get(Field.CONFIRM), values.get(Field.REASON)))
                        .open(session));
    }

    private static ServerMXBean master(ServerMXBean server) {
        if (!server.getServerType().equals("Master")) {
            throw new Refusal(MessageCode.MASTER_ONLY);
        }
        return server;
    }

    private static void rejoin(Session session) {
        String name = session.server();
        session.open(new Menu(
                "Rejoin",
                List.of(
                        new Choice(
                                "List",
                                "What the new master does not have, and does nothing",
                                s -> PagedText.open(
                                        s,
                                        "What the new master does not have",
                                        controls -> rejoinList(controls.server(name), 0))),
                        new Choice("Rejoin", "Becomes a slave server of the new master", MoreMenu::rejoinAfterAll))));
    }

    private static Part rejoinList(ServerMXBean server, long after) {
        List<QueueEntry> entries = server.rejoinEntries(after, PAGE);
        String name = server.getName();
        return new Part(
                server.rejoinList(after, PAGE),
                entries.size() < PAGE
                        ? Optional.empty()
                        : Optional.of(controls -> rejoinList(
                                controls.server(name), entries.get(PAGE - 1).lsn())));
    }

    private static void rejoinAfterAll(Session session) {
        String name = session.server();
        String title = "Rejoin server '" + name + "'";
        session.ask(
                title,
                controls -> master(controls.server(name)).getPromotion().isEmpty()
                        ? MessageCode.MENU_REJOIN_NOT_YET.text(name)
                        : MessageCode.MENU_REJOIN.text(name),
                effect -> Operation.confirmed(
                                title,
                                effect,
                                List.of(
                                        Field.yesOrNo(KEEP, "Keep in lost+found", Texts.KEEP_HELP, true),
                                        Field.number(PORT, "TCP port number", Texts.REJOIN_PORT_HELP, "", 1024, 32767),
                                        Field.confirm(NAME_OF_SERVER, name),
                                        Field.reason()),
                                (controls, values) -> controls.server(name)
                                        .rejoin(
                                                Field.isYes(values, KEEP),
                                                Integer.parseInt(values.get(PORT)),
                                                values.get(Field.CONFIRM),
                                                values.get(Field.REASON)))
                        .open(session));
    }

    private static void updates(Session session) {
        session.open(new Menu(
                "Users' updates",
                List.of(
                        new Choice("Show", "Whether users may update this node", NodePages::show),
                        new Choice(
                                "Close",
                                "Users cannot update anything any more; slave servers still write",
                                MoreMenu::close),
                        new Choice(
                                "Open",
                                "Users may update again; on a superseded master that never reaches the new one",
                                MoreMenu::openForUpdates))));
    }

    private static void close(Session session) {
        String node = session.node();
        Operation.confirmed(
                        "Close for updates",
                        MessageCode.MENU_CLOSE.text(node),
                        List.of(Field.confirm(NAME_OF_NODE, node), Field.reason()),
                        (controls, values) ->
                                controls.node().closeForUpdates(values.get(Field.CONFIRM), values.get(Field.REASON)))
                .open(session);
    }

    private static void openForUpdates(Session session) {
        String node = session.node();
        session.ask(
                "Open for updates",
                controls -> {
                    NodeMXBean bean = controls.node();
                    return MessageCode.MENU_OPEN.text(
                            node, bean.isOpenForUpdates() ? "open already" : "closed now, " + bean.getClosedReason());
                },
                effect -> Operation.confirmed(
                                "Open for updates",
                                effect,
                                List.of(Field.confirm(NAME_OF_NODE, node), Field.reason()),
                                (controls, values) -> controls.node()
                                        .openForUpdates(values.get(Field.CONFIRM), values.get(Field.REASON)))
                        .open(session));
    }

    private static String said(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
