package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.NodeMXBean;
import org.hotbackup.control.OperationReceipt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hot-backup updates ...}: whether users may update the data of a node. */
@Command(
        name = "updates",
        mixinStandardHelpOptions = true,
        description =
                "Closes a node for users' updates, or opens it; a promotion opens, a superseded master is closed.",
        subcommands = {Updates.Close.class, Updates.Open.class, Updates.Status.class})
final class Updates implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: close, open or status.");
    }

    /** Something that has to be confirmed and has a reason. */
    abstract static class Change extends NodeVerb {

        @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The node's name once more.")
        String confirm;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the log.")
        String reason;

        @Override
        final int run(NodeConnection connection) {
            return answer(change(connection.node()));
        }

        abstract OperationReceipt change(NodeMXBean of);
    }

    /** Closes. */
    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description = "Closes the node for users' updates; slave servers, helpers and lost+found still write.")
    static final class Close extends Change {
        @Override
        OperationReceipt change(NodeMXBean of) {
            return of.closeForUpdates(confirm, reason);
        }
    }

    /** Opens. */
    @Command(
            name = "open",
            mixinStandardHelpOptions = true,
            description = "Opens the node for users' updates. On a superseded master they never reach the new master.")
    static final class Open extends Change {
        @Override
        OperationReceipt change(NodeMXBean of) {
            return of.openForUpdates(confirm, reason);
        }
    }

    /** Tells. */
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Says whether the node is open for users' updates, and its epoch.")
    static final class Status extends NodeVerb {
        @Override
        int run(NodeConnection connection) {
            NodeMXBean of = connection.node();
            String state = of.isOpenForUpdates() ? "open for updates" : "closed for updates, " + of.getClosedReason();
            String text = "Node '" + of.getName() + "' (" + of.getNodeId() + ") is " + state + System.lineSeparator()
                    + "Epoch " + of.getEpoch();
            return answer(text, () -> JsonText.attributes(NodeMXBean.class, of));
        }
    }
}
