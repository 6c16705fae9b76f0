package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

    @TempDir
    Path folder;

    @Test
    void shouldLookForClassesInTheLargestJarsFirst() throws IOException {
        Path runtime = Files.createDirectory(folder.resolve("runtime"));
        Files.write(runtime.resolve("small.jar"), new byte[1]);
        Files.write(runtime.resolve("large.jar"), new byte[3]);
        Files.write(runtime.resolve("b.jar"), new byte[2]);
        Files.write(runtime.resolve("a.jar"), new byte[2]);
        Files.write(runtime.resolve("adapter.rar"), new byte[4]);

        assertThat(new Bundle(folder).classPath().split(":"))
                .containsExactly(
                        folder.resolve("launch-micro.jar").toString(),
                        runtime.resolve("large.jar").toString(),
                        runtime.resolve("a.jar").toString(),
                        runtime.resolve("b.jar").toString(),
                        runtime.resolve("small.jar").toString());
    }

    @Test
    void shouldRefuseAFolderThatIsNoBundle() {
        assertThatThrownBy(() -> new Bundle(folder).classPath())
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("runtime");
    }
}
