package org.hotbackup.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.management.ConstructorParameters;

/**
 * A part of what somebody who helps from afar needs to know of a node. It holds no secret and no item.
 *
 * @param name of its file in a bundle, for example {@code servers/todev.txt}
 * @param text what is in it
 */
public record SupportPart(String name, String text) {

    /** For MXBean tools. */
    @ConstructorParameters({"name", "text"})
    public SupportPart {}

    public String getName() {
        return name;
    }

    public String getText() {
        return text;
    }

    /** All parts as one text, each under its name. */
    public static String text(Collection<SupportPart> parts) {
        return parts.stream()
                .map(part -> "==== " + part.name + System.lineSeparator() + part.text.stripTrailing())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Writes all parts as a zip, each a file; the stream stays open. */
    public static void zip(Collection<SupportPart> parts, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (SupportPart part : parts) {
            zip.putNextEntry(new ZipEntry(part.name));
            zip.write(part.text.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        zip.finish();
    }
}
