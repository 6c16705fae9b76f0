package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir
    Path folder;

    @Test
    void shouldDeleteEverythingButWhatALinkLeadsTo() throws IOException {
        Path outside = Files.writeString(
                Files.createDirectory(folder.resolve("outside")).resolve("kept"), "x");
        Path inside = Files.createDirectories(folder.resolve("inside/deep"));
        Files.writeString(inside.resolve("file"), "x");
        Files.createSymbolicLink(inside.resolve("link"), outside.getParent());
        Files.createSymbolicLink(inside.resolve("nowhere"), folder.resolve("none"));

        Folders.delete(folder.resolve("inside"));

        assertThat(folder.resolve("inside")).doesNotExist();
        assertThat(outside).exists();
        Folders.delete(folder.resolve("inside"));
    }

    @Test
    void shouldCopyEverything() throws IOException {
        Path from = Files.createDirectories(folder.resolve("from/deep/empty")).getParent();
        Files.writeString(from.resolve("file"), "text");

        Folders.copy(folder.resolve("from"), folder.resolve("to"));

        assertThat(folder.resolve("to/deep/file")).hasContent("text");
        assertThat(folder.resolve("to/deep/empty")).isEmptyDirectory();
    }
}
