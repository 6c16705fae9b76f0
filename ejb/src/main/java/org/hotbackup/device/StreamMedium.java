package org.hotbackup.device;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.hotbackup.pipe.NamedPipe;

/**
 * A pipe or another special file, read and written in one go. A pipe waits for a program at its other end; one who is told
 * to stop meanwhile gets that program for a moment.
 */
final class StreamMedium implements Medium {

    private static final int BUFFER_BYTES = 64 << 10;

    private final Path path;
    private final boolean pipe;

    StreamMedium(NamedPipe file) {
        this.path = file.path();
        this.pipe = file.isFifo();
    }

    @Override
    public Optional<Opened> open(int number, long from, StopSign stop) throws IOException {
        if (number > 1) {
            return Optional.empty();
        }
        TapeInput in = new TapeInput(
                channel(StandardOpenOption.READ, stop),
                0,
                0,
                stop,
                peer("for more from the program that writes into "));
        return Optional.of(new Opened(new BufferedInputStream(in, BUFFER_BYTES), in::percent));
    }

    @Override
    public void write(Place place, StopSign stop, Writing writing) throws IOException {
        try (FileChannel channel = channel(StandardOpenOption.WRITE, stop)) {
            writing.to(number -> new TapeOutput(channel, bytes -> {}, stop, peer("for the program that reads ")));
        }
    }

    /** Nobody, unless it is a pipe. */
    private String peer(String whoIsAt) {
        return pipe ? whoIsAt + path : "";
    }

    private FileChannel channel(StandardOpenOption way, StopSign stop) throws IOException {
        if (pipe) {
            stop.wakenBy(this::open);
        }
        stop.check();
        if (pipe) {
            stop.waits(
                    (way == StandardOpenOption.READ ? "for a program that writes into " : "for a program that reads ")
                            + path);
        }
        FileChannel channel = FileChannel.open(path, way);
        stop.goesOn();
        stop.wakenBy(() -> close(channel));
        if (stop.isRaised()) {
            channel.close();
        }
        stop.check();
        return channel;
    }

    /** Whoever waits in opening it goes on. */
    private void open() {
        try (RandomAccessFile both = new RandomAccessFile(path.toFile(), "rw")) {
            // that is all
        } catch (IOException e) {
            // it is gone, and nobody waits there
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // whoever reads or writes it is told
        }
    }

    @Override
    public boolean isCompressed(int reel) {
        return false;
    }

    @Override
    public void cut(int reel, long from) {
        // what is in a pipe is on its way
    }
}
