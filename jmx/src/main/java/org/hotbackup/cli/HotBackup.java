package org.hotbackup.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code hot-backup} command with all its verbs. */
@Command(
        name = "hot-backup",
        synopsisSubcommandLabel = "COMMAND",
        description = "Keeps a slave node the image of its master.",
        mixinStandardHelpOptions = true,
        version = "hot-backup 0.1.0",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:refused or failed; one sentence says why", "2:the command line is wrong"},
        subcommands = {
            NodeCommands.class,
            Trust.class,
            Setup.class,
            Start.class,
            Stop.class,
            Status.class,
            Query.class,
            Show.class,
            Statistics.class,
            PermanentLog.class,
            Watch.class,
            Traces.class,
            Address.class,
            DisplayQueue.class,
            LogCommands.class,
            StopApplying.class,
            StartApplying.class,
            CloseFiles.class,
            Head.class,
            SetAside.class,
            LostAndFoundCommands.class,
            DeleteServer.class,
            Debug.class,
            ListJobs.class,
            Digest.class,
            Verify.class,
            Repair.class,
            Resync.class,
            Promote.class,
            Rejoin.class,
            Updates.class,
            Import.class,
            DemoCommand.class
        })
public final class HotBackup implements Runnable {

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }

    /** Runs one command line and returns the exit status. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new HotBackup())
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler((e, command, result) -> {
                    command.getErr().println(sentence(e));
                    return REFUSED;
                })
                .execute(arguments);
    }

    /** What a user is told: one sentence, whatever happened. */
    static String sentence(Throwable e) {
        if (e instanceof Refusal
                || e instanceof RestRefusal
                || e instanceof Failed
                || e instanceof IllegalStateException && e.getMessage() != null) {
            return e.getMessage();
        }
        Throwable cause = e;
        while (cause.getCause() != null
                && (cause instanceof UncheckedIOException || cause instanceof UndeclaredThrowableException)) {
            cause = cause.getCause();
        }
        if (e instanceof UncheckedIOException || e instanceof UndeclaredThrowableException) {
            return MessageCode.CONNECTION_LOST.text(
                    cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        }
        return MessageCode.COMMAND_FAILED.text(cause);
    }
}
