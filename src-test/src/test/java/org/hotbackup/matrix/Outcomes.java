package org.hotbackup.matrix;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;

/** What comes of an operation, in the words of {@link EveryOperation#outcome}. */
final class Outcomes {

    /** It was refused for want of a role. */
    static final String NOT_ALLOWED = "REFUSED " + MessageCode.NOT_ALLOWED.id();

    /** How each message reads, whatever its values are; those that are nothing but values are none. */
    private static final Map<MessageCode, Pattern> SENTENCES = new EnumMap<>(MessageCode.class);

    static {
        for (MessageCode code : MessageCode.values()) {
            String fixed = fixed(code);
            if (!fixed.isEmpty()) {
                // the manual's sentences have the cause behind them
                SENTENCES.put(code, Pattern.compile(fixed + "(?s:: .*)?"));
            }
        }
    }

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
        return SENTENCES.entrySet().stream()
                .filter(known -> known.getValue().matcher(sentence).matches())
                .max(Comparator.comparing(known -> known.getValue().pattern().length()))
                .map(known -> known.getKey().id())
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
