package org.hotbackup.device;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes a file or a pipe; a write ends when it is told to stop, and where there would be no room left. Not thread-safe. */
final class TapeOutput extends OutputStream {

    private static final long STEP_BYTES = 8L << 20;

    private final FileChannel channel;
    private final StopSign stop;
    private final Room room;
    private final String peer;
    private long untilLook;

    TapeOutput(FileChannel channel, Room room, StopSign stop) {
        this(channel, room, stop, "");
    }

    /**
     * The same.
     *
     * @param peer for whom it waits while the pipe is full, for people; empty if it is none
     */
    TapeOutput(FileChannel channel, Room room, StopSign stop, String peer) {
        this.channel = channel;
        this.room = room;
        this.stop = stop;
        this.peer = peer;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(bytes, from, length);
        untilLook -= length;
        if (untilLook < 0) {
            room.check(STEP_BYTES);
            untilLook = STEP_BYTES;
        }
        stop.stands(peer);
        try {
            while (all.hasRemaining()) {
                stop.check();
                channel.write(all);
            }
        } catch (IOException e) {
            stop.check();
            throw e;
        } finally {
            stop.goesOn();
        }
    }

    /** Does not close the channel, which is to be forced to the disk first. */
    @Override
    public void close() {
        // the medium does it
    }
}
