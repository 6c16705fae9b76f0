package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a server (HB-072), with traces if it is asked for (HB-006, option V). */
@Command(name = "start", mixinStandardHelpOptions = true, description = "Starts a server.")
final class Start extends ServerCommand {

    @Option(
            names = {"-v", "--verbose"},
            description = "Starts with traces on.")
    boolean verbose;

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        ServerMXBean server = connection.server(server(connection));
        return answer(verbose ? server.startWithTraces() : server.start());
    }
}
