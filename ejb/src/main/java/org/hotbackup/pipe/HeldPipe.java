package org.hotbackup.pipe;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A pipe that is open here for both reading and writing, which does not wait for a program at the other end; as long as it is open,
 * no reader sees an end. Closing it from another thread ends a read or a write that waits.
 */
final class HeldPipe implements Closeable {

    private final RandomAccessFile file;

    /** One for as long as the pipe is open: each would be remembered until then. */
    private final FileInputStream counter;

    private HeldPipe(RandomAccessFile file) throws IOException {
        this.file = file;
        this.counter = new FileInputStream(file.getFD());
    }

    static HeldPipe open(Path path) throws IOException {
        return new HeldPipe(new RandomAccessFile(path.toFile(), "rw"));
    }

    /** To read or to write. */
    FileChannel channel() {
        return file.getChannel();
    }

    /** How many bytes are in it, and not read. */
    int waiting() throws IOException {
        return counter.available();
    }

    /** Reads what is in it now, and throws it away; says how many bytes. */
    long drain() throws IOException {
        ByteBuffer away = ByteBuffer.allocate(NamedPipe.CAPACITY);
        long drained = 0;
        for (int there = waiting(); there > 0; there = waiting()) {
            away.clear().limit(Math.min(there, away.capacity()));
            drained += channel().read(away);
        }
        return drained;
    }

    @Override
    public void close() throws IOException {
        // the channel first: that ends whoever waits in it, and closes the others
        file.getChannel().close();
        file.close();
    }
}
