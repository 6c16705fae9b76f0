package org.hotbackup.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The beginning of an item as Pick shows one to people: a line for each attribute, with its number; value marks as
 * {@code ]}, subvalue marks as {@code \}, every other byte that is no text or moves the cursor as {@code \xNN}.
 */
public final class ItemText {

    /** How many attributes are shown. */
    static final int LINES = 50;

    /** How many bytes are shown. */
    static final int BYTES = 4_096;

    private static final int LONGEST_CHARACTER = 4;

    private ItemText() {}

    /** Its first {@value #LINES} lines, of {@value #BYTES} bytes; the last one says what is not shown, if there is such a thing. */
    public static List<String> lines(byte[] item) {
        return lines(item, LINES, BYTES);
    }

    /**
     * The same of at most so many attributes and bytes, each at least 1; the last line says what is not shown, if there is
     * such a thing.
     */
    public static List<String> lines(byte[] item, int mostLines, int mostBytes) {
        int end = shown(item, mostLines, mostBytes);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("001 ");
        for (int i = 0; i < end; ) {
            if (item[i] == Marks.ATTRIBUTE) {
                lines.add(line.toString());
                line = new StringBuilder(String.format("%03d ", lines.size() + 1));
                i++;
            } else {
                i += append(line, item, i, end);
            }
        }
        lines.add(line.toString());
        if (end < item.length) {
            lines.add("and " + (item.length - end) + " more bytes of " + item.length + ", up to attribute "
                    + attributes(item));
        }
        return lines;
    }

    /** Where to stop: before the mark after the last line, and not within a character. */
    private static int shown(byte[] item, int mostLines, int mostBytes) {
        int end = Math.min(item.length, mostBytes);
        int marks = 0;
        for (int i = 0; i < end; i++) {
            if (item[i] == Marks.ATTRIBUTE && ++marks == mostLines) {
                return i;
            }
        }
        int cut = end;
        while (cut > end - LONGEST_CHARACTER && cut > 0 && cut < item.length && isContinuation(item[cut])) {
            cut--;
        }
        return cut < item.length && isContinuation(item[cut]) ? end : cut;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    private static int attributes(byte[] item) {
        int attributes = 1;
        for (byte b : item) {
            if (b == Marks.ATTRIBUTE) {
                attributes++;
            }
        }
        return attributes;
    }

    /** Appends the character that begins at a byte, and says how many bytes it has. */
    private static int append(StringBuilder line, byte[] item, int at, int end) {
        if (item[at] == Marks.VALUE) {
            line.append(']');
            return 1;
        } else if (item[at] == Marks.SUBVALUE) {
            line.append('\\');
            return 1;
        }
        int length = length(item[at]);
        if (at + length <= end) {
            byte[] bytes = Arrays.copyOfRange(item, at, at + length);
            String character = new String(bytes, StandardCharsets.UTF_8);
            if (Arrays.equals(bytes, character.getBytes(StandardCharsets.UTF_8)) && isShown(character.codePointAt(0))) {
                line.append(character);
                return length;
            }
        }
        line.append(String.format("\\x%02X", item[at]));
        return 1;
    }

    /** How many bytes of UTF-8 a first byte announces. */
    private static int length(byte first) {
        int bits = Integer.numberOfLeadingZeros(~first << 24);
        return bits >= 2 && bits <= LONGEST_CHARACTER ? bits : 1;
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
