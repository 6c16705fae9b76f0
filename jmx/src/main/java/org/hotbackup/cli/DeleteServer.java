package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes a server's definition (HB-094). */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Deletes a stopped server; of a master server also its queue, with every update not yet sent.")
final class DeleteServer extends ServerCommand {

    @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The server's name once more.")
    String confirm;

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        return answer(connection.node().deleteServer(server(connection), confirm));
    }
}
