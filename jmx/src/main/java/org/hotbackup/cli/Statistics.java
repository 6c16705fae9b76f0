package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
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
        String text = connection.server(server(connection)).statistics();
        return answer(text, () -> TextLines.fields(text));
    }
}
