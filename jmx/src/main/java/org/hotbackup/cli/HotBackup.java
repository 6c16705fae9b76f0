package org.hotbackup.cli;

import java.io.EOFException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Function;
import javax.management.InstanceNotFoundException;
import org.hotbackup.client.RestRefusal;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The {@code hot-backup} command with all its verbs. */
@Command(
        name = "hot-backup",
        synopsisSubcommandLabel = "COMMAND",
        description = "Keeps a slave node the image of its master.",
        mixinStandardHelpOptions = true,
        version = "hot-backup 0.1.0",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:refused or failed; one sentence says why", "2:the command line is wrong"},
        footer = {
            "",
            "Each node lives in a folder of its own, with its database and its keys, under $HOTBACKUP_HOME, by",
            "default ~/.hot-backup. README.md says how to save, move and restore one."
        },
        subcommands = {
            NodeCommands.class,
            Trust.class,
            Setup.class,
            Start.class,
            Stop.class,
            Status.class,
            Query.class,
            Show.class,
            Servers.class,
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

    private static final int LONGEST_ARGUMENT = 10_000;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }

    /** Runs one command line and returns the exit status. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        for (String argument : arguments) {
            if (argument.length() > LONGEST_ARGUMENT) {
                err.println(MessageCode.ARGUMENT_TOO_LONG.text(argument.length(), LONGEST_ARGUMENT));
                return USAGE;
            }
        }
        return new CommandLine(new HotBackup())
                .registerConverter(int.class, text -> whole(text, Integer::valueOf))
                .registerConverter(Integer.class, text -> whole(text, Integer::valueOf))
                .registerConverter(long.class, text -> whole(text, Long::valueOf))
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler((e, command, result) -> {
                    boolean wrongly = e instanceof Refusal refusal && refusal.code() == MessageCode.USAGE;
                    // HB-006: quiet suppresses all messages; a command line that is wrong was never carried out
                    if (wrongly || !(command.getCommand() instanceof NodeVerb verb && verb.quiet)) {
                        command.getErr().println(sentence(e));
                    }
                    return wrongly ? USAGE : REFUSED;
                })
                .execute(arguments);
    }

    private static <T> T whole(String text, Function<String, T> number) {
        try {
            return number.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number that fits");
        }
    }

    /** What a user is told: one sentence, whatever happened. */
    static String sentence(Throwable e) {
        if (e instanceof Refusal
                || e instanceof RestRefusal
                || e instanceof Failed
                || e instanceof IllegalStateException && e.getMessage() != null) {
            return e.getMessage();
        }
        if (e instanceof UncheckedIOException || e instanceof UndeclaredThrowableException) {
            Throwable cause = deepest(e);
            return cause instanceof InstanceNotFoundException
                    ? MessageCode.NO_LONGER_THERE.text(cause.getMessage())
                    : MessageCode.CONNECTION_LOST.text(reason(cause));
        }
        return MessageCode.COMMAND_FAILED.text(deepest(e));
    }

    private static Throwable deepest(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String reason(Throwable cause) {
        if (cause instanceof EOFException) {
            return "it ended in the middle";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
