package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;

/** Stops a server (HB-073). */
@Command(name = "stop", mixinStandardHelpOptions = true, description = "Stops a server; what is queued stays queued.")
final class Stop extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        String server = server(connection);
        return answer(connection.server(server).stop(server));
    }
}
