package org.hotbackup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A verb for one replication server: {@code hot-backup VERB server=NAME --node NODE} (HB-006, HB-130). */
abstract class ServerCommand implements Callable<Integer> {

    private static final String SERVER = "server=";

    @Mixin
    NodeOption node;

    @Option(
            names = {"-q", "--quiet"},
            description = "Suppresses all messages.")
    boolean quiet;

    @Parameters(
            paramLabel = "server=NAME",
            arity = "0..*",
            description = "The server; may be left out if there is only one.")
    List<String> words = new ArrayList<>();

    @Spec
    CommandSpec spec;

    @Override
    public final Integer call() {
        try (NodeConnection connection = NodeConnection.to(node.home())) {
            return run(connection);
        }
    }

    abstract int run(NodeConnection connection);

    /** The server's name as given, or the only server of the node. */
    final String server(NodeConnection connection) {
        for (String word : words) {
            if (word.startsWith(SERVER)) {
                return word.substring(SERVER.length());
            }
        }
        List<String> names = connection.node().getServerNames();
        if (names.size() == 1) {
            return names.get(0);
        }
        throw names.isEmpty()
                ? new Refusal(MessageCode.NO_SERVER_AT_ALL)
                : new Refusal(MessageCode.WHICH_SERVER, String.join(", ", names));
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

    final void say(String text) {
        if (!quiet) {
            spec.commandLine().getOut().println(text);
        }
    }

    final int answer(OperationReceipt receipt) {
        if (receipt.outcome() == OperationReceipt.Outcome.REFUSED) {
            if (!quiet) {
                spec.commandLine().getErr().println(receipt.message());
            }
            return HotBackup.REFUSED;
        }
        say(receipt.message());
        return HotBackup.DONE;
    }
}
