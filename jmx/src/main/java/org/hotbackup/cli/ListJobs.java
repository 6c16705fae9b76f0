package org.hotbackup.cli;

import java.util.concurrent.Callable;
import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The node's jobs: each run of a server is one (HB-146, HB-171). */
@Command(
        name = "list-jobs",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the latest jobs, the most recent first: id, status, PIB, PID, command.",
            "Status: c completed, e ended with an error, l logged off with the node, q queued, r running."
        })
final class ListJobs implements Callable<Integer> {

    @Mixin
    NodeOption node;

    @Option(
            names = "--lines",
            defaultValue = "20",
            description = "At most so many lines; ${DEFAULT-VALUE} if not given.")
    int lines;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        try (NodeConnection connection = NodeConnection.to(node.home())) {
            spec.commandLine().getOut().println(connection.node().listJobs(lines));
        }
        return HotBackup.DONE;
    }
}
