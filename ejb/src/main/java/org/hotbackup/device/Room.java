package org.hotbackup.device;

import java.io.IOException;

/** The room for what is written to a tape. */
@FunctionalInterface
interface Room {

    /** Throws what the user is told if there is none for so many bytes more. */
    void check(long bytes) throws IOException;
}
