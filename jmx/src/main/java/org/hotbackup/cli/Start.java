package org.hotbackup.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a server and shows what it says meanwhile (HB-072, HB-143 to HB-145), with traces if it is asked for (HB-006). */
@Command(name = "start", mixinStandardHelpOptions = true, description = "Starts a server.")
final class Start extends ServerCommand {

    private static final int MOST_LINES = 20;

    @Option(
            names = {"-v", "--verbose"},
            description = "Starts with traces on.")
    boolean verbose;

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        String name = server(connection);
        ServerMXBean server = connection.server(name);
        String lastBefore = server.getLastMessage();
        OperationReceipt receipt = verbose ? server.startWithTraces() : server.start();
        progress(server, lastBefore).ifPresent(said -> {
            say(MessageCode.NOTICE_FROM_SERVER.text(name));
            say(said);
        });
        return answer(receipt);
    }

    /** What the server said since, oldest first. */
    private static Optional<String> progress(ServerMXBean server, String lastBefore) {
        Deque<String> said = new ArrayDeque<>();
        for (String line : server.status(MOST_LINES).split(System.lineSeparator())) {
            if (line.isEmpty() || line.equals(lastBefore)) {
                break;
            }
            said.addFirst(line);
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join(System.lineSeparator(), said));
    }
}
