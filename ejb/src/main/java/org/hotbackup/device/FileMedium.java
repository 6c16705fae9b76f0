package org.hotbackup.device;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.hotbackup.tape.ReelTarget;

/** A pseudo-tape: a file, or several of which the second is called as the first with {@code -2} behind it. */
final class FileMedium implements Medium {

    private static final int BUFFER_BYTES = 128 << 10;
    private static final int GZIP_MAGIC = 0x1F8B;

    private final Path path;
    private final boolean compressed;
    private final TapeOutput.Room room;

    /**
     * The file at a place, which need not be there.
     *
     * @param compressed whether what is written is compressed; what is read may be either
     * @param room looks whether the disk has room
     */
    FileMedium(Path path, boolean compressed, TapeOutput.Room room) {
        this.path = path;
        this.compressed = compressed;
        this.room = room;
    }

    @Override
    public Optional<Opened> open(int number, long from, StopSign stop) throws IOException {
        Path reel = reel(number);
        if (!Files.exists(reel)) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(reel, StandardOpenOption.READ);
        try {
            boolean packed = isPacked(reel);
            if (!packed) {
                if (from > channel.size()) {
                    channel.close();
                    return Optional.empty();
                }
                channel.position(from);
            }
            TapeInput file = new TapeInput(channel, packed ? 0 : from, channel.size(), stop);
            InputStream in = new BufferedInputStream(file, BUFFER_BYTES);
            if (packed) {
                in = new BufferedInputStream(new GZIPInputStream(in, BUFFER_BYTES), BUFFER_BYTES);
                in.skipNBytes(from);
            }
            return Optional.of(new Opened(in, file::percent));
        } catch (EOFException e) {
            channel.close();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isPacked(Path reel) throws IOException {
        try (InputStream in = Files.newInputStream(reel)) {
            return (in.read() << 8 | in.read()) == GZIP_MAGIC;
        }
    }

    private Path reel(int number) {
        return number == 1 ? path : path.resolveSibling(path.getFileName() + "-" + number);
    }

    @Override
    public void write(int reel, long from, StopSign stop, Writing writing) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        deleteBehind(reel);
        try (Written reels = new Written(reel, from, stop)) {
            writing.to(reels);
            reels.end();
        }
    }

    /** What an earlier tape left on further reels is not part of this one. */
    private void deleteBehind(int reel) throws IOException {
        int next = reel + 1;
        while (Files.deleteIfExists(reel(next))) {
            next++;
        }
    }

    @Override
    public void cut(int reel, long from) throws IOException {
        deleteBehind(reel);
        try (FileChannel channel = FileChannel.open(reel(reel), StandardOpenOption.WRITE)) {
            channel.truncate(from);
        }
    }

    /** The reels that are written, one at a time: each is on the disk before the next is begun. */
    private final class Written implements ReelTarget, AutoCloseable {

        private final int first;
        private final long from;
        private final StopSign stop;
        private FileChannel channel;
        private OutputStream out;

        Written(int first, long from, StopSign stop) {
            this.first = first;
            this.from = from;
            this.stop = stop;
        }

        @Override
        public OutputStream reel(int number) throws IOException {
            end();
            channel = FileChannel.open(
                    FileMedium.this.reel(number),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            long beginning = number == first ? from : 0;
            channel.truncate(beginning).position(beginning);
            OutputStream file = new TapeOutput(channel, room, stop);
            out = compressed ? new GZIPOutputStream(file, BUFFER_BYTES) : file;
            return out;
        }

        /** Everything of the present reel is on the disk then. */
        void end() throws IOException {
            if (channel != null) {
                out.close();
                channel.force(true);
                close();
            }
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        }
    }
}
