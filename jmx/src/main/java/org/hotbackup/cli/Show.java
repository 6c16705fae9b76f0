package org.hotbackup.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.settings.ServerSettings;
import picocli.CommandLine.Command;

/** Shows a server's setup (HB-074). */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows the setup of a server.")
final class Show extends ServerCommand {

    @Override
    int run(NodeConnection connection) {
        refuseOtherWords();
        ServerMXBean server = connection.server(server(connection));
        return answer(server.show(), () -> setup(server));
    }

    private static Map<String, Object> setup(ServerMXBean server) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", server.getName());
        ServerSettings.parse(server.getSettings())
                .values()
                .forEach((setting, value) -> document.put(setting.key(), value));
        document.put("peerNodeId", server.getPeerNodeId());
        document.put("promotion", server.getPromotion());
        return document;
    }
}
