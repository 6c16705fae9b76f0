package org.hotbackup.control.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hotbackup.control.messages.Refusal;

/** A text of {@code key=value} words; a value with blanks stands in double quotes. */
final class SettingWords {

    private static final Pattern WORD = Pattern.compile("\\s*([A-Za-z-]+)=(?:\"([^\"]*)\"|(\\S*))(?:\\s+|$)");

    private SettingWords() {}

    /**
     * The values by their keys, in the order in which they are given; of a key that is given twice, the last.
     *
     * @param unknown what a word is refused with that is malformed
     */
    static Map<String, String> parse(String text, Function<String, Refusal> unknown) {
        Map<String, String> given = new LinkedHashMap<>();
        Matcher word = WORD.matcher(text);
        int at = 0;
        while (at < text.length() && word.find(at) && word.start() == at) {
            given.put(word.group(1), word.group(2) == null ? word.group(3) : word.group(2));
            at = word.end();
        }
        if (!text.substring(at).isBlank()) {
            throw unknown.apply(text.substring(at).strip());
        }
        return given;
    }
}
