package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;

/** Applies what is pending on a slave server, then new updates as they arrive. (HB-098) */
@Command(
        name = "start-applying",
        mixinStandardHelpOptions = true,
        description = "Applies what is pending on a slave server, then new updates as they arrive.")
final class StartApplying extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        return answer(connection.server(server(connection)).startApplying());
    }
}
