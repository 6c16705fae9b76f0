package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.messages.Refusal;

/** The nodes of this machine, and what is to be known of one. */
final class NodePages {

    private static final int MOST_LINES = 200;
    private static final int MOST_FILES = 1_000;

    private NodePages() {}

    static Menu selection(List<String> nodes) {
        return new Menu(
                "Select Node",
                nodes.stream()
                        .map(node -> new Choice(Text.safe(node), "", session -> session.connect(node)))
                        .toList());
    }

    static void open(Session session) {
        session.open(new Menu(
                "Node",
                List.of(
                        new Choice("Show", "How this node stands", NodePages::show),
                        new Choice("Figures", "Samples of the last hour and day", FigurePages::open),
                        new Choice("Traces", "The last lines of the traces of this server", NodePages::traces),
                        new Choice("Jobs", "The latest jobs, the most recent first", NodePages::jobs),
                        new Choice("Files", "The files of an account with their digests", NodePages::files),
                        new Choice("Notices", "Errors and warnings, and who gets them", NoticePages::open),
                        new Choice("Users", "Who may log in, and what they may do", UserPages::open),
                        new Choice("Attributes", "All that JMX consoles show, by the same names", AttributePages::open),
                        new Choice("Audit", "Who did what on this node", AuditPages::open))));
    }

    static void show(Session session) {
        session.watch("Node", controls -> {
            NodeMXBean node = controls.node();
            String updates = node.isOpenForUpdates() ? "open" : "closed, " + node.getClosedReason();
            List<String> lines = List.of(
                    "Name             " + node.getName(),
                    "Node id          " + node.getNodeId(),
                    "Health           " + String.join(" ", and(node.getHealth(), node.getHealthReasons())),
                    "Users' updates   " + updates,
                    "Epoch            " + node.getEpoch(),
                    "Trouble          " + (node.getTrouble().isEmpty() ? "none" : node.getTrouble()),
                    "Transactions     " + node.getTransactionsTotal(),
                    "Items written    " + node.getItemsWrittenTotal(),
                    "Last LSN         " + node.getLastLsn(),
                    "Disk free        " + node.getDiskFreeBytes() / 1_000_000 + " MB",
                    "Certificates     " + certificates(controls),
                    "Store            " + node.getStore(),
                    "Web address      " + node.getWebAddress(),
                    "Version          " + node.getVersion() + ", up " + node.getUptimeSeconds() + " s");
            return new Look.Shown("Node '" + node.getName() + "'", String.join("\n", lines));
        });
    }

    /** For how long they are valid. */
    private static String certificates(ControlDirectory controls) {
        try {
            return controls.security().certificates().stream()
                    .map(one -> (one.peer().isEmpty() ? "own" : Text.safe(one.peer())) + " " + one.daysLeft() + " days")
                    .collect(Collectors.joining(", "));
        } catch (Refusal e) {
            return e.getMessage();
        }
    }

    private static List<String> and(String first, List<String> others) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return all;
    }

    private static void traces(Session session) {
        MainMenu.watchServer(
                session, "Traces", server -> ServerChoices.traces(server.traces(MOST_LINES), server.isTraces()));
    }

    static void jobs(Session session) {
        session.watch("Jobs", controls -> new Look.Shown("Jobs", controls.node().listJobs(MOST_LINES)));
    }

    private static void files(Session session) {
        session.ask(
                "Accounts",
                controls -> controls.node().getAccounts(),
                accounts -> session.open(new Menu(
                        "Accounts",
                        accounts.stream()
                                .map(account -> new Choice(Text.safe(account), "", s -> files(s, account)))
                                .toList())));
    }

    private static void files(Session session, String account) {
        String title = "Files of account " + Text.safe(account);
        session.ask(
                title,
                controls -> controls.node().listFiles(account, "", MOST_FILES),
                files -> session.open(new Menu(
                        title,
                        files.stream()
                                .map(file -> new Choice(
                                        Text.safe(file),
                                        "Counts its items and computes its SHA-256",
                                        s -> digest(s, file)))
                                .toList())));
    }

    private static void digest(Session session, String file) {
        session.ask(
                "Digest of " + Text.safe(file),
                controls -> controls.node().digest(file),
                digest -> session.show("Digest of " + Text.safe(file), text(digest)));
    }

    private static String text(FileDigest digest) {
        return "Items    " + digest.items() + "\nBytes    " + digest.bytes() + "\nSHA-256  " + digest.sha256();
    }
}
