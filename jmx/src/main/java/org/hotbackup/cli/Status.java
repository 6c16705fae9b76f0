package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The last messages of a server (HB-070). */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the last messages of a server, the most recent first.")
final class Status extends ServerCommand {

    @Option(
            names = "--lines",
            defaultValue = "20",
            description = "At most so many lines; ${DEFAULT-VALUE} if not given.")
    int lines;

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        String server = server(connection);
        String text = connection.server(server).status(checkedLines(lines));
        return answer(text, () -> TextLines.of(text).stream().map(Said::of).toList());
    }

    /** A message of the server. */
    private record Said(String time, String text) {

        static Said of(String line) {
            String[] parts = line.split(" {2}", 2);
            return parts.length == 2 ? new Said(parts[0], parts[1]) : new Said("", line);
        }
    }
}
