package org.hotbackup.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.menu.ServerKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code tape-socket} command with all its verbs (TS-003 to TS-006). */
@Command(
        name = TapeSocket.NAME,
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Carries tapes from a pipe on one machine to a pipe on another.",
            "An output server reads its pipe and calls, an input server listens and writes its pipe. Any program can sit at "
                    + "either pipe: a save and a restore, dd, gzip.",
            "Without a command, at a terminal, it is a menu."
        },
        mixinStandardHelpOptions = true,
        version = "tape-socket 0.1.0",
        footer = {
            "",
            "Arguments are keyword=value words in any order; the value ? asks for it, and . is the one used",
            "last time. The options (c, (q, (r, (s, (v and any of them together, as (cq, may stand in place",
            "of -c to -v at the end of a command line, with or without a closing parenthesis. A shell wants",
            "them quoted: tape-socket startsend server=ssave '(cq'"
        })
public final class TapeSocket extends CommandRoot {

    static final String NAME = "tape-socket";

    private static final List<Class<?>> VERBS = List.of(
            TapeVerbs.Check.class,
            TapeVerbs.Delete.class,
            TapeVerbs.Drain.class,
            TapeVerbs.ListPipes.class,
            TapeVerbs.ListServer.class,
            TapeVerbs.Log.class,
            TapeVerbs.Query.class,
            TapeVerbs.SetArg.class,
            TapeVerbs.Setup.class,
            TapeVerbs.Show.class,
            TapeVerbs.Shutdown.class,
            TapeVerbs.Start.class,
            TapeVerbs.StartAll.class,
            TapeVerbs.StartReceive.class,
            TapeVerbs.StartSend.class,
            TapeVerbs.Status.class,
            TapeVerbs.Stop.class,
            TapeVerbs.StopAll.class,
            TapeVerbs.TlTest.class,
            TapeVerbs.Traces.class,
            TapeVerbs.TraceOff.class,
            TapeVerbs.TraceOn.class,
            TapeVerbs.Version.class);

    private static final Pattern TCL_OPTIONS = Pattern.compile("\\(([CcQqRrSsVv, ]+)\\)?");

    private static final List<String> MENU_OPTIONS = List.of("--keep", "--running", "--no-clock", "--verbose");

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Asks for no confirmation and says only what was asked for; the exit status tells.")
    boolean quiet;

    @Option(
            names = {"-c", "--keep"},
            description = "Menu: starts servers without clearing their pipes.")
    boolean keep;

    @Option(
            names = {"-r", "--running"},
            description = "Menu: lists only servers that run.")
    boolean running;

    @Option(
            names = {"-s", "--no-clock"},
            description = "Menu: starts servers without comparing the clocks of the two machines.")
    boolean withoutClock;

    @Option(
            names = {"-v", "--verbose"},
            description = "Menu: starts servers with traces on.")
    boolean verbose;

    /** Option q leaves confirmations out and receipts; what a verb was asked to show is shown. */
    @Override
    boolean isQuiet() {
        return false;
    }

    /** Without a command, the menu (TS-003). */
    @Override
    public Integer call() {
        if (format != Output.Format.TEXT) {
            throw new ParameterException(spec.commandLine(), MessageCode.TAPE_MENU_SHOWS.text());
        }
        String options = (keep ? "c" : "")
                + (quiet ? "q" : "")
                + (running ? "r" : "")
                + (withoutClock ? "s" : "")
                + (verbose ? "v" : "");
        return menu.open(spec, ServerKind.tapeSocket(options));
    }

    /** Runs one command line and returns the exit status. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        String[] line = HotBackup.withDashes(TCL_OPTIONS, arguments);
        return HotBackup.run(() -> commandLine(line), line, out, err);
    }

    /** The command with all its verbs, to be parsed or described. */
    public static CommandLine commandLine() {
        return commandLine(new String[0]);
    }

    private static CommandLine commandLine(String[] line) {
        return HotBackup.withVerbs(new TapeSocket(), VERBS, line)
                .setExecutionStrategy(given -> MenuOpening.execute(given, MENU_OPTIONS));
    }
}
