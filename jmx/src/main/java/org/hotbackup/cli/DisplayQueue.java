package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;

/** The manual's Display Queue (HB-080). */
@Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description = "Displays the transaction log queue of a master server.")
final class DisplayQueue extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        say(connection.transactionLogQueue().display(server(connection)));
        return HotBackup.DONE;
    }
}
