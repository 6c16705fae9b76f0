package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps the transaction log on tapes of the node itself. */
@Command(
        name = "startlog",
        mixinStandardHelpOptions = true,
        description = {
            "Keeps the transaction log on tapes of the node itself, until stoplog.",
            "They are NAME.1, NAME.2 and so on in its folder tapes; given again, it ends the tape and begins the next "
                    + "one. 'tlog-restore' applies them."
        })
final class StartLog extends NodeVerb {

    @Parameters(paramLabel = "NAME", description = "The tapes' name: letters, digits, dots and dashes.")
    String tape;

    @Override
    int run(NodeConnection connection) {
        return answer(connection.transactionLogQueue().startLog(tape));
    }
}
