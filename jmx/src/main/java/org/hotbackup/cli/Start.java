package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;

/** Starts a server (HB-072). */
@Command(name = "start", mixinStandardHelpOptions = true, description = "Starts a server.")
final class Start extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        return answer(connection.server(server(connection)).start());
    }
}
