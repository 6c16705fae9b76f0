package org.hotbackup.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.menu.ServerKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code hot-backup} command with all its verbs. */
@Command(
        name = "hot-backup",
        synopsisSubcommandLabel = "[COMMAND]",
        description = {"Keeps a slave node the image of its master.", "Without a command, at a terminal, it is a menu."
        },
        mixinStandardHelpOptions = true,
        version = "hot-backup 0.1.0",
        footer = {
            "",
            "The manual's options (Q, (V and (QV may stand in place of -q and -v at the end of a command",
            "line, with or without a closing parenthesis. A shell wants them quoted: hot-backup start server=todev '(Q'",
            "",
            "Each node lives in a folder of its own, with its database and its keys, under $HOTBACKUP_HOME, by",
            "default ~/.hot-backup. README.md says how to save, move and restore one."
        })
public final class HotBackup extends CommandRoot {

    private static final List<Class<?>> VERBS = List.of(
            NodeCommands.class,
            Trust.class,
            Setup.class,
            Start.class,
            Stop.class,
            Status.class,
            Query.class,
            Show.class,
            Servers.class,
            Diagnose.class,
            Samples.class,
            Statistics.class,
            PermanentLog.class,
            Watch.class,
            Notices.class,
            Traces.class,
            Address.class,
            DisplayQueue.class,
            LogCommands.class,
            TlogRestore.class,
            StartLog.class,
            StopLog.class,
            StopApplying.class,
            StartApplying.class,
            OpenedFiles.class,
            CloseFiles.class,
            Head.class,
            SetAside.class,
            LostAndFoundCommands.class,
            DeleteServer.class,
            Debug.class,
            UserCommands.class,
            Audit.class,
            ListJobs.class,
            TaskCommands.class,
            Digest.class,
            Verify.class,
            Repair.class,
            Resync.class,
            Promote.class,
            Rejoin.class,
            Updates.class,
            AccountCommands.class,
            FileCommands.class,
            ItemCommands.class,
            Import.class,
            TapeCommands.class,
            TapeDeviceVerbs.Devices.class,
            TapeDeviceVerbs.Attach.class,
            TapeDeviceVerbs.Detach.class,
            TapeDeviceVerbs.Unload.class,
            TapeDeviceVerbs.Rewind.class,
            TapeDeviceVerbs.Forward.class,
            TapeDeviceVerbs.Back.class,
            TapeDeviceVerbs.EndOfData.class,
            TapeDeviceVerbs.WriteFilemark.class,
            TapeDeviceVerbs.ReadLabel.class,
            TapeDeviceVerbs.ReadBlocks.class,
            TapeDeviceVerbs.Check.class,
            TapeDeviceVerbs.Dump.class,
            TapeDeviceVerbs.Load.class,
            TapeDeviceVerbs.AccountSave.class,
            TapeDeviceVerbs.AccountRestore.class,
            TapeDeviceVerbs.Save.class,
            TapeDeviceVerbs.Restore.class,
            TapeDeviceVerbs.RestoreAccounts.class,
            TapeDeviceVerbs.SelRestore.class,
            TapeDeviceVerbs.Report.class,
            Completion.class,
            DemoCommand.class);

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int NOT_REACHED = 3;

    /** What the help of every command says. */
    private static final Map<String, String> EXIT_STATUS = new TreeMap<>(Map.of(
            Integer.toString(DONE), "done, or begun",
            Integer.toString(REFUSED), "refused or failed; one sentence says why",
            Integer.toString(USAGE), "the command line is wrong; nothing was done",
            Integer.toString(NOT_REACHED), "the node does not run, or the connection to it was lost"));

    private static final String VERBOSE = "--verbose";

    private static final String OUTPUT = "--output";

    private static final Pattern OF_ALL_VERBS = Pattern.compile("-q|--quiet|" + OUTPUT + "(=.*)?");

    private static final int LONGEST_ARGUMENT = 10_000;

    /** What Java takes for bytes that are none of the locale's characters: different names would be the same then. */
    private static final char UNKNOWN_CHARACTER = '\uFFFD';

    /** HB-006: the options at the end of a TCL line. */
    private static final Pattern TCL_OPTIONS = Pattern.compile("\\(([QqVv, ]+)\\)?");

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Suppresses all messages, also of a failure; the exit status tells.")
    boolean quiet;

    @Option(
            names = {"-v", VERBOSE},
            description = "Menu: starts servers with traces on.")
    boolean verbose;

    @Override
    boolean isQuiet() {
        return quiet;
    }

    /** Without a command, the menu (HB-001). */
    @Override
    public Integer call() {
        if (quiet || format != Output.Format.TEXT) {
            throw new ParameterException(spec.commandLine(), MessageCode.MENU_SHOWS.text());
        }
        return menu.open(spec, ServerKind.hotBackup(verbose));
    }

    /** Runs one command line and returns the exit status. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        String[] line = withDashes(arguments);
        return run(() -> commandLine(line), line, out, err);
    }

    /** Runs what was typed as one of our commands, unless it cannot be meant so. */
    static int run(Supplier<CommandLine> command, String[] line, PrintWriter out, PrintWriter err) {
        for (String argument : line) {
            if (argument.length() > LONGEST_ARGUMENT) {
                return refuse(MessageCode.ARGUMENT_TOO_LONG.text(argument.length(), LONGEST_ARGUMENT), line, out, err);
            }
            if (argument.indexOf(UNKNOWN_CHARACTER) >= 0) {
                return refuse(MessageCode.ARGUMENT_NOT_TEXT.text(argument), line, out, err);
            }
        }
        return command.get().setOut(out).setErr(err).execute(line);
    }

    private static int refuse(String why, String[] line, PrintWriter out, PrintWriter err) {
        return Output.of(List.of(line), out, err).answer(Failure.usage(why));
    }

    /** The command with all its verbs, to be parsed or described. */
    public static CommandLine commandLine() {
        return commandLine(new String[0]);
    }

    private static CommandLine commandLine(String[] line) {
        return withVerbs(new HotBackup(), VERBS, line)
                .setExecutionStrategy(given -> MenuOpening.execute(given, List.of(VERBOSE)));
    }

    /**
     * A command that reads numbers and tells of wrong lines and failures as all of ours do.
     *
     * @param line what is to be parsed; the verb that it begins with is the only one that it can run, and only this one is
     *     described: all of them take longer than what most commands do
     */
    static CommandLine withVerbs(CommandRoot root, List<Class<?>> verbs, String... line) {
        CommandLine command = new CommandLine(root);
        String word = verb(line);
        List<Class<?>> first =
                verbs.stream().filter(verb -> isNamed(verb, word)).toList();
        (first.isEmpty() ? verbs : first).forEach(command::addSubcommand);
        describeExitStatus(command);
        return command.registerConverter(int.class, text -> whole(text, Integer::valueOf))
                .registerConverter(Integer.class, text -> whole(text, Integer::valueOf))
                .registerConverter(long.class, text -> whole(text, Long::valueOf))
                .registerConverter(Long.class, text -> whole(text, Long::valueOf))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(HotBackup::answerWrongLine)
                .setExecutionExceptionHandler((e, failed, result) ->
                        Output.of(failed.getCommandSpec()).answer(Failure.of(e)));
    }

    /** The first word behind options that may stand before every verb; empty if there is none. */
    private static String verb(String... line) {
        int at = 0;
        while (at < line.length && OF_ALL_VERBS.matcher(line[at]).matches()) {
            at += line[at].equals(OUTPUT) ? 2 : 1;
        }
        return at < line.length ? line[at] : "";
    }

    private static boolean isNamed(Class<?> verb, String word) {
        Command described = verb.getAnnotation(Command.class);
        return described.name().equals(word) || List.of(described.aliases()).contains(word);
    }

    private static void describeExitStatus(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(EXIT_STATUS);
        command.getSubcommands().values().forEach(HotBackup::describeExitStatus);
    }

    /** The arguments, with {@code -q} and {@code -v} where the manual writes {@code (QV)}: only the last one can be that. */
    static String[] withDashes(String... arguments) {
        return withDashes(TCL_OPTIONS, ManualLetters.spelledOut(arguments));
    }

    /** The same with other letters: the pattern's first group. */
    static String[] withDashes(Pattern tclOptions, String... arguments) {
        Matcher options = tclOptions.matcher(arguments.length == 0 ? "" : arguments[arguments.length - 1]);
        if (!options.matches()) {
            return arguments;
        }
        String[] dashes = options.group(1)
                .toLowerCase(Locale.ROOT)
                .chars()
                .filter(Character::isLetter)
                .distinct()
                .mapToObj(letter -> "-" + (char) letter)
                .toArray(String[]::new);
        String[] all = Arrays.copyOf(arguments, arguments.length - 1 + dashes.length);
        System.arraycopy(dashes, 0, all, arguments.length - 1, dashes.length);
        return all;
    }

    /** In words, also how the command is written. */
    private static int answerWrongLine(ParameterException e, String... arguments) {
        CommandLine command = e.getCommandLine();
        Output output = Output.of(List.of(arguments), command.getOut(), command.getErr());
        if (e instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().stream().anyMatch(HotBackup::isHost)) {
            return output.answer(Failure.of(notRemote(command.getCommandSpec())));
        }
        int status = output.answer(
                unconfirmed(e).or(() -> tooMuch(e)).map(Failure::of).orElseGet(() -> Failure.usage(e.getMessage())));
        if (!output.isJson() && !UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
            sayHow(command);
        }
        return status;
    }

    /** How it is written, after the sentence, which must not scroll away; of verbs that are one group also which there are. */
    private static void sayHow(CommandLine command) {
        PrintWriter err = command.getErr();
        if (command.getParent() != null && !command.getSubcommands().isEmpty()) {
            command.usage(err);
        } else {
            CommandLine.Help help = command.getHelp();
            err.print(help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength()));
            err.println(MessageCode.SEE_HELP.text(command.getCommandSpec().qualifiedName()));
        }
    }

    /** Of a command that destroys something: what confirms it, in the words of its help. */
    private static Optional<Refusal> unconfirmed(ParameterException e) {
        if (!(e instanceof MissingParameterException missing)
                || missing.getMissing().stream().noneMatch(HotBackup::isConfirm)
                || missing.getMissing().stream().anyMatch(ArgSpec::isPositional)) {
            return Optional.empty();
        }
        String options = missing.getMissing().stream()
                .map(option -> ((OptionSpec) option).longestName() + " " + option.paramLabel() + ": "
                        + option.description()[0].replaceFirst("\\.$", ""))
                .collect(Collectors.joining("; and "));
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        return Optional.of(new Refusal(MessageCode.CONFIRM_OPTION_MISSING, command, options));
    }

    /** Of words that a command does not take: the first of them, and what it takes. */
    private static Optional<Refusal> tooMuch(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String word = unmatched.getUnmatched().get(0);
        if (word.startsWith("(")) {
            return Optional.of(new Refusal(MessageCode.OPTIONS_NOT_LAST, word));
        }
        CommandSpec command = e.getCommandLine().getCommandSpec();
        boolean option = word.startsWith("-");
        if (command.subcommands().isEmpty()) {
            return Optional.of(new Refusal(
                    option ? MessageCode.NO_OPTION : MessageCode.NO_ARGUMENT, word, command.qualifiedName()));
        }
        String commands = command.parent() == null
                ? "those that " + command.name() + " --help lists"
                : command.subcommands().values().stream()
                        .map(CommandLine::getCommandName)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return Optional.of(new Refusal(
                option ? MessageCode.COMMAND_FIRST : MessageCode.NO_COMMAND, word, command.qualifiedName(), commands));
    }

    private static boolean isConfirm(ArgSpec option) {
        return option instanceof OptionSpec named && named.longestName().equals("--confirm");
    }

    private static boolean isHost(String argument) {
        return argument.equals("--host") || argument.startsWith("--host=");
    }

    /** Why a command without this option has none. */
    private static Refusal notRemote(CommandSpec command) {
        boolean ofData = command.userObject() instanceof RestVerb || command.userObject() instanceof Import;
        return new Refusal(ofData ? MessageCode.DATA_NOT_REMOTE : MessageCode.NOT_REMOTE, command.qualifiedName());
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
        return Failure.of(e).message();
    }
}
