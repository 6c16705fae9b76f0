package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The node's jobs: each run of a server is one (HB-146, HB-171). */
@Command(
        name = "list-jobs",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the latest jobs, the most recent first: id, status, PIB, PID, command.",
            "Status: c completed, e ended with an error, l logged off with the node, q queued, r running."
        })
final class ListJobs extends NodeVerb {

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many lines; ${DEFAULT-VALUE} if not given.")
    int lines;

    @Override
    int run(NodeConnection connection) {
        int most = checkedLines(lines);
        return answer(
                () -> connection.node().listJobs(most), () -> connection.node().jobs(most));
    }
}
