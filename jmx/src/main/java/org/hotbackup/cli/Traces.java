package org.hotbackup.cli;

import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Traces of a server (HB-091, HB-092). */
@Command(
        name = "traces",
        mixinStandardHelpOptions = true,
        description = {
            "Turns traces of a running server on or off, or shows the last lines, oldest first.",
            "Write on or off before or after server=NAME. Traces name each transaction with its items and files; they slow "
                    + "the server considerably."
        })
final class Traces extends ServerCommand {

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many lines; ${DEFAULT-VALUE} if not given.")
    int lines;

    @Override
    int run(NodeConnection connection) {
        List<String> wanted = settings();
        if (wanted.size() > 1 || !List.of("on", "off").containsAll(wanted)) {
            throw new Refusal(MessageCode.USAGE, "Write on, off, or neither of them to see the traces.");
        }
        ServerMXBean server = connection.server(server(connection));
        if (wanted.isEmpty()) {
            List<String> traces = server.traces(checkedLines(lines));
            MessageCode none = traces.isEmpty() && server.isTraces() ? MessageCode.TRACES_WAIT : MessageCode.NO_TRACES;
            return answer(traces, none.text(server.getName()), () -> traces);
        }
        return answer(wanted.get(0).equals("on") ? server.tracesOn() : server.tracesOff());
    }
}
