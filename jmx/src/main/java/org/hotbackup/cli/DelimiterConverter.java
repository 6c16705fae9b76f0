package org.hotbackup.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What stands between the columns of a CSV file: one character. */
final class DelimiterConverter implements ITypeConverter<Character> {

    @Override
    public Character convert(String text) {
        if (text.length() != 1) {
            throw new TypeConversionException("'" + text + "' is not one character; write for example --delimiter ';'");
        }
        char delimiter = text.charAt(0);
        if (delimiter == '"' || delimiter == '\r' || delimiter == '\n') {
            throw new TypeConversionException("a quote or a line break cannot separate columns");
        }
        return delimiter;
    }
}
