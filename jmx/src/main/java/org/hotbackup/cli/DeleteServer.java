package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes a server's definition (HB-094), or its record whatever is in it (HB-148). */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes a stopped server; of a master server also its queue, with every update not yet sent, of a slave server also what it received and did not apply.",
            "delete hb.log NAME deletes a server's record in dm,hb.log, also one that is corrupt; it can be set up again."
        })
final class DeleteServer extends ServerCommand {

    private static final String CONTROL_FILE = "hb.log";

    @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The server's name once more.")
    String confirm;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the permanent log.")
    String reason;

    @Override
    int run(NodeConnection connection) {
        if (words.size() == 2 && words.get(0).equals(CONTROL_FILE)) {
            return answer(connection.node().deleteRecord(words.get(1), confirm, reason));
        }
        refuseOtherWords();
        return answer(connection.node().deleteServer(server(connection), confirm, reason));
    }
}
