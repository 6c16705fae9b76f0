package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;

/** The manual's Query Server (HB-110). */
@Command(name = "query", mixinStandardHelpOptions = true, description = "Queries a running server.")
final class Query extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        say(connection.server(server(connection)).query());
        return HotBackup.DONE;
    }
}
