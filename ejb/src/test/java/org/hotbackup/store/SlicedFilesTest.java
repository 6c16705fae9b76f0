package org.hotbackup.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write of 97 MB in one call took as much memory outside the heap, and ended the node. */
class SlicedFilesTest {

    private static final int LENGTH = 3 * SlicedFiles.SLICE_BYTES + 17;

    @TempDir
    Path folder;

    @BeforeAll
    static void register() {
        SlicedFiles.register();
    }

    @Test
    void shouldReadAndWriteNoMoreThanASliceAtOnce() throws IOException {
        byte[] body = new byte[LENGTH];
        new Random(1).nextBytes(body);
        Path file = folder.resolve("file");
        try (FileChannel channel = FilePath.get("retry:sliced:" + file).open("rw")) {
            ByteBuffer source = ByteBuffer.wrap(body);
            ByteBuffer target = ByteBuffer.allocate(LENGTH);
            for (int at = 0; at < LENGTH; at += SlicedFiles.SLICE_BYTES) {
                int slice = Math.min(LENGTH - at, SlicedFiles.SLICE_BYTES);
                assertThat(channel.write(source, at)).isEqualTo(slice);
                assertThat(channel.read(target, at)).isEqualTo(slice);
                assertThat(source.limit()).isEqualTo(LENGTH);
                assertThat(target.limit()).isEqualTo(LENGTH);
            }
            assertThat(source.hasRemaining()).isFalse();
            assertThat(target.array()).isEqualTo(body);
            assertThat(channel.size()).isEqualTo(LENGTH);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(body);
    }

    /** H2 reads pages from the buffer that another thread writes: a limit that moved closed the database. */
    @Test
    void shouldLeaveTheBufferAloneWhileItIsWritten() throws IOException {
        ByteBuffer source = ByteBuffer.allocate(LENGTH);
        List<Integer> limits = new ArrayList<>();
        try (FileChannel file = FileChannel.open(folder.resolve("file"), CREATE, WRITE);
                FileChannel channel = SlicedFiles.sliced(new FileBaseDefault() {
                    @Override
                    public int write(ByteBuffer slice, long position) throws IOException {
                        limits.add(source.limit());
                        return file.write(slice, position);
                    }

                    @Override
                    public int read(ByteBuffer target, long position) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public long size() throws IOException {
                        return file.size();
                    }

                    @Override
                    protected void implTruncate(long size) {
                        throw new UnsupportedOperationException();
                    }
                })) {
            while (source.hasRemaining()) {
                channel.write(source, source.position());
            }
        }
        assertThat(limits).hasSize(4).containsOnly(LENGTH);
    }

    /** What StoreDataSource opens, over files whose every third transfer is interrupted after it was made. */
    @Test
    void shouldRepeatASliceThatWasInterrupted() throws IOException {
        FilePath.register(new InterruptedFiles());
        byte[] body = new byte[LENGTH];
        new Random(2).nextBytes(body);
        Path file = folder.resolve("file");
        byte[] read = new byte[LENGTH];
        try (FileChannel channel =
                FilePath.get("retry:sliced:interrupted:" + file).open("rw")) {
            ByteBuffer source = ByteBuffer.wrap(body);
            int written = 0;
            while (source.hasRemaining()) {
                written += channel.write(source, written);
            }
            ByteBuffer target = ByteBuffer.wrap(read);
            int taken = 0;
            while (target.hasRemaining()) {
                taken += channel.read(target, taken);
            }
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(body);
        assertThat(read).isEqualTo(body);
        assertThat(InterruptedFiles.transfers)
                .as("one more for each interrupted one")
                .hasValueGreaterThan(8);
    }

    /** Files whose transfers are interrupted now and then, when all is done. */
    public static final class InterruptedFiles extends FilePathWrapper {

        static final AtomicInteger transfers = new AtomicInteger();

        @Override
        public String getScheme() {
            return "interrupted";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            FileChannel file = getBase().open(mode);
            return new FileBaseDefault() {
                @Override
                public int read(ByteBuffer target, long position) throws IOException {
                    return orInterrupted(file.read(target, position));
                }

                @Override
                public int write(ByteBuffer source, long position) throws IOException {
                    return orInterrupted(file.write(source, position));
                }

                private int orInterrupted(int count) throws IOException {
                    if (transfers.incrementAndGet() % 3 == 0) {
                        throw new ClosedByInterruptException();
                    }
                    return count;
                }

                @Override
                public long size() throws IOException {
                    return file.size();
                }

                @Override
                protected void implTruncate(long size) throws IOException {
                    file.truncate(size);
                }

                @Override
                protected void implCloseChannel() throws IOException {
                    file.close();
                }
            };
        }
    }
}
