package org.hotbackup.cli;

import java.util.concurrent.Callable;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A verb for a running node: {@code hot-backup VERB --node NODE} (HB-006). */
abstract class NodeVerb implements Callable<Integer> {

    private static final int MOST_LINES = 1000;

    @Mixin
    NodeOption node;

    @Option(
            names = {"-q", "--quiet"},
            description = "Suppresses all messages, also of a failure; the exit status tells.")
    boolean quiet;

    @Spec
    CommandSpec spec;

    @Override
    public final Integer call() {
        try (NodeConnection connection = NodeConnection.to(node.home())) {
            return run(connection);
        }
    }

    abstract int run(NodeConnection connection);

    /** A number of lines as it was given, if there can be so many. */
    final int checkedLines(int lines) {
        if (lines < 1 || lines > MOST_LINES) {
            throw new Refusal(MessageCode.USAGE, "--lines is from 1 to " + MOST_LINES + ".");
        }
        return lines;
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
