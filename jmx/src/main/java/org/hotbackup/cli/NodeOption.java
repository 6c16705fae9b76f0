package org.hotbackup.cli;

import org.hotbackup.node.NodeCopies;
import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import org.hotbackup.node.NodeProcess;
import picocli.CommandLine.Option;

/** {@code --node NAME}: which node a command is for. */
final class NodeOption {

    @Option(names = "--node", paramLabel = "NAME", description = "The node; may be left out if there is only one.")
    String name;

    NodeHome home() {
        NodeHome home = NodeHomes.ofEnvironment().find(name);
        if (new NodeProcess(home).running().isEmpty()) {
            // it has the same ports, and would answer in this one's place
            new NodeCopies(home).checkNoneRuns();
        }
        return home;
    }
}
