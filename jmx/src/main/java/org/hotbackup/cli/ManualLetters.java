package org.hotbackup.cli;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import picocli.CommandLine.Option;

/** The option letters of a save, a restore or a dump, in the manual's way: {@code (h} at the end of the line. */
final class ManualLetters {

    private static final List<String> VERBS = List.of(
            "save",
            "file-save",
            "account-save",
            "restore",
            "restore-accounts",
            "account-restore",
            "sel-restore",
            "t-dump",
            "t-load");
    private static final Pattern AT_THE_END = Pattern.compile("\\(([A-Za-z, ]+)\\)?");

    @Option(
            names = "--options",
            paramLabel = "LETTERS",
            defaultValue = "",
            description =
                    "The manual's letters, as '(LETTERS' at the end of the line; chapter 15 of the operator's guide has them.")
    String given;

    /** The letters, none if there are none. */
    String given() {
        return given;
    }

    /**
     * A word of the line that is no option.
     *
     * @throws Refusal if it looks like options, which would be taken for a name otherwise
     */
    static String noLetters(String word) {
        if (AT_THE_END.matcher(word).matches()) {
            throw new Refusal(MessageCode.OPTIONS_NOT_LAST, word);
        }
        return word;
    }

    /** The arguments, with {@code --options} where the manual writes {@code (LETTERS)} behind a verb that has it. */
    static String[] spelledOut(String... arguments) {
        int last = arguments.length - 1;
        Matcher letters = AT_THE_END.matcher(last < 0 ? "" : arguments[last]);
        if (!letters.matches() || Arrays.stream(arguments).noneMatch(VERBS::contains)) {
            return arguments;
        }
        String[] all = arguments.clone();
        all[last] = "--options=" + letters.group(1);
        return all;
    }
}
