package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts the transaction that a slave server cannot apply into lost+found (HB-181). */
@Command(
        name = "set-aside",
        mixinStandardHelpOptions = true,
        description = "Puts the blocked transaction of a slave server into lost+found; those behind it go on.")
final class SetAside extends ServerCommand {

    @Option(
            names = "--transaction",
            required = true,
            paramLabel = "NUMBER",
            description = "Its number, as head shows it.")
    long transaction;

    @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The server's name once more.")
    String confirm;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the permanent log.")
    String reason;

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        return answer(connection.server(server(connection)).setAside(transaction, confirm, reason));
    }
}
