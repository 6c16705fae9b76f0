package org.hotbackup.cli;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Parameters;

/** A verb for one replication server: {@code hot-backup VERB server=NAME --node NODE} (HB-006, HB-130). */
abstract class ServerCommand extends NodeVerb {

    private static final String SERVER = "server=";

    @Parameters(
            paramLabel = "server=NAME",
            arity = "0..*",
            description = "The server; may be left out if there is only one.")
    List<String> words = new ArrayList<>();

    /** Options as in TCL are at the end and were taken out; nothing else begins with their parenthesis. */
    @Override
    void check() {
        words.stream().filter(word -> word.startsWith("(")).findFirst().ifPresent(word -> {
            throw new Refusal(
                    MessageCode.USAGE, "'" + word + "' is no option; at the end of the line write (Q, (V or (QV.");
        });
    }

    /** The server's name as given, or the only server of the node. */
    final String server(NodeConnection connection) {
        List<String> named =
                words.stream().filter(word -> word.startsWith(SERVER)).toList();
        if (named.size() > 1) {
            throw new Refusal(MessageCode.USAGE, "Name one server, not " + named.size() + ".");
        }
        if (!named.isEmpty()) {
            return named.get(0).substring(SERVER.length());
        }
        List<String> names = connection.node().getServerNames();
        List<String> fitting = names.size() == 1
                ? names
                : names.stream().filter(name -> isFor(connection.server(name))).toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw names.isEmpty()
                ? new Refusal(MessageCode.NO_SERVER_AT_ALL)
                : new Refusal(MessageCode.WHICH_SERVER, String.join(", ", fitting.isEmpty() ? names : fitting));
    }

    /** Whether it is for servers like this one: among several that are not named, only those count. */
    boolean isFor(ServerMXBean server) {
        return true;
    }

    /** The words other than {@code server=NAME}. */
    final List<String> settings() {
        return words.stream().filter(word -> !word.startsWith(SERVER)).toList();
    }

    final void refuseOtherWords() {
        if (!settings().isEmpty()) {
            throw new Refusal(MessageCode.USAGE, "'" + settings().get(0) + "' is not understood; write server=NAME.");
        }
    }
}
