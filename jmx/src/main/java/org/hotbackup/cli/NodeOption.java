package org.hotbackup.cli;

import org.hotbackup.node.NodeHome;
import org.hotbackup.node.NodeHomes;
import picocli.CommandLine.Option;

/** {@code --node NAME}: which node a command is for. */
final class NodeOption {

    @Option(names = "--node", paramLabel = "NAME", description = "The node; may be left out if there is only one.")
    String name;

    NodeHome home() {
        return NodeHomes.ofEnvironment().find(name);
    }
}
