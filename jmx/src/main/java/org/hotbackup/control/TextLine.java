package org.hotbackup.control;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Tables as text, for scripts: a record a line, its fields divided by tabs. */
public final class TextLine {

    private TextLine() {}

    /** The line of these fields; what would end a field or the line is a blank. */
    static String of(Object... fields) {
        return Arrays.stream(fields)
                .map(field -> String.valueOf(field).replaceAll("\\p{Cntrl}", " "))
                .collect(Collectors.joining("\t"));
    }

    /** The lines of these records; empty if there are none. */
    public static String lines(Collection<?> records) {
        return records.stream().map(Object::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}
