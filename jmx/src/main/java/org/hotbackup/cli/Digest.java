package org.hotbackup.cli;

import java.util.concurrent.Callable;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.FileDigest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a file's image amounts to on one node. */
@Command(
        name = "digest",
        mixinStandardHelpOptions = true,
        description =
                "Counts the items of a file and computes the SHA-256 of its image: two nodes hold the same file if "
                        + "both are the same.")
final class Digest implements Callable<Integer> {

    @Mixin
    NodeOption node;

    @Parameters(paramLabel = "ACCOUNT,FILE", description = "The file.")
    String path;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        try (NodeConnection connection = NodeConnection.to(node.home())) {
            FileDigest digest = connection.node().digest(path);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s  %d items  %d bytes  %s%n",
                            digest.path(), digest.items(), digest.bytes(), digest.sha256());
        }
        return HotBackup.DONE;
    }
}
