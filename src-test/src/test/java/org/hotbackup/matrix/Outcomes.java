package org.hotbackup.matrix;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;

/** What comes of an operation, in the words of {@link EveryOperation#outcome}. */
final class Outcomes {

    /** It was refused for want of a role. */
    static final String NOT_ALLOWED = "REFUSED " + MessageCode.NOT_ALLOWED.id();

    private Outcomes() {}

    /** A receipt's. */
    static String of(String outcome, String messageId) {
        return outcome.equals("REFUSED") || outcome.equals("FAILED") ? "REFUSED " + messageId : outcome;
    }

    /** The one of a refusal that is only a sentence. */
    static String refused(String sentence) {
        return "REFUSED " + id(sentence);
    }

    /** What was expected if what came is one of what it may be, else what came. */
    static String expectedOr(String expected, String came) {
        return List.of(expected.split("\\|")).contains(came) ? expected : came;
    }

    /** The message of the catalogue whose sentence it is: of several that fit, the one that says most. */
    static String id(String sentence) {
        return Stream.of(MessageCode.values())
                .filter(code -> fixed(code).length() > 0)
                // the manual's sentences have the cause behind them
                .filter(code -> sentence.matches(fixed(code) + "(?s:: .*)?"))
                .max(Comparator.comparing(code -> fixed(code).length()))
                .map(MessageCode::id)
                .orElse(sentence);
    }

    private static String fixed(MessageCode code) {
        String text = code.text("@", "@", "@", "@");
        return text.replace("@", "").isBlank()
                ? ""
                : Stream.of(text.split("@", -1)).map(Pattern::quote).collect(Collectors.joining("(?s:.*)"));
    }

    /** The first group of a pattern's first place in a text; empty if there is none. */
    static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
