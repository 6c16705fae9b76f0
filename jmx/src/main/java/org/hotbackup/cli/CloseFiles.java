package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;

/** Closes all files that a slave server opened; they are opened again when they are accessed. (HB-099) */
@Command(
        name = "close-files",
        mixinStandardHelpOptions = true,
        description = "Closes all files that a slave server opened; they are opened again when they are accessed.")
final class CloseFiles extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        return answer(connection.server(server(connection)).closeFiles());
    }
}
