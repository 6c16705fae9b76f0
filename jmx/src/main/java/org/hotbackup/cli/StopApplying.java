package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;

/** Stops applying updates on a slave server: what arrives is kept in hb.log,apply until start-applying. (HB-097) */
@Command(
        name = "stop-applying",
        mixinStandardHelpOptions = true,
        description =
                "Stops applying updates on a slave server: what arrives is kept in hb.log,apply until start-applying.")
final class StopApplying extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        return answer(connection.server(server(connection)).stopApplying());
    }
}
