package org.hotbackup.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system for H2 that reads and writes another one's files in slices. H2 reads a page and writes all pages since the
 * last checkpoint in one call, up to 100 MB after a large delete, and the channel of a file takes as much memory outside
 * the heap for it (ADR 7). Thread-safe.
 */
public final class SlicedFiles extends FilePathWrapper {

    /** How a file's name begins, without the colon. */
    static final String SCHEME = "sliced";

    /** As much as a thread keeps outside the heap for its next call: {@code jdk.nio.maxCachedBufferSize} of a node. */
    static final int SLICE_BYTES = 256 * 1024;

    /** Lets H2 know it; again does no harm. */
    static void register() {
        FilePath.register(new SlicedFiles());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return sliced(getBase().open(mode));
    }

    /** Another channel in slices. */
    static FileChannel sliced(FileChannel base) {
        return new Channel(base);
    }

    /** Reads and writes no more than a slice at once; H2 asks again for the rest. */
    private static final class Channel extends FileBaseDefault {

        private final FileChannel base;

        Channel(FileChannel base) {
            this.base = base;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return slice(target, slice -> base.read(slice, position));
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return slice(source, slice -> base.write(slice, position));
        }

        /** Leaves the limit of the buffer alone: H2 lets others read a buffer that it writes. */
        private static int slice(ByteBuffer whole, Transfer transfer) throws IOException {
            ByteBuffer slice = whole.duplicate();
            slice.limit(slice.position() + Math.min(slice.remaining(), SLICE_BYTES));
            int transferred = transfer.of(slice);
            whole.position(slice.position());
            return transferred;
        }

        private interface Transfer {
            int of(ByteBuffer slice) throws IOException;
        }

        @Override
        public long size() throws IOException {
            return base.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            base.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            base.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return base.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }

        @Override
        public String toString() {
            return base.toString();
        }
    }
}
