package org.hotbackup.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            defaultValue = "20",
            description = "At most so many lines; ${DEFAULT-VALUE} if not given.")
    int lines;

    @Override
    int run(NodeConnection connection) {
        String text = connection.node().listJobs(checkedLines(lines));
        return answer(text, () -> TextLines.of(text).stream().map(Job::of).toList());
    }

    /** A job as its line shows it. */
    private record Job(String id, String status, String pib, String pid, String command) {

        private static final Pattern LINE = Pattern.compile("(\\S+) +(\\S*) +PIB (\\S*) +PID (\\S*) +(.*)");

        static Job of(String line) {
            Matcher job = LINE.matcher(line);
            return job.matches()
                    ? new Job(job.group(1), job.group(2), job.group(3), job.group(4), job.group(5))
                    : new Job("", "", "", "", line);
        }
    }
}
