package org.hotbackup.cli;

import java.util.function.Supplier;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings a superseded master server back as a slave server of the new master. */
@Command(
        name = "rejoin",
        mixinStandardHelpOptions = true,
        description = {
            "Brings back a master server whose slave was promoted: it becomes a slave server of the new master.",
            "What the new master does not have is listed with --list, and with keep=yes kept in lost+found; with keep=no it "
                    + "is dropped. port=PORT is where the slave server listens; if it is taken nothing is changed. The node stays closed "
                    + "for users' updates.",
            "A rejoin that was interrupted, or whose server did not start, is given once more. Slave servers of this node that "
                    + "were promoted over the new master have nobody left to tell, and are deleted."
        })
final class Rejoin extends ServerCommand {

    private static final String KEEP = "keep=";
    private static final String PORT = "port=";
    private static final String KEEP_WHAT =
            "keep=yes, and what the new master does not have is kept in lost+found, or keep=no, and it is dropped";
    private static final int USUAL_LIMIT = 100;
    private static final int MOST = 1000;

    @Option(names = "--list", description = "Lists what the new master does not have, and does nothing.")
    boolean list;

    @Option(
            names = "--after",
            paramLabel = "LSN",
            defaultValue = "0",
            description = "With --list: only what is behind this LSN.")
    long after;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "" + USUAL_LIMIT,
            description = "With --list: at most so many transactions (${DEFAULT-VALUE}).")
    int limit;

    @Option(names = "--confirm", paramLabel = "NAME", description = "The server's name once more.")
    String confirm;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the permanent log.")
    String reason;

    @Override
    int run(NodeConnection connection) {
        return rejoin(() -> connection.server(server(connection)));
    }

    /** As it was asked for, of a server that is looked up if what was asked for can be done. */
    int rejoin(Supplier<ServerMXBean> of) {
        String keep = setting(KEEP);
        String port = setting(PORT);
        for (String word : settings()) {
            if (!word.startsWith(KEEP) && !word.startsWith(PORT)) {
                throw new Refusal(MessageCode.SETTING_UNKNOWN, word, "server, keep, port");
            }
        }
        if (list) {
            if (limit < 1 || limit > MOST) {
                throw new Refusal(MessageCode.USAGE, "--limit is from 1 to " + MOST + ".");
            }
            ServerMXBean server = of.get();
            return answer(server.rejoinList(after, limit), () -> server.rejoinEntries(after, limit));
        }
        if (!keep.equals("yes") && !keep.equals("no")) {
            throw unusable("keep", keep, KEEP_WHAT);
        }
        if (!port.matches("[0-9]{1,5}")) {
            throw unusable("port", port, "port=PORT, where the slave server listens");
        }
        if (confirm == null) {
            throw new Refusal(MessageCode.USAGE, "To confirm, give the server's name once more with --confirm NAME.");
        }
        if (reason == null) {
            throw new Refusal(MessageCode.USAGE, "Say why with --reason TEXT; it stands in the permanent log.");
        }
        return answer(of.get().rejoin(keep.equals("yes"), Integer.parseInt(port), confirm, reason));
    }

    private static Refusal unusable(String key, String given, String wanted) {
        return given.isEmpty()
                ? new Refusal(MessageCode.USAGE, MessageCode.SETTING_MISSING.text(key, wanted))
                : new Refusal(MessageCode.SETTING_OUT_OF_RANGE, key, given, wanted);
    }

    private String setting(String key) {
        return settings().stream()
                .filter(word -> word.startsWith(key))
                .map(word -> word.substring(key.length()))
                .findFirst()
                .orElse("");
    }
}
