package org.hotbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tape is named as every program names a file, or by what the node calls it. */
@Tag("TLOG-2")
class TlogRestoreTest {

    @TempDir
    Path folder;

    @Test
    void shouldLookForAFileInTheWorkingDirectoryFirst() throws IOException {
        Path tape = Files.writeString(folder.resolve("monday.log"), "");
        assertThat(TlogRestore.place("monday.log", folder)).isEqualTo(tape.toString());
    }

    @Test
    void shouldLeaveOtherNamesToTheNode() throws IOException {
        Files.createDirectory(folder.resolve("tape0"));
        assertThat(TlogRestore.place("tape0", folder)).isEqualTo("tape0");
        assertThat(TlogRestore.place("log", folder)).isEqualTo("log");
    }

    @Test
    void shouldMakeAPathFullThatIsNot() {
        assertThat(TlogRestore.place("tapes/monday.log", folder)).isEqualTo(folder.resolve("tapes/monday.log") + "");
        assertThat(TlogRestore.place("/a/../monday.log", folder)).isEqualTo("/monday.log");
    }
}
