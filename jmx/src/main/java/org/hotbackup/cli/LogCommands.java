package org.hotbackup.cli;

import java.util.Map;
import java.util.TreeMap;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TransactionLogQueueMXBean;
import org.hotbackup.control.messages.MessageCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hot-backup log ...}: the manual's Transaction Log menu, for a whole node (HB-121 to HB-125). */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "Says which updates of a master node are logged, or clears what is.",
        subcommands = {
            LogCommands.Dl.class,
            LogCommands.All.class,
            LogCommands.StopEnqueuing.class,
            LogCommands.StartEnqueuing.class,
            LogCommands.Clear.class,
            LogCommands.Lsn.class
        })
final class LogCommands implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the transaction log.");
    }

    /** One of the switches. */
    abstract static class Switch extends NodeVerb {

        @Override
        final int run(NodeConnection connection) {
            return answer(turn(connection.transactionLogQueue()));
        }

        abstract OperationReceipt turn(TransactionLogQueueMXBean queue);
    }

    /** A switch that asks for the node's name and a reason. */
    abstract static class Confirmed extends Switch {

        @Option(names = "--confirm", required = true, paramLabel = "NAME", description = "The node's name once more.")
        String confirm;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the permanent log.")
        String reason;
    }

    /** HB-121. */
    @Command(
            name = "dl",
            mixinStandardHelpOptions = true,
            description = "Log DL files only: those with the letter L in their D-pointer.")
    static final class Dl extends Switch {
        @Override
        OperationReceipt turn(TransactionLogQueueMXBean queue) {
            return queue.logDlFilesOnly();
        }
    }

    /** HB-122. */
    @Command(
            name = "all",
            mixinStandardHelpOptions = true,
            description =
                    "Log ALL files, but those with X, Y or T in their D-pointer. The slave may create accounts and "
                            + "files.")
    static final class All extends Switch {
        @Override
        OperationReceipt turn(TransactionLogQueueMXBean queue) {
            return queue.logAllFiles();
        }
    }

    /** HB-123. */
    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description =
                    "Stop enqueuing: updates made from then on are never sent to a slave. Only after a failure that "
                            + "made users switch to the slave.")
    static final class StopEnqueuing extends Confirmed {
        @Override
        OperationReceipt turn(TransactionLogQueueMXBean queue) {
            return queue.stopEnqueuing(confirm, reason);
        }
    }

    /** HB-124. */
    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Start enqueueing. If updates were missed meanwhile, every slave must be resynchronised.")
    static final class StartEnqueuing extends Switch {
        @Override
        OperationReceipt turn(TransactionLogQueueMXBean queue) {
            return queue.startEnqueuing();
        }
    }

    /** Where this node is in the log, its own and another one's. */
    @Command(
            name = "lsn",
            mixinStandardHelpOptions = true,
            description =
                    "Says which LSN the last transaction has that this node logged, to be noted before a save; "
                            + "and up to which LSN of another node's log tlog-restore has brought its image, 0 if it never did.")
    static final class Lsn extends NodeVerb {

        @Override
        int run(NodeConnection connection) {
            long last = connection.transactionLogQueue().getLastLsn();
            long restored = connection.transactionLogQueue().getRestoredLsn();
            return answer(
                    MessageCode.LOG_LSN.text(last, restored),
                    () -> new TreeMap<>(Map.of("lastLsn", last, "restoredLsn", restored)));
        }
    }

    /** HB-125. */
    @Command(
            name = "clear",
            mixinStandardHelpOptions = true,
            description =
                    "Clear log queue: queued updates are lost, for every master server of the node; a slave that had "
                            + "not acknowledged them must be resynchronised.")
    static final class Clear extends Confirmed {
        @Override
        OperationReceipt turn(TransactionLogQueueMXBean queue) {
            return queue.clear(confirm, reason);
        }
    }
}
