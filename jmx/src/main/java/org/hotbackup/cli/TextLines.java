package org.hotbackup.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the contract answers in lines for people, taken apart for programs. */
final class TextLines {

    /** A label, blanks that bring the values under each other, a value. */
    private static final Pattern FIELD = Pattern.compile("(\\S+(?: \\S+)*) {2,}(.*)");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private TextLines() {}

    /** The fields of a text with one in each line, as {@code Bytes received   17}: {@code bytesReceived} and 17. */
    static Map<String, Object> fields(String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                fields.put(key(field.group(1)), value(field.group(2)));
            }
        }
        return fields;
    }

    /** A label as a key: {@code In lost+found} becomes {@code inLostFound}. */
    private static String key(String label) {
        String words = Pattern.compile("[^A-Za-z0-9]+")
                .splitAsStream(label)
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0))
                        + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    private static Object value(String value) {
        return NUMBER.matcher(value).matches() ? (Object) Long.valueOf(value) : value;
    }
}
