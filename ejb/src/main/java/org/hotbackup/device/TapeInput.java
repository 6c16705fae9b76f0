package org.hotbackup.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a file or a pipe; a read ends when it is told to stop. Not thread-safe, but for {@link #percent}. */
final class TapeInput extends InputStream {

    private static final int WHOLE = 100;

    private final FileChannel channel;
    private final StopSign stop;
    private final long size;
    private final String peer;
    private volatile long consumed;

    /**
     * Reads a channel from its position.
     *
     * @param size how many bytes there are up to its end, 0 if that is not known
     */
    TapeInput(FileChannel channel, long from, long size, StopSign stop) {
        this(channel, from, size, stop, "");
    }

    /**
     * The same.
     *
     * @param peer for whom it waits while the pipe is empty, for people; empty if it is none
     */
    TapeInput(FileChannel channel, long from, long size, StopSign stop, String peer) {
        this.peer = peer;
        this.channel = channel;
        this.consumed = from;
        this.size = size;
        this.stop = stop;
    }

    /** How far it is, -1 if that is not known. */
    int percent() {
        return size == 0 ? -1 : (int) Math.min(WHOLE, WHOLE * consumed / size);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        stop.check();
        stop.stands(peer);
        try {
            int read = channel.read(ByteBuffer.wrap(bytes, from, length));
            consumed += Math.max(0, read);
            return read;
        } catch (IOException e) {
            stop.check();
            throw e;
        } finally {
            stop.goesOn();
        }
    }

    /** What a file still has; of a pipe nothing is known. */
    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, size - consumed));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
