package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the node of a slave server the one that users work on. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = {
            "Promotes a slave server: it applies what it has, its node takes a new epoch and is open for updates.",
            "Its master must not be connected: stop the master server there first. The slave server applies nothing any more; "
                    + "it runs from then on, also if it was stopped before, and tells its old master so when that calls."
        })
final class Promote extends ServerCommand {

    @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The server's name once more.")
    String confirm;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the record.")
    String reason;

    @Option(
            names = "--lose",
            paramLabel = "WHAT",
            defaultValue = "",
            description =
                    "Promotes also half an image, where the master is lost for good: what is lost, as the refusal names it.")
    String lose;

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        return answer(connection.server(server(connection)).promote(lose, confirm, reason));
    }
}
