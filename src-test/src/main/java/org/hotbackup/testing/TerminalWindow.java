package org.hotbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.node.Bundle;

/** A window of a terminal with somebody in front of it: a shell in tmux, which is got if the machine has it not. */
public final class TerminalWindow implements AutoCloseable {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String WINDOW = "window";
    private static final AtomicInteger WINDOWS = new AtomicInteger();
    private static final String PID = "pid";

    private final DebianTool tmux = DebianTool.of("tmux", "tmux");
    private final String socket = "window-" + WINDOWS.incrementAndGet();
    private final Path commands;
    private final long patienceSeconds;

    private TerminalWindow(Path commands, long patienceSeconds) {
        this.commands = commands;
        this.patienceSeconds = patienceSeconds;
    }

    /** Opens one of this size, in whose shell {@code hot-backup} and {@code tape-socket} work on the nodes whose homes are in a folder. */
    public static TerminalWindow open(Path homes, int columns, int rows, long patienceSeconds) {
        Path commands = homes.resolve(".commands");
        TerminalWindow window = new TerminalWindow(commands, patienceSeconds);
        window.writeCommands();
        window.tmux(
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-s",
                WINDOW,
                "-x",
                "" + columns,
                "-y",
                "" + rows,
                "-e",
                "HOTBACKUP_HOME=" + homes,
                "-e",
                "ENV=",
                "-e",
                "LC_ALL=C.UTF-8",
                "/bin/sh");
        window.begin();
        return window;
    }

    private void begin() {
        // the shell shows what is typed also before it reads it: what it shows then is not what is waited for
        try {
            type("PS1=rea'dy> '").keys("Enter").awaitText("ready>");
            type("clear").keys("Enter");
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    private void writeCommands() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = Bundle.ofSystem().folder().toAbsolutePath().resolve("cli") + "/*";
        List<String> script = List.of(
                "#!/bin/sh",
                "echo $$ > '" + commands.resolve(PID) + "'",
                "exec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dhotbackup.command=${0##*/} -cp '"
                        + classes + "' org.hotbackup.cli.Main \"$@\"");
        try {
            Files.createDirectories(commands);
            for (String name : List.of("hot-backup", "tape-socket")) {
                Path command = Files.write(commands.resolve(name), script);
                Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process of the command that was started last. */
    public ProcessHandle command() {
        try {
            String pid = Files.readString(commands.resolve(PID)).strip();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types a text. */
    public TerminalWindow type(String text) {
        tmux("send-keys", "-t", WINDOW, "-l", text);
        return this;
    }

    /** Presses keys, in tmux' names: {@code Enter}, {@code Escape}, {@code C-n}, {@code Down}. */
    public TerminalWindow keys(String... keys) {
        List<String> line = new ArrayList<>(List.of("send-keys", "-t", WINDOW));
        line.addAll(List.of(keys));
        tmux(line.toArray(String[]::new));
        return this;
    }

    /** Gives it another size. */
    public TerminalWindow resize(int columns, int rows) {
        tmux("resize-window", "-t", WINDOW, "-x", "" + columns, "-y", "" + rows);
        return this;
    }

    /** What is on it now. */
    public String text() {
        return tmux("capture-pane", "-p", "-t", WINDOW);
    }

    /** Waits for a text to be on it; what is on it then. */
    public String awaitText(String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        String seen = text();
        while (!seen.contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("'" + text + "' did not come; this is on the screen:\n" + seen);
            }
            LockSupport.parkNanos(POLL_NANOS);
            seen = text();
        }
        return seen;
    }

    private String tmux(String... arguments) {
        List<String> line =
                new ArrayList<>(List.of("-u", "-S", commands.resolve(socket).toString()));
        line.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = tmux.with(line.toArray(String[]::new)).redirectErrorStream(true);
            // a window has the path of who opens it
            builder.environment().merge("PATH", commands.toString(), (path, ours) -> ours + ":" + path);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("tmux " + String.join(" ", arguments) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Closes it; what runs in it is hung up. */
    @Override
    public void close() {
        tmux("kill-server");
    }
}
