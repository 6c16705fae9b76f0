package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadDumpTest {

    @TempDir
    Path folder;

    @Test
    void shouldAppendWhatTheThreadsOfAProcessAreDoing() throws Exception {
        Path log = Files.writeString(folder.resolve("node.log"), "before");

        ThreadDump.append(ProcessHandle.current(), log);

        assertThat(log)
                .content()
                .startsWith("before")
                .contains(" ms of the processors", "shouldAppendWhatTheThreadsOfAProcessAreDoing")
                .doesNotContain("No thread dump");
    }

    @Test
    void shouldSayThatAProcessGivesNone() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            Path log = folder.resolve("node.log");

            ThreadDump.append(process.toHandle(), log);

            assertThat(log).content().contains("Its threads:").doesNotContain("Full thread dump");
        } finally {
            process.destroyForcibly();
        }
    }
}
