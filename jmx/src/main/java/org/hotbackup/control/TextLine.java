package org.hotbackup.control;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables as text, for scripts: a record a line, its fields divided by tabs. */
public final class TextLine {

    private TextLine() {}

    /** The line of these fields; what would end a field or the line is a blank. */
    static String of(Object... fields) {
        return Arrays.stream(fields)
                .map(field -> String.valueOf(field).replaceAll("\\p{Cntrl}", " "))
                .collect(Collectors.joining("\t"));
    }

    /**
     * The lines of a page of what was searched for.
     *
     * @param more whether there may be more
     * @param reached where to go on then: the last line says it behind the word more
     */
    public static String page(Collection<?> records, boolean more, Object reached) {
        return Stream.concat(
                        records.stream().map(Object::toString), more ? Stream.of(of("more", reached)) : Stream.empty())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** The lines of these records; empty if there are none. */
    public static String lines(Collection<?> records) {
        return records.stream().map(Object::toString).collect(Collectors.joining(System.lineSeparator()));
    }
}
