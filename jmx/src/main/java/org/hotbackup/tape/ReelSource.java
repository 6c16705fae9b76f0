package org.hotbackup.tape;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where the reels of a tape come from: a list of images, a pipe, or a person who is asked for them. */
@FunctionalInterface
public interface ReelSource {

    /**
     * A reel, from its beginning; asked for in their order, and again where there was none. The caller closes it.
     *
     * @param number which one, from 1
     * @param needed whether the tape certainly goes on there; if not, it is only taken if it is at hand
     * @return empty if there is none
     */
    Optional<InputStream> reel(int number, boolean needed) throws IOException;

    /** A tape of one reel. */
    static ReelSource of(InputStream only) {
        return (number, needed) -> number == 1 ? Optional.of(only) : Optional.empty();
    }
}
