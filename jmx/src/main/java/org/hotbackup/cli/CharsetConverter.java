package org.hotbackup.cli;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A charset by its name. */
final class CharsetConverter implements ITypeConverter<Charset> {

    @Override
    public Charset convert(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new TypeConversionException("there is no charset '" + name + "'");
        }
    }
}
