package org.hotbackup.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** What the machine itself can do, measured in the same run. */
final class Floors {

    private static final int BLOCK_BYTES = 4096;
    private static final int BLOCKS = 4096;

    private Floors() {}

    /** Forced writes of 4 KB into a file that has its size already, a second, by one thread. */
    static double forcedWrites(Path folder, long millis) {
        Path file = folder.resolve("floor");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            for (int i = 0; i < BLOCKS; i++) {
                channel.write(block.rewind(), (long) i * BLOCK_BYTES);
            }
            channel.force(true);
            long start = System.nanoTime();
            long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
            int writes = 0;
            while (System.nanoTime() < end) {
                channel.write(block.rewind(), (long) (writes % BLOCKS) * BLOCK_BYTES);
                channel.force(false);
                writes++;
            }
            return writes / ((System.nanoTime() - start) / 1e9);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
