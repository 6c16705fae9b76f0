package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
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
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many lines; ${DEFAULT-VALUE} if not given.")
    int lines;

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        ServerMXBean server = connection.server(server(connection));
        int most = checkedLines(lines);
        return answer(() -> server.status(most), () -> server.messages(most));
    }
}
