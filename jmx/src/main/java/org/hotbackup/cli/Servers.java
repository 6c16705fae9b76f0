package org.hotbackup.cli;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.MessageCode;
import picocli.CommandLine.Command;

/** All replication servers of a node. */
@Command(
        name = "servers",
        mixinStandardHelpOptions = true,
        description = "Lists all servers of a node: type, status, port, peer and transactions.")
final class Servers extends NodeVerb {

    private static final String NONE = "-";

    @Override
    int run(NodeConnection connection) {
        List<ServerMXBean> servers = connection.node().getServerNames().stream()
                .map(connection::server)
                .toList();
        return answer(text(servers), () -> servers.stream()
                .map(server -> JsonText.attributes(ServerMXBean.class, server))
                .toList());
    }

    /**
     * A line for each server; of one that does not run, without the figures that it would have if it did. Below, a line for
     * each at which nothing flows, with the reason.
     */
    static String text(List<ServerMXBean> servers) {
        if (servers.isEmpty()) {
            return MessageCode.NO_SERVER_AT_ALL.text();
        }
        TextTable table = new TextTable(
                "Server", "Type", "Status", "Port", "Peer", "Cur trans", "ACK'ed trans", "Waiting", "Node id of peer");
        for (ServerMXBean server : servers) {
            boolean running = server.isRunning();
            table.add(
                    server.getName(),
                    server.getServerType(),
                    server.getStatus(),
                    known(server.getTcpPort()),
                    server.getPeer().isEmpty() ? NONE : server.getPeer(),
                    running ? known(server.getCurrentTransaction()) : NONE,
                    running ? known(server.getAckedTransaction()) : NONE,
                    known(server.getWaiting()),
                    server.getPeerNodeId().isEmpty() ? NONE : server.getPeerNodeId());
        }
        List<String> lines = new ArrayList<>(List.of(table.toString().stripTrailing()));
        for (ServerMXBean server : servers) {
            if (!server.getTrouble().isEmpty()) {
                lines.add(server.getName() + ": " + server.getTrouble());
            }
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String known(long figure) {
        return figure < 0 ? NONE : Long.toString(figure);
    }
}
