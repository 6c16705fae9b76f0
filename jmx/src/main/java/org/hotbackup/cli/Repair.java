package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends what differs to the slave once more. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description =
                "Sends what hot-backup verify found different to the slave once more, through the log, and compares these "
                        + "files again. What the slave has in their place is overwritten, and items and files that only "
                        + "it has are deleted there.")
final class Repair extends MasterServerCommand {

    @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The server's name once more.")
    String confirm;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the permanent log.")
    String reason;

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        return answer(connection.verification(server(connection)).repair(confirm, reason));
    }
}
