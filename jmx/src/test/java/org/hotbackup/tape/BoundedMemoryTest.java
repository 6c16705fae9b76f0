package org.hotbackup.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Java VM whose heap is smaller than the tape reads all of it, whatever is on it; the heap is the proof. */
@Tag("TAPE-10")
class BoundedMemoryTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "items     | 24  | 700000 items, 137900000 bytes, 0 notes",
                "frames    | 240 | 1 items, 67108864 bytes, 0 notes",
                "announced | 170 | 0 items, 0 bytes, 1 notes",
                "unended   | 170 | 0 items, 0 bytes, 0 notes"
            })
    void shouldReadATapeThatIsLongerThanTheHeap(String tape, int megabytes, String found)
            throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx" + megabytes + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        tape)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(said, StandardCharsets.UTF_8)).startsWith(found + System.lineSeparator());
    }
}
