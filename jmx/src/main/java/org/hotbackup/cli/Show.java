package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;

/** Shows a server's setup (HB-074). */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows the setup of a server.")
final class Show extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        say(connection.server(server(connection)).show());
        return HotBackup.DONE;
    }
}
