package org.hotbackup.pipe;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hotbackup.control.messages.Refusal;

/**
 * A tape that is read once from its beginning to its end, while it is written or later: a file, a named pipe, or another special
 * file. {@link #close} ends a read that waits, from any thread.
 */
public final class TapeStream extends InputStream {

    private static final int BUFFER = 64 << 10;

    /** A pipe that nothing has come out of yet, which has no end as long as it is open here. */
    private final Optional<HeldPipe> held;

    private final FileInputStream file;
    private boolean begun;

    private TapeStream(Optional<HeldPipe> held, Path path) throws IOException {
        this.held = held;
        this.file = new FileInputStream(path.toFile());
    }

    /**
     * Opens it. A pipe that nobody has written to yet is not taken for one that ended: reading waits for its first byte.
     *
     * @return the tape, buffered
     * @throws IOException if it cannot be opened
     * @throws Refusal if it is a folder
     */
    public static InputStream open(Path path) throws IOException {
        boolean fifo = !Files.isRegularFile(path) && NamedPipe.at(path).isFifo();
        Optional<HeldPipe> held = fifo ? Optional.of(HeldPipe.open(path)) : Optional.empty();
        return new BufferedInputStream(new TapeStream(held, path), BUFFER);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        // through the channel: closing that ends a read which waits
        int read = length == 0 ? 0 : file.getChannel().read(ByteBuffer.wrap(bytes, from, length));
        if (!begun && read > 0) {
            begun = true;
            letGo();
        }
        return read;
    }

    private void letGo() throws IOException {
        if (held.isPresent()) {
            held.get().close();
        }
    }

    @Override
    public int available() throws IOException {
        return file.available();
    }

    @Override
    public void close() throws IOException {
        try {
            file.getChannel().close();
        } finally {
            letGo();
        }
    }
}
