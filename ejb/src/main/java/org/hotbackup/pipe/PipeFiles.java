package org.hotbackup.pipe;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ServerMessages;

/** What a server keeps beside its pipe: how far it came, and what it read and could not send yet. */
public final class PipeFiles {

    private static final Logger LOGGER = Logger.getLogger(PipeFiles.class.getName());

    private static final long LEARNING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private PipeFiles() {}

    static Path position(Path files) {
        return files.resolveSibling(files.getFileName() + ".position");
    }

    static Path spool(Path files) {
        return files.resolveSibling(files.getFileName() + ".spool");
    }

    static Path kept(Path files) {
        return files.resolveSibling(files.getFileName() + ".kept");
    }

    /** The tape that is under way is given up, unless it is to be kept, and can be. */
    static void giveUp(TapePosition position, boolean keep, ServerMessages messages) {
        if (position.wasCut()) {
            messages.say(MessageCode.TAPE_CUT_BY_BOOT);
        }
        if (!keep) {
            PipeKeeper keeper = new PipeKeeper(position);
            if (keeper.running().isPresent()) {
                keeper.end();
                // a program that writes to the pipe learns now that nobody reads it, one that reads it that there is no
                // more
                LockSupport.parkNanos(LEARNING_NANOS);
            }
            if (position.bytes() > 0 && !position.ended()) {
                messages.say(MessageCode.TAPE_GIVEN_UP, position.bytes());
            }
            position.clear(0, 0);
            position.hungUp();
        }
    }

    /** What is in the pipe is thrown away, unless it is to be kept (TS-009). */
    static void clear(NamedPipe pipe, HeldPipe held, boolean keep, ServerMessages messages) throws IOException {
        if (!keep) {
            long drained = held.drain();
            if (drained > 0) {
                messages.say(MessageCode.PIPE_CLEARED, pipe.path(), drained);
            }
        }
    }

    /**
     * Forgets the tape of a server that does not run: its position, what it read, and the process that held its pipe.
     *
     * @param files its path without an ending
     */
    public static void forget(Path files) {
        try {
            if (Files.exists(position(files))) {
                new PipeKeeper(TapePosition.of(position(files))).end();
            }
            Files.deleteIfExists(position(files));
            Files.deleteIfExists(spool(files));
            Files.deleteIfExists(kept(files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void close(Closeable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a pipe could not be closed properly", e);
        }
    }
}
