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
     * Where something is written.
     *
     * @param reel the reel that is written first
     * @param from how many bytes of it are left as they are
     * @param held how many bytes behind these say that the tape ends there, 0 if it does not: they stay what they are until
     *     everything behind them is written
     */
    record Place(int reel, long from, int held) {}

    /**
     * Writes from a place on. When it returns all of it is on the disk, or in the pipe, and what was there and on further reels
     * is gone; if it fails, files are as they were.
     */
    void write(Place place, StopSign stop, Writing writing) throws IOException;

    /** Whether what is recorded on a reel is compressed. */
    boolean isCompressed(int reel) throws IOException;

    /** What stands behind a place is taken away, with all further reels. */
    void cut(int reel, long from) throws IOException;
}
