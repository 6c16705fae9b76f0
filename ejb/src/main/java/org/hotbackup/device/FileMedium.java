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
        Path reel = number == 1 ? path : path.resolveSibling(path.getFileName() + "-" + number);
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

    @Override
    public void write(long from, StopSign stop, Writing writing) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.truncate(from).position(from);
            OutputStream file = new TapeOutput(channel, room, stop);
            if (compressed) {
                try (OutputStream packed = new GZIPOutputStream(file, BUFFER_BYTES)) {
                    writing.to(packed);
                }
            } else {
                writing.to(file);
            }
            channel.force(true);
        }
    }

    @Override
    public void cut(long from) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(from);
        }
    }
}
