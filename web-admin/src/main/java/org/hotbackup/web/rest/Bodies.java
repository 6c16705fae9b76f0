package org.hotbackup.web.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** Request bodies: limited before they are kept, and so many large ones at a time that memory stays bounded. */
final class Bodies {

    private static final int MEGABYTE = 1 << 20;
    private static final int MEGABYTES_AT_A_TIME = 96;
    private static final long MOST_DRAINED = 256L * MEGABYTE;
    private static final long PATIENCE_SECONDS = 10;
    private static final Semaphore MEGABYTES = new Semaphore(MEGABYTES_AT_A_TIME, true);

    private Bodies() {}

    /**
     * The whole body.
     *
     * @throws Refusal if it has more bytes than that
     */
    static byte[] read(InputStream body, int most) {
        try {
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                drain(body);
                throw new Refusal(MessageCode.REQUEST_TOO_LARGE, most);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what is still to come of a body that is refused, within reason: who is still sending hears no answer. */
    static void drain(InputStream body) {
        try {
            byte[] buffer = new byte[MEGABYTE];
            long left = MOST_DRAINED;
            int read = body.read(buffer);
            while (read > 0 && left > 0) {
                left -= read;
                read = body.read(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole body of a request that says how long it is: nothing beside it is in memory. */
    static byte[] readExactly(InputStream body, int length) {
        try {
            byte[] bytes = new byte[length];
            if (body.readNBytes(bytes, 0, length) < length) {
                throw new Refusal(MessageCode.MALFORMED_REQUEST, "the body ends before its Content-Length");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does work that keeps a body of about so many bytes in memory; waits until there is room for it. */
    static <T> T inMemory(long bytes, Supplier<T> work) {
        int megabytes = (int) Math.min(MEGABYTES_AT_A_TIME, bytes / MEGABYTE);
        if (megabytes == 0) {
            // a fair semaphore would let it stand in the line of the large ones
            return work.get();
        }
        try {
            if (!MEGABYTES.tryAcquire(megabytes, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Refusal(MessageCode.BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(MessageCode.BUSY);
        }
        try {
            return work.get();
        } finally {
            MEGABYTES.release(megabytes);
        }
    }

    /** The body, which refuses to be read beyond a limit. */
    static InputStream limited(InputStream body, long most) {
        return new FilterInputStream(body) {
            private long left = most;

            @Override
            public int read() throws IOException {
                int b = super.read();
                count(b < 0 ? 0 : 1);
                return b;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                count(Math.max(0, read));
                return read;
            }

            private void count(int read) {
                left -= read;
                if (left < 0) {
                    throw new Refusal(MessageCode.REQUEST_TOO_LARGE, most);
                }
            }
        };
    }
}
