package org.hotbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hotbackup.node.Bundle;

/** The {@code hot-backup} command as a process of its own, as a shell runs it. */
public final class Command implements AutoCloseable {

    private final Process process;

    private Command(Process process) {
        this.process = process;
    }

    /** Starts it for the nodes whose homes are in a folder; both its outputs are read as one. */
    public static Command start(Path homes, String... arguments) {
        return start("hot-backup", homes, arguments);
    }

    /** The same with {@code tape-socket}. */
    public static Command startTapeSocket(Path homes, String... arguments) {
        return start("tape-socket", homes, arguments);
    }

    private static Command start(String command, Path homes, String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dhotbackup.bundle=" + Bundle.ofSystem().folder().toAbsolutePath(),
                "-Dhotbackup.command=" + command,
                "-cp",
                System.getProperty("java.class.path"),
                "org.hotbackup.cli.Main"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("HOTBACKUP_HOME", homes.toString());
        try {
            return new Command(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end. */
    public static List<String> run(Path homes, long seconds, String... arguments) {
        try (Command command = start(homes, arguments)) {
            return command.lines(seconds);
        }
    }

    /** What it printed until its end, line by line; fails if that does not come in time. */
    public List<String> lines(long seconds) {
        process.onExit().orTimeout(seconds, TimeUnit.SECONDS).join();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its exit status, when it has ended. */
    public int status() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
