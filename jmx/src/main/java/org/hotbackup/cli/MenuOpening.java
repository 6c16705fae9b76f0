package org.hotbackup.cli;

import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.menu.HomeNodes;
import org.hotbackup.menu.MenuTerminal;
import org.hotbackup.menu.Nodes;
import org.hotbackup.menu.RemoteNodes;
import org.hotbackup.menu.ServerKind;
import org.hotbackup.node.NodeHomes;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Which node the menu is of that a command without a verb opens. */
final class MenuOpening {

    private static final String NODE = "--node";

    /** What would be passed over without a word if it stood before a verb. */
    private static final List<String> OPTIONS =
            List.of(NODE, "--host", "--jmx-port", "--user", "--certificate", "--password-file");

    @Option(names = NODE, paramLabel = "NAME", description = "Menu: the node; may be left out if only one runs.")
    String node;

    @ArgGroup(
            exclusive = false,
            heading = "%nMenu, instead of --node, of a node of another machine over its remote JMX:%n")
    RemoteOption remote;

    /** Runs the menu until somebody leaves it. */
    int open(CommandSpec command, ServerKind kind) {
        if (!MenuTerminal.isThere()) {
            throw new ParameterException(
                    command.commandLine(), MessageCode.MENU_NEEDS_TERMINAL.text(command.qualifiedName()));
        }
        if (remote != null && node != null) {
            throw new ParameterException(command.commandLine(), MessageCode.NODE_OR_HOST.text());
        }
        Nodes nodes = remote == null
                ? new HomeNodes(NodeHomes.ofEnvironment())
                : new RemoteNodes(remote.node(), remote.password());
        MenuTerminal.run(kind, nodes, Optional.ofNullable(node));
        return HotBackup.DONE;
    }

    /** Runs what was given; what is for the menu only must not stand before a verb: these options, and the command's own. */
    static int execute(ParseResult given, List<String> own) {
        if (given.hasSubcommand()) {
            String verb = given.subcommand().commandSpec().name();
            for (List<String> options : List.of(OPTIONS, own)) {
                for (String option : options) {
                    if (given.hasMatchedOption(option)) {
                        throw new ParameterException(
                                given.commandSpec().commandLine(),
                                MessageCode.OPTION_BEFORE_COMMAND.text(option, verb));
                    }
                }
            }
        }
        return new RunLast().execute(given);
    }
}
