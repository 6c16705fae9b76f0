package org.hotbackup.pipe;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** A named pipe ({@code mkfifo}), or another special file that can be read like one. Immutable. */
public final class NamedPipe {

    /** What the kernel's pipes hold, as Linux makes them. */
    static final int CAPACITY = 64 << 10;

    static final int PAGE = 4 << 10;

    /** What they hold for a user who has 64 MB of them: two pages. */
    static final int LEAST_CAPACITY = 2 * PAGE;

    private static final Logger LOGGER = Logger.getLogger(NamedPipe.class.getName());
    private static final Path PROCESSES = Path.of("/proc");
    private static final int TYPE = 0170000;
    private static final int FIFO = 0010000;
    private static final int CHARACTER_DEVICE = 0020000;

    private final Path path;
    private final boolean fifo;

    private NamedPipe(Path path, boolean fifo) {
        this.path = path;
        this.fifo = fifo;
    }

    /**
     * The pipe at a place.
     *
     * @throws Refusal if there is none, or if it is an ordinary file, a folder or a block device
     */
    public static NamedPipe at(Path path) {
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode") & TYPE;
            if (mode == FIFO || mode == CHARACTER_DEVICE) {
                return new NamedPipe(path, mode == FIFO);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new Refusal(MessageCode.NO_PIPE, path);
        }
        throw new Refusal(MessageCode.NOT_A_PIPE, path);
    }

    /**
     * The named pipe at a place in a folder of the node, which is made if there is none.
     *
     * @throws Refusal if it cannot be made, or if something else is there
     */
    public static NamedPipe in(Path folder, String name) {
        Path path = folder.resolve(name);
        try {
            Files.createDirectories(folder, OwnersOnly.FOLDER);
            if (Files.notExists(path)) {
                Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                mkfifo.waitFor(10, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            throw new Refusal(MessageCode.NO_PIPE, path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return at(path);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Whether it is a named pipe, and not a device. */
    public boolean isFifo() {
        return fifo;
    }

    /** Whether it is what is at another place, under whatever name. */
    public boolean isAt(Path place) {
        try {
            return Files.isSameFile(path, place);
        } catch (IOException e) {
            // nothing is there
            return false;
        }
    }

    /** For people. */
    public String kind() {
        return fifo ? "named pipe" : "device";
    }

    /** Opens it for both reading and writing. */
    HeldPipe hold() throws IOException {
        return HeldPipe.open(path);
    }

    /** Whether a process that can be looked at, mostly one of the same user, has it open. */
    boolean isOpen() {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            Path real = path.toRealPath();
            for (Path process : processes) {
                if (isOpenIn(process, real)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOGGER.log(Level.FINE, "who has a pipe open cannot be seen", e);
        }
        return false;
    }

    private static boolean isOpenIn(Path process, Path pipe) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).equals(pipe)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // it ended meanwhile, or is another user's
        }
        return false;
    }

    /** How many bytes are in it and not read, -1 if that cannot be known. */
    public int waiting() {
        if (!fifo) {
            return -1;
        }
        try (HeldPipe open = hold()) {
            return open.waiting();
        } catch (IOException e) {
            return -1;
        }
    }

    /**
     * Empties it: what is in it now is read and thrown away.
     *
     * @return how many bytes
     * @throws Refusal if it cannot be opened
     */
    public long drain() {
        if (!fifo) {
            return 0;
        }
        try (HeldPipe open = hold()) {
            return open.drain();
        } catch (IOException e) {
            throw new Refusal(MessageCode.PIPE_NOT_OPENED, path, e.getMessage());
        }
    }
}
