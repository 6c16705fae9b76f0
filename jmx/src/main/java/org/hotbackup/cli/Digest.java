package org.hotbackup.cli;

import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.FileDigest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a file's image amounts to on one node. */
@Command(
        name = "digest",
        mixinStandardHelpOptions = true,
        description =
                "Counts the items of a file and computes the SHA-256 of its image: two nodes hold the same file if "
                        + "both are the same.")
final class Digest extends NodeVerb {

    @Parameters(paramLabel = "ACCOUNT,FILE", description = "The file.")
    String path;

    @Override
    int run(NodeConnection connection) {
        FileDigest digest = connection.node().digest(path);
        String text =
                "%s  %d items  %d bytes  %s".formatted(digest.path(), digest.items(), digest.bytes(), digest.sha256());
        return answer(text, () -> digest);
    }
}
