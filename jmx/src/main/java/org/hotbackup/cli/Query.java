package org.hotbackup.cli;

import java.util.Map;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import picocli.CommandLine.Command;

/** The manual's Query Server (HB-110). */
@Command(name = "query", mixinStandardHelpOptions = true, description = "Queries a running server.")
final class Query extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        ServerMXBean server = connection.server(server(connection));
        String text = server.query();
        return answer(text, () -> {
            Map<String, Object> document = JsonText.attributes(ServerMXBean.class, server);
            document.put("pid", connection.node().getPid());
            document.put("text", text);
            return document;
        });
    }
}
