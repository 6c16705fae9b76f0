package org.hotbackup.tape;

import java.io.IOException;
import java.io.OutputStream;

/** Where the reels of a tape go. */
@FunctionalInterface
public interface ReelTarget {

    /**
     * A new reel, empty; the caller buffers and closes it.
     *
     * @param number which one, from 1
     */
    OutputStream reel(int number) throws IOException;
}
