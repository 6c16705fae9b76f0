package org.hotbackup.web.faces;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.hotbackup.control.messages.Refusal;

/** Figures as people read them. */
final class Figures {

    private static final String[] SIZES = {"KB", "MB", "GB", "TB"};
    private static final int SIZE_STEP = 1024;
    private static final int SECOND = 1_000;
    private static final int MINUTE = 60 * SECOND;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;

    private static final Pattern INSTANT =
            Pattern.compile("\\b(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d+)?Z\\b");

    /** Where a figure does not apply, or cannot be asked. */
    static final String UNKNOWN = "\u2013";

    private Figures() {}

    /** A figure of a control bean; a dash if the bean cannot say it now. */
    static String known(Supplier<String> figure) {
        try {
            return figure.get();
        } catch (Refusal e) {
            return UNKNOWN;
        }
    }

    /** A number of bytes: {@code 512 bytes}, {@code 1.5 MB}. */
    static String size(long bytes) {
        if (bytes < SIZE_STEP) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        double size = bytes;
        int unit = -1;
        while (size >= SIZE_STEP && unit < SIZES.length - 1) {
            size /= SIZE_STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, SIZES[unit]);
    }

    /** A time in milliseconds: {@code 15 ms}, {@code 2.5 s}, {@code 3 min 20 s}, {@code 5 h 0 min}, {@code 2 d 7 h}. */
    static String time(long millis) {
        if (millis < SECOND) {
            return millis + " ms";
        }
        if (millis < MINUTE) {
            return String.format(Locale.ROOT, "%d.%d s", millis / SECOND, millis % SECOND / 100);
        }
        if (millis < HOUR) {
            return millis / MINUTE + " min " + millis % MINUTE / SECOND + " s";
        }
        return millis < DAY
                ? millis / HOUR + " h " + millis % HOUR / MINUTE + " min"
                : millis / DAY + " d " + millis % DAY / HOUR + " h";
    }

    /** A text with its times as people read them: {@code 2026-11-22 05:17:06} for {@code 2026-11-22T05:17:06.498974385Z}. */
    static String withTimes(String text) {
        return INSTANT.matcher(text).replaceAll("$1 $2");
    }

    /** A counter, or a dash where it does not apply: the control beans say -1 then. */
    static String counter(long value) {
        return value < 0 ? UNKNOWN : Long.toString(value);
    }
}
