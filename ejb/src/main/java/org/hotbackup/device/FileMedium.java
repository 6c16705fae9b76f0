package org.hotbackup.device;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.hotbackup.pipe.Folders;
import org.hotbackup.pipe.OwnersOnly;
import org.hotbackup.tape.ReelTarget;

/**
 * A pseudo-tape: a file, or several of which the second is called as the first with {@code -2} behind it. Only the user of the
 * node's process may read what it makes.
 */
final class FileMedium implements Medium {

    /** What a tape is called until it is whole and takes the place of the one before it. */
    private static final String UNFINISHED = ".unfinished";

    private static final int BUFFER_BYTES = 128 << 10;
    private static final long COPY_BYTES = 8L << 20;
    private static final int GZIP_MAGIC = 0x1F8B;

    private final Path path;
    private final boolean compressed;
    private final Room room;

    /**
     * The file at a place, which need not be there.
     *
     * @param compressed whether what is written is compressed; what is read may be either
     * @param room looks whether the disk has room
     */
    FileMedium(Path path, boolean compressed, Room room) {
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

    @Override
    public boolean isCompressed(int reel) throws IOException {
        return Files.exists(reel(reel)) && isPacked(reel(reel));
    }

    /** A reel that is a link stays one: what it leads to is replaced. */
    private Path reel(int number) {
        Path reel = number == 1 ? path : path.resolveSibling(path.getFileName() + "-" + number);
        try {
            return Files.isSymbolicLink(reel) ? reel.toRealPath() : reel;
        } catch (IOException e) {
            return reel;
        }
    }

    private Path unfinished(int number) {
        Path reel = reel(number);
        return reel.resolveSibling(reel.getFileName() + UNFINISHED);
    }

    @Override
    public void write(Place place, StopSign stop, Writing writing) throws IOException {
        Path first = reel(place.reel());
        Files.createDirectories(first.toAbsolutePath().getParent(), OwnersOnly.FOLDER);
        if (Files.exists(first) && !Files.isRegularFile(first)) {
            throw new IOException(first.getFileName() + " is no file");
        }
        try (Written reels = new Written(place, stop)) {
            writing.to(reels);
            reels.end();
        }
    }

    @Override
    public void cut(int reel, long from) throws IOException {
        deleteBehind(reel);
        try (FileChannel channel = FileChannel.open(reel(reel), StandardOpenOption.WRITE)) {
            channel.truncate(from);
        }
    }

    /** What an earlier tape left on further reels is not part of this one. */
    private void deleteBehind(int reel) throws IOException {
        int next = reel + 1;
        while (Files.deleteIfExists(reel(next))) {
            next++;
        }
    }

    /** Takes away what a process left that did not come to write its end. */
    void deleteUnfinished() throws IOException {
        Pattern names = Pattern.compile(
                Pattern.quote(reel(1).getFileName().toString()) + "(-[0-9]+)?" + Pattern.quote(UNFINISHED));
        Path folder = reel(1).toAbsolutePath().getParent();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(
                    folder, file -> names.matcher(file.getFileName().toString()).matches())) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
        }
    }

    /**
     * The reels that are written, one at a time, each beside the one whose place it takes in the end. Behind what is on a reel
     * it is written into that reel, with the filemark that ends it left where it stands until all of it is on the disk: until
     * then the tape ends as it did.
     */
    private final class Written implements ReelTarget, AutoCloseable {

        private final Place place;
        private final StopSign stop;
        private final long sizeBefore;
        private ByteBuffer held = ByteBuffer.allocate(0);
        private FileChannel channel;
        private OutputStream out;
        private int last;
        private boolean whole;

        Written(Place place, StopSign stop) throws IOException {
            this.place = place;
            this.stop = stop;
            this.last = place.reel() - 1;
            this.sizeBefore = isBehind() ? Math.min(Files.size(first()), place.from() + place.held()) : 0;
        }

        private Path first() {
            return FileMedium.this.reel(place.reel());
        }

        private boolean isBehind() {
            return place.held() > 0;
        }

        @Override
        public OutputStream reel(int number) throws IOException {
            force();
            last = number;
            boolean inPlace = isBehind() && number == place.reel();
            OutputStream file;
            if (inPlace) {
                channel = FileChannel.open(FileMedium.this.reel(number), StandardOpenOption.WRITE);
                channel.truncate(sizeBefore).position(place.from() + place.held());
                held = ByteBuffer.allocate(place.held());
                file = new HoldingBack(held, new TapeOutput(channel, room, stop));
            } else {
                channel = create(unfinished(number));
                if (number == place.reel()) {
                    copyBefore(channel);
                }
                file = new TapeOutput(channel, room, stop);
            }
            out = compressed ? new GZIPOutputStream(file, BUFFER_BYTES) : file;
            return out;
        }

        private FileChannel create(Path file) throws IOException {
            Files.deleteIfExists(file);
            return FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnersOnly.FILE);
        }

        /** What stands before the place where it begins is part of what it becomes. */
        private void copyBefore(FileChannel to) throws IOException {
            if (place.from() > 0) {
                try (FileChannel from = FileChannel.open(first(), StandardOpenOption.READ)) {
                    long at = 0;
                    while (at < place.from()) {
                        stop.check();
                        room.check(COPY_BYTES);
                        at += from.transferTo(at, Math.min(COPY_BYTES, place.from() - at), to);
                    }
                }
            }
        }

        /** Everything of the present reel is on the disk then. */
        private void force() throws IOException {
            if (channel != null) {
                out.close();
                channel.force(true);
                channel.close();
                channel = null;
            }
        }

        /** All of it takes its place: the first reel last, so that until then the tape before, if it had one reel, stands. */
        void end() throws IOException {
            force();
            int next = place.reel() + (isBehind() ? 1 : 0);
            for (int number = last; number >= next; number--) {
                Files.move(unfinished(number), FileMedium.this.reel(number), StandardCopyOption.ATOMIC_MOVE);
            }
            deleteBehind(last);
            Folders.force(first().toAbsolutePath().getParent());
            if (isBehind()) {
                try (FileChannel first = FileChannel.open(first(), StandardOpenOption.WRITE)) {
                    held.flip();
                    first.position(place.from());
                    while (held.hasRemaining()) {
                        first.write(held);
                    }
                    if (held.limit() < place.held()) {
                        // it was full, and the tape goes on with the next reel
                        first.truncate(first.position());
                    }
                    first.force(true);
                }
            }
            whole = true;
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
                channel = null;
            }
            if (!whole) {
                for (int number = place.reel(); number <= last; number++) {
                    Files.deleteIfExists(unfinished(number));
                }
                if (isBehind()) {
                    try (FileChannel first = FileChannel.open(first(), StandardOpenOption.WRITE)) {
                        first.truncate(sizeBefore);
                    }
                }
            }
        }
    }
}
