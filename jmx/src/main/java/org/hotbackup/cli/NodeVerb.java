package org.hotbackup.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A verb for a running node: {@code hot-backup VERB --node NODE} (HB-006). */
abstract class NodeVerb implements Callable<Integer> {

    private static final int MOST_LINES = 1000;

    @Mixin
    NodeOption node;

    @ArgGroup(exclusive = false, heading = "%nInstead of --node, for a node of another machine over its remote JMX:%n")
    RemoteOption remote;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        check();
        try (NodeConnection connection = connect()) {
            return run(connection);
        }
    }

    private NodeConnection connect() {
        if (remote == null) {
            return NodeConnection.to(node.home());
        }
        if (node.name != null) {
            throw new ParameterException(spec.commandLine(), MessageCode.NODE_OR_HOST.text());
        }
        return remote.connect();
    }

    /**
     * Looks at what can be judged before the node is asked.
     *
     * @throws Refusal if the command line is wrong
     */
    void check() {
        // nothing but what its options allow
    }

    /** Does it, and ends with one of the answers; the result is the exit status. */
    abstract int run(NodeConnection connection);

    /** A number of lines as it was given, if there can be so many. */
    final int checkedLines(int lines) {
        if (lines < 1 || lines > MOST_LINES) {
            throw new Refusal(MessageCode.USAGE, "--lines is from 1 to " + MOST_LINES + ".");
        }
        return lines;
    }

    /** Where it answers. */
    final Output output() {
        return Output.of(spec);
    }

    /** See {@link Output#say}. */
    final void say(String line) {
        output().say(line);
    }

    /** See {@link Output#answer(String, Supplier)}. */
    final int answer(String text, Supplier<?> document) {
        return output().answer(text, document);
    }

    /** See {@link Output#answer(Supplier, Supplier)}. */
    final int answer(Supplier<String> text, Supplier<?> document) {
        return output().answer(text, document);
    }

    /** See {@link Output#answer(List, Supplier)}. */
    final int answer(List<String> lines, Supplier<?> document) {
        return output().answer(lines, document);
    }

    /** See {@link Output#answer(List, String, Supplier)}. */
    final int answer(List<String> lines, String none, Supplier<?> document) {
        return output().answer(lines, none, document);
    }

    /** See {@link Output#answer(OperationReceipt)}. */
    final int answer(OperationReceipt receipt) {
        return output().answer(receipt);
    }
}
