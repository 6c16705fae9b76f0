package org.hotbackup.pipe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs at both pipes: ordinary ones of the system. */
final class Programs {

    private Programs() {}

    static NamedPipe mkfifo(Path path) throws IOException, InterruptedException {
        run("mkfifo", path.toString());
        return NamedPipe.at(path);
    }

    static void run(String... words) throws IOException, InterruptedException {
        if (!shell(List.of(words)).waitFor(30, TimeUnit.SECONDS)) {
            throw new IOException("does not end: " + String.join(" ", words));
        }
    }

    /** Writes a file to a pipe, as a save does. */
    static Process writes(Path file, NamedPipe pipe, String dd) throws IOException {
        return shell(List.of(
                "sh",
                "-c",
                "exec dd if=\"$0\" of=\"$1\" " + dd,
                file.toString(),
                pipe.path().toString()));
    }

    /** Reads a pipe into a file until its end, as a restore does. */
    static Process reads(NamedPipe pipe, Path file) throws IOException {
        return shell(List.of("sh", "-c", "exec cat \"$0\" > \"$1\"", pipe.path().toString(), file.toString()));
    }

    /** The same, but its first bytes are read at once, and whatever follows only when a file is there. */
    static Process readsLate(NamedPipe pipe, Path file, int first, Path goOn) throws IOException {
        return shell(List.of(
                "sh",
                "-c",
                "{ head -c $2; while [ ! -e \"$3\" ]; do sleep 0.02; done; exec cat; } < \"$0\" > \"$1\"",
                pipe.path().toString(),
                file.toString(),
                Integer.toString(first),
                goOn.toString()));
    }

    /** How many bytes of the disk a file takes: fewer than it holds if it has holes. */
    static long space(Path file) throws IOException, InterruptedException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        stat.waitFor();
        return Long.parseLong(blocks.strip()) * 512;
    }

    private static Process shell(List<String> words) throws IOException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
