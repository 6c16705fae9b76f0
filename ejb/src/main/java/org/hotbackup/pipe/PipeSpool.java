package org.hotbackup.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * What was read from a pipe and is not acknowledged yet: a file of a fixed size that is part of the process's memory, so that the
 * kernel puts there itself what it takes out of the pipe, and that is filled from its beginning again when it is full.
 *
 * <p>A read that a process is killed in took all that it wanted or nothing, if no page of the place has to be fetched meanwhile: for
 * that the kernel would break off after the bytes before. So every page is written to before, and both ends of the place tell
 * afterwards what happened.
 */
final class PipeSpool {

    /** What a read that a process was killed in did. */
    enum Read {
        NOTHING,
        ALL,
        /** Nobody knows how much it took. */
        TORN
    }

    private static final Set<StandardOpenOption> OPENED =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_BLOCKS = 32_768;
    private static final int MARK_BYTES = Long.BYTES;

    private final MappedByteBuffer memory;

    private PipeSpool(MappedByteBuffer memory) {
        this.memory = memory;
    }

    /**
     * The spool in a file, which is made, and has all its space at once: for 16 MB and 32,768 blocks at most, and whole ones.
     *
     * @throws IOException if there is no room for it
     */
    static PipeSpool ofBlocks(Path file, int blockSize) throws IOException {
        return open(file, Math.min(MOST_BLOCKS, MOST_BYTES / blockSize) * blockSize);
    }

    /** The same for so many bytes. */
    static PipeSpool open(Path file, int capacity) throws IOException {
        try (FileChannel channel = FileChannel.open(file, OPENED, OwnersOnly.FILE)) {
            ByteBuffer nothing = ByteBuffer.allocate(NamedPipe.CAPACITY);
            while (channel.size() < capacity) {
                nothing.clear().limit((int) Math.min(nothing.capacity(), capacity - channel.size()));
                channel.write(nothing, channel.size());
            }
            return new PipeSpool(channel.map(FileChannel.MapMode.READ_WRITE, 0, capacity));
        }
    }

    /** Bytes that it holds. */
    int capacity() {
        return memory.capacity();
    }

    /** How many bytes can be put behind so many of the tape in one piece, if the last ones are still to be kept. */
    int room(long bytes, long unacknowledged) {
        return (int) Math.min(capacity() - unacknowledged, capacity() - bytes % capacity());
    }

    /** The place of so many bytes of the tape, not more than lie in one piece. */
    ByteBuffer place(long from, int length) {
        return memory.slice((int) (from % capacity()), length);
    }

    /** Bytes of the tape that were read, as many of them as lie in one piece. */
    ByteBuffer read(long from, long most) {
        int at = (int) (from % capacity());
        return memory.asReadOnlyBuffer().slice(at, (int) Math.min(most, capacity() - at));
    }

    /** Makes a place ready for a read. */
    static void prepare(ByteBuffer place, long mark) {
        for (int at = 0; at < place.limit(); at += NamedPipe.PAGE) {
            place.put(at, (byte) 0);
        }
        ByteBuffer bytes = mark(mark, place);
        int last = place.limit() - bytes.limit();
        place.put(last, bytes, 0, bytes.limit());
        place.put(0, bytes, 0, bytes.limit());
    }

    /** What a read into a place that was made ready did. */
    static Read read(ByteBuffer place, long mark) {
        ByteBuffer bytes = mark(mark, place);
        if (place.slice(0, bytes.limit()).equals(bytes)) {
            return Read.NOTHING;
        }
        int last = place.limit() - bytes.limit();
        return last > 0 && place.slice(last, bytes.limit()).equals(bytes) ? Read.TORN : Read.ALL;
    }

    private static ByteBuffer mark(long mark, ByteBuffer place) {
        return ByteBuffer.allocate(MARK_BYTES).putLong(0, mark).limit(Math.min(MARK_BYTES, place.limit()));
    }
}
