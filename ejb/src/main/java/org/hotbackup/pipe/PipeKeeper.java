package org.hotbackup.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
        READING("STDIN", "< \"$0\""),
        /** So that a program goes on waiting. */
        WRITING("STDOUT", "< /dev/null > \"$0\"");

        private final String stream;
        private final String opens;

        End(String stream, String opens) {
            this.stream = stream;
            this.opens = opens;
        }
    }

    /**
     * Waits for a line, and ends without one: nobody would know of it whose process was killed meanwhile. Then opens the pipe, for both
     * at first, so as not to wait for a program at the other end; asks the kernel
     * for a larger pipe (F_SETPIPE_SZ), which Java cannot, says how large it is now (F_GETPIPE_SZ), and sleeps. Beyond what the kernel
     * allows a user it stays as it is; without Perl nobody knows how large that is.
     */
    private static final String SCRIPT = "read -r known || exit; exec 3<> \"$0\" %1$s 3>&-;"
            + " perl -e 'print STDERR int(fcntl(%2$s, 1031, %3$d) || fcntl(%2$s, 1032, 0))'; exec sleep %4$s 2> /dev/null";

    private static final long WANTED_BYTES = 1 << 20;

    private static final Duration ENDING = Duration.ofSeconds(10);

    private final TapePosition position;
    private final long wantedBytes;

    PipeKeeper(TapePosition position) {
        this(position, WANTED_BYTES);
    }

    /** One that asks for a pipe of so many bytes. */
    PipeKeeper(TapePosition position, long wantedBytes) {
        this.position = position;
        this.wantedBytes = wantedBytes;
    }

    /**
     * Starts it, unless one of a former process is still there. Before anybody else here opens the pipe: a program that waits for
     * that then finds it open for good.
     */
    void start(NamedPipe pipe, End end) throws IOException {
        if (running().isPresent()) {
            return;
        }
        Process process = unknown(pipe, end).start();
        position.keeper(process.pid(), Processes.startedTicks(process.toHandle()));
        try (OutputStream known = process.getOutputStream()) {
            known.write('\n');
        }
        try (InputStream said = process.getErrorStream()) {
            position.capacity(bytes(new String(said.readAllBytes(), StandardCharsets.US_ASCII)));
        }
    }

    /** One that is nobody's yet, and ends if it stays so. */
    ProcessBuilder unknown(NamedPipe pipe, End end) {
        String script = String.format(SCRIPT, end.opens, end.stream, wantedBytes, NodeProcess.KEEPING);
        return new ProcessBuilder("sh", "-c", script, pipe.path().toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static int bytes(String said) {
        return said.matches("\\d{1,9}") ? Integer.parseInt(said) : 0;
    }

    /** Bytes that the pipe holds; not more than that. */
    int capacity() {
        return Math.max(NamedPipe.LEAST_CAPACITY, position.capacity());
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
                .filter(keeper -> Processes.startedTicks(keeper) == position.keeperStarted());
    }
}
