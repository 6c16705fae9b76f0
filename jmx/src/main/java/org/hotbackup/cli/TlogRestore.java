package org.hotbackup.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Applies the transaction log on a tape to the image of a node. */
@Command(
        name = "tlog-restore",
        mixinStandardHelpOptions = true,
        description = {
            "Applies the transaction log on a tape to the image of a node.",
            "All of it in its order, or up to a time or an LSN. What is in the image already is skipped; where "
                    + "something is missing, it ends. It is a task that 'tasks' shows and cancels."
        })
final class TlogRestore extends NodeVerb {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @Parameters(
            paramLabel = "TAPE",
            description =
                    "A file or a pipe; a name without a slash that is no file here is that of a tape device, or of a pipe in the "
                            + "node's own folder.")
    String tape;

    @Option(
            names = "--from",
            paramLabel = "LSN",
            defaultValue = "",
            description = "The image holds that log up to this LSN, as noted before the save that was restored; "
                    + "without it, up to where tlog-restore ended last.")
    String from;

    @Option(names = "--to", paramLabel = "LSN", defaultValue = "", description = "The last LSN to apply.")
    String to;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            defaultValue = "",
            description = "Nothing that was committed after this time, as 2026-11-22T12:00:00Z, or without Z in the "
                    + "node's time.")
    String until;

    @Option(names = "--no-wait", description = "Begins it and does not wait for its end.")
    boolean noWait;

    @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The node's name once more.")
    String confirm;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the permanent log.")
    String reason;

    /** The node has another working directory: a file of this one is named by its full path. */
    static String place(String given, Path directory) {
        Path file = directory.resolve(given);
        return given.contains("/") || Files.isRegularFile(file)
                ? file.toAbsolutePath().normalize().toString()
                : given;
    }

    @Override
    int run(NodeConnection connection) {
        String place = place(tape, Path.of(""));
        OperationReceipt receipt = connection.transactionLogQueue().restore(place, from, to, until, confirm, reason);
        while (!noWait
                && receipt.outcome() == OperationReceipt.Outcome.ACCEPTED
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NANOS);
            receipt = connection.tasks().receipt(receipt.task());
        }
        return answer(receipt);
    }
}
