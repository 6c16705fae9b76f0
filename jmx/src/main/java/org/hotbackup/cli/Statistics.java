package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import picocli.CommandLine.Command;

/** Transaction statistics (HB-075). */
@Command(
        name = "statistics",
        mixinStandardHelpOptions = true,
        description = "Shows the transaction statistics, which the slave keeps; a master asks its slave.")
final class Statistics extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        ServerMXBean server = connection.server(server(connection));
        return answer(server::statistics, server::transactionStatistics);
    }
}
