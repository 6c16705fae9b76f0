package org.hotbackup.tapesocket;

import java.nio.ByteBuffer;

/**
 * What was read from the output server's pipe and is not acknowledged: one tape, cut into blocks that are numbered from 1 on.
 * It outlives its server. {@link #acknowledged(long)} and {@link #nextTape} are for the session's thread.
 */
public interface TapeSource {

    /** Which tape, a random number, never 0. */
    long tape();

    /** Bytes of every block but the last. */
    int blockSize();

    /** Blocks that are acknowledged, and may be forgotten. */
    long acknowledged();

    /** Number of the last block that can be sent: whole, or the last of a tape that ended. */
    long available();

    /** Bytes of the tape so far. */
    long bytes();

    /** Whether the program at the pipe closed it. */
    boolean ended();

    /**
     * Blocks that are not acknowledged, one after the other, where they are: until they are acknowledged.
     *
     * @param first number of the first, at most {@link #available}
     * @param mostBytes how many bytes at most, at least a block
     */
    ByteBuffer read(long first, int mostBytes);

    /** Everything up to this block may be forgotten. */
    void acknowledged(long blocks);

    /** The tape ended and is wholly acknowledged: the pipe is read again, under another number. */
    void nextTape();
}
