package org.hotbackup.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the threads of another JVM are doing, for the log of a node that does not answer. */
final class ThreadDump {

    private static final int PATIENCE_SECONDS = 20;

    private ThreadDump() {}

    /**
     * Appends it to a file, and how much processor time the process used; or, in a line, why there is none. Takes 20
     * seconds at most.
     *
     * @param process a JVM of the same user
     */
    static void append(ProcessHandle process, Path file) throws IOException, InterruptedException {
        String cpu = process.info()
                .totalCpuDuration()
                .map(time -> time.toMillis() + " ms")
                .orElse("an unknown time");
        write(file, "It did not answer; it used " + cpu + " of the processors. Its threads:");
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process dumping;
        try {
            dumping = new ProcessBuilder(List.of(tool.toString(), Long.toString(process.pid()), "Thread.print", "-l"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
                    .start();
        } catch (IOException e) {
            write(file, "No thread dump: " + e.getMessage());
            return;
        }
        if (!dumping.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            dumping.destroyForcibly();
            write(file, "No thread dump: the process did not give one within " + PATIENCE_SECONDS + " seconds");
        }
    }

    private static void write(Path file, String line) throws IOException {
        Files.writeString(
                file,
                System.lineSeparator() + line + System.lineSeparator(),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
