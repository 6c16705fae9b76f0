package org.hotbackup.pipe;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hotbackup.node.NodeProcess;
import org.hotbackup.node.Processes;

/**
 * A process that does nothing but hold one end of a pipe open, also when the node is killed: the program at the other end then
 * neither dies of a pipe that nobody reads nor takes a pipe that nobody writes for the end of its tape.
 */
final class PipeKeeper {

    /** Which end it holds. */
    enum End {
        /** So that a program can go on writing. */
        READING("STDIN"),
        /** So that a program goes on waiting. */
        WRITING("STDOUT");

        private final String stream;

        End(String stream) {
            this.stream = stream;
        }
    }

    /**
     * Asks the kernel for a pipe of a megabyte (F_SETPIPE_SZ), which Java cannot, says how large it is now, and sleeps. Without Perl, or
     * beyond what the kernel allows a user, it stays as it is.
     */
    private static final String SCRIPT =
            "perl -e 'print STDERR int(fcntl(%s, 1031, 1 << 20))'; exec sleep %s 2> /dev/null";

    private static final Duration ENDING = Duration.ofSeconds(10);

    private final TapePosition position;

    PipeKeeper(TapePosition position) {
        this.position = position;
    }

    /**
     * Starts it, unless one of a former process is still there; the pipe must be held open meanwhile, or this would wait for a
     * program at the other end.
     */
    void start(NamedPipe pipe, End end) throws IOException {
        if (running().isPresent()) {
            return;
        }
        File file = pipe.path().toFile();
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", String.format(SCRIPT, end.stream, NodeProcess.KEEPING));
        if (end == End.READING) {
            builder.redirectInput(file).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        } else {
            builder.redirectInput(new File("/dev/null")).redirectOutput(file);
        }
        Process process = builder.start();
        position.keeper(process.pid(), started(process.toHandle()));
        try (InputStream said = process.getErrorStream()) {
            position.capacity(bytes(new String(said.readAllBytes(), StandardCharsets.US_ASCII)));
        }
    }

    private static int bytes(String said) {
        return said.matches("\\d{1,9}") ? Integer.parseInt(said) : 0;
    }

    /** Bytes that the pipe holds; not less than that. */
    int capacity() {
        return Math.max(NamedPipe.CAPACITY, position.capacity());
    }

    /** Ends it, if there is one. */
    void end() {
        running().ifPresent(keeper -> {
            keeper.destroyForcibly();
            try {
                Processes.awaitEnd(keeper, ENDING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        position.keeper(0, 0);
    }

    /** The one that the position names, if it is that and no other process. */
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(position.keeperPid())
                .filter(keeper -> position.keeperPid() > 0)
                .filter(Processes::isAlive)
                .filter(keeper -> started(keeper) == position.keeperStarted());
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
