package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends the tapes that {@link StartLog} began. */
@Command(
        name = "stoplog",
        mixinStandardHelpOptions = true,
        description =
                "Ends the tape that startlog began, with two filemarks; what is updated afterwards is on no tape.")
final class StopLog extends NodeVerb {

    @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The node's name once more.")
    String confirm;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the permanent log.")
    String reason;

    @Override
    int run(NodeConnection connection) {
        return answer(connection.transactionLogQueue().stopLog(confirm, reason));
    }
}
