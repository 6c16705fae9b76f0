package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Clears the permanent log (HB-096). */
@Command(
        name = "clear",
        mixinStandardHelpOptions = true,
        description = "Clears the permanent log, or what is old in it.")
final class PermanentLogClear extends NodeVerb {

    @Parameters(
            paramLabel = "all|week|month",
            description = "The whole log, what is older than one week, or what is older than one month.")
    String what;

    @Option(names = "--confirm", required = true, paramLabel = "log", description = "The name log, to confirm.")
    String confirm;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the permanent log.")
    String reason;

    @Override
    int run(NodeConnection connection) {
        return answer(connection.permanentLog().clear(what, confirm, reason));
    }
}
