package org.hotbackup.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.WCWidth;

/** Texts of any origin as they can stand on a screen, measured in columns. */
final class Text {

    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r\u2028\u2029]");
    private static final String TAB = "    ";

    private Text() {}

    /** The lines of a text, without anything that would move the cursor or turn the writing round. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : LINE_END.split(text, -1)) {
            lines.add(safe(line));
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    /** One line; what cannot be shown stands there as its number in hex. */
    static String safe(String line) {
        StringBuilder safe = new StringBuilder();
        line.codePoints().forEach(point -> {
            if (point == '\t') {
                safe.append(TAB);
            } else if (isShown(point)) {
                safe.appendCodePoint(point);
            } else {
                safe.append(String.format("\\x%02X", point));
            }
        });
        return safe.toString();
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** How many columns a safe text takes. */
    static int columns(String text) {
        return text.codePoints().map(Text::columns).sum();
    }

    static int columns(int point) {
        return Math.max(0, WCWidth.wcwidth(point));
    }

    /** As much of the beginning as goes into so many columns. */
    static String cut(String text, int columns) {
        return text.substring(0, end(text, 0, columns));
    }

    /** Where the part of a text ends that begins at an index and goes into so many columns. */
    private static int end(String text, int from, int columns) {
        int used = 0;
        int at = from;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            used += columns(point);
            if (used > columns) {
                break;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    /** Cut or filled with blanks to exactly so many columns. */
    static String fit(String text, int columns) {
        String cut = cut(text, columns);
        return cut + " ".repeat(Math.max(0, columns - columns(cut)));
    }

    /** A text to the left and one to the right; if there is no room for both, the left one is cut. */
    static String between(String left, String right, int columns) {
        String end = cut(right, columns);
        int rest = columns - columns(end);
        return fit(cut(left, Math.max(0, rest - 1)), rest) + end;
    }

    /** A safe line in as many as it needs, broken at blanks where there are some, the later ones indented. */
    static List<String> wrap(String line, int columns, int indent) {
        List<String> wrapped = new ArrayList<>();
        int at = 0;
        while (true) {
            int room = Math.max(1, wrapped.isEmpty() ? columns : columns - indent);
            int end = end(line, at, room);
            if (end == at && at < line.length()) {
                // wider than the room: there is no room for anything, but it must end
                end += Character.charCount(line.codePointAt(at));
            }
            if (end < line.length()) {
                int blank = line.lastIndexOf(' ', end);
                end = blank > at ? blank : end;
            }
            String part = line.substring(at, end).stripTrailing();
            wrapped.add(wrapped.isEmpty() ? part : " ".repeat(Math.min(indent, columns)) + part);
            at = end;
            while (at < line.length() && line.charAt(at) == ' ') {
                at++;
            }
            if (at >= line.length()) {
                return wrapped;
            }
        }
    }

    static AttributedString plain(String text) {
        return new AttributedString(text);
    }

    static AttributedString bold(String text) {
        return new AttributedString(text, AttributedStyle.BOLD);
    }

    static AttributedString faint(String text) {
        return new AttributedString(text, AttributedStyle.DEFAULT.faint());
    }

    static AttributedString red(String text) {
        return new AttributedString(text, AttributedStyle.BOLD.foreground(AttributedStyle.RED));
    }

    static AttributedString inverse(String text) {
        return new AttributedString(text, AttributedStyle.INVERSE);
    }

    static AttributedString join(AttributedString... parts) {
        AttributedStringBuilder whole = new AttributedStringBuilder();
        for (AttributedString part : parts) {
            whole.append(part);
        }
        return whole.toAttributedString();
    }
}
