package org.hotbackup.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.IntSupplier;

/** What the bytes of a tape stand in. Not thread-safe. */
interface Medium {

    /** Something that is open for reading. */
    record Opened(InputStream in, IntSupplier percent) {}

    /** Writes. */
    @FunctionalInterface
    interface Writing {
        /** To a stream that need not be closed. */
        void to(OutputStream out);
    }

    /**
     * Opens a reel.
     *
     * @param number which one, from 1
     * @param from how many bytes of it are passed over
     * @return empty if there is no such reel, or if it is shorter
     */
    Optional<Opened> open(int number, long from, StopSign stop) throws IOException;

    /**
     * Writes from a place on; what was there is gone. After it returned all of it is on the disk, or in the pipe.
     *
     * @param from how many bytes are left as they are
     */
    void write(long from, StopSign stop, Writing writing) throws IOException;

    /** What a write began and did not end is taken away again, as far as that is possible. */
    void cut(long from) throws IOException;
}
