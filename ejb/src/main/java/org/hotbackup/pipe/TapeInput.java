package org.hotbackup.pipe;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.hotbackup.control.messages.Refusal;

/**
 * A tape that is read once from its beginning to its end, while it is written or later: a file, a named pipe, or another special
 * file. {@link #close} ends a read that waits, from any thread.
 */
public final class TapeInput extends InputStream {

    private static final int BUFFER = 64 << 10;
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final FileInputStream file;

    private TapeInput(FileInputStream file) {
        this.file = file;
    }

    /**
     * Opens it. Of a pipe it waits for the first byte: so it does not take one that nobody has written to yet for one that ended.
     *
     * @param cancelled whether nobody wants it any more
     * @return the tape, buffered; at its end if it was cancelled
     * @throws IOException if it cannot be opened
     * @throws Refusal if it is a folder
     */
    public static InputStream open(Path path, BooleanSupplier cancelled) throws IOException, InterruptedException {
        if (Files.isRegularFile(path)) {
            return new BufferedInputStream(new TapeInput(new FileInputStream(path.toFile())), BUFFER);
        }
        NamedPipe pipe = NamedPipe.at(path);
        if (!pipe.isFifo()) {
            return new BufferedInputStream(new TapeInput(new FileInputStream(path.toFile())), BUFFER);
        }
        try (RandomAccessFile held = pipe.hold()) {
            FileInputStream in = new FileInputStream(path.toFile());
            while (NamedPipe.waiting(held) == 0 && !cancelled.getAsBoolean()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
            return new BufferedInputStream(new TapeInput(in), BUFFER);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        // through the channel: closing that ends a read which waits
        return length == 0 ? 0 : file.getChannel().read(ByteBuffer.wrap(bytes, from, length));
    }

    @Override
    public int available() throws IOException {
        return file.available();
    }

    @Override
    public void close() throws IOException {
        file.getChannel().close();
    }
}
