package org.hotbackup.matrix;

import java.util.Optional;

/** A way to the operations of a node, for users of each role. */
interface Surface extends AutoCloseable {

    /** What it is called in the matrix. */
    String title();

    /**
     * Calls an operation there.
     *
     * @return what came of it, as {@link EveryOperation#outcome} writes it; empty if the operation cannot be called there
     */
    Optional<String> call(EveryOperation row, String role) throws Exception;

    @Override
    default void close() {
        // most leave nothing open
    }
}
