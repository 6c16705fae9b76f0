package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTest {

    @TempDir
    Path folder;

    /** It was begun anew at the node's start and never else, with every trace in it (R17). */
    @Test
    void shouldBeginAnewWhenItIsLongWhileTheProcessWritesOn() throws IOException {
        Path file = folder.resolve("node.log");
        NodeLog log = new NodeLog(file, 10);
        log.bound();
        try (OutputStream process = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            process.write(line("short"));
            log.bound();
            assertThat(file).hasContent("short");

            process.write(line("a long line"));
            log.bound();
            assertThat(file).isEmptyFile();
            process.write(line("next"));
        }
        assertThat(file).hasContent("next");
        assertThat(folder.resolve("node.log.1")).hasContent("short\na long line");
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
