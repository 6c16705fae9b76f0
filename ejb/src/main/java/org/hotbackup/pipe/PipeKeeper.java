package org.hotbackup.pipe;

import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that does nothing but hold one end of a pipe open, also when the node is killed: the program at the other end then
 * neither dies of a pipe that nobody reads nor takes a pipe that nobody writes for the end of its tape.
 */
final class PipeKeeper {

    /** Which end it holds. */
    enum End {
        /** So that a program can go on writing. */
        READING,
        /** So that a program goes on waiting. */
        WRITING
    }

    private static final String COMMAND = "sleep";
    private static final String LONG_TIME = "2147483647";

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
        ProcessBuilder builder = new ProcessBuilder(COMMAND, LONG_TIME).redirectError(ProcessBuilder.Redirect.DISCARD);
        if (end == End.READING) {
            builder.redirectInput(file).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        } else {
            builder.redirectInput(new File("/dev/null")).redirectOutput(file);
        }
        ProcessHandle keeper = builder.start().toHandle();
        position.keeper(keeper.pid(), started(keeper));
    }

    /** Ends it, if there is one. */
    void end() {
        running().ifPresent(keeper -> {
            keeper.destroyForcibly();
            keeper.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        });
        position.keeper(0, 0);
    }

    /** The one that the position names, if it is that and no other process. */
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(position.keeperPid())
                .filter(keeper -> position.keeperPid() > 0)
                .filter(ProcessHandle::isAlive)
                .filter(keeper -> started(keeper) == position.keeperStarted());
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
