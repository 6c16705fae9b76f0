package org.hotbackup.device;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.hotbackup.tape.ReelTarget;

/** What the bytes of a tape stand in. Not thread-safe. */
interface Medium {

    /** Something that is open for reading. */
    record Opened(InputStream in, IntSupplier percent) {}

    /** Writes. */
    @FunctionalInterface
    interface Writing {
        /** To reels that need not be closed; each is asked for once, in their order. */
        void to(ReelTarget reels) throws IOException;
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
     * Writes from a place on; what was there and on further reels is gone. After it returned all of it is on the disk, or in
     * the pipe.
     *
     * @param reel the reel that is written first
     * @param from how many bytes of it are left as they are
     */
    void write(int reel, long from, StopSign stop, Writing writing) throws IOException;

    /** What a write began and did not end is taken away again, as far as that is possible. */
    void cut(int reel, long from) throws IOException;
}
