package org.hotbackup.tapesocket;

import java.util.function.Supplier;

/** Where a session says what it does with each frame, if anybody wants to know (TS-004, traceon). */
@FunctionalInterface
public interface TapeTraces {

    /** Nobody wants to know. */
    TapeTraces OFF = line -> {};

    /** Something happened; the line is made only if it is wanted. */
    void trace(Supplier<String> line);
}
