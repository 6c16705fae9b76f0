package org.hotbackup.cli;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.Callable;
import org.hotbackup.client.RestClient;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.NodeHome;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A verb for the data of a running node, which it reaches over REST. */
abstract class RestVerb implements Callable<Integer> {

    @Mixin
    NodeOption node;

    @Spec
    CommandSpec spec;

    @Override
    public final Integer call() {
        NodeHome home = node.home();
        try {
            return run(RestClient.of(home));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                throw new Refusal(MessageCode.NODE_NOT_RUNNING, home.name());
            }
            throw e;
        }
    }

    /** Does it, and ends with one of the answers of {@link #output}; the result is the exit status. */
    abstract int run(RestClient store);

    /** Where it answers. */
    final Output output() {
        return Output.of(spec);
    }
}
