package org.hotbackup.tapesocket;

import java.nio.ByteBuffer;

/**
 * What the two tape-socket servers say to each other; TAPE-PROTOCOL.md has the layouts and the order. A conversation is about
 * one tape: what a program writes to the output server's pipe from its first byte until it closes the pipe.
 */
public sealed interface TapeFrame {

    /**
     * Output: begins a conversation.
     *
     * @param server its name
     * @param nodeId its node's identity
     * @param tape which tape, a random number, never 0
     * @param blockSize bytes of every block but the last of the tape
     * @param firstBlock the first block that it can still send, from 1 on
     * @param clockMillis its clock, epoch milliseconds
     */
    record Hello(String server, String nodeId, long tape, int blockSize, long firstBlock, long clockMillis)
            implements TapeFrame {}

    /**
     * Input: goes on with this tape.
     *
     * @param server its name
     * @param nodeId its node's identity
     * @param received blocks of this tape that it has
     * @param written blocks of this tape that are in its pipe, not more than {@code received}
     * @param ended whether it has the end of this tape, and has closed its pipe
     * @param callerClockMillis the clock of the Hello that this answers
     * @param clockMillis its own clock, epoch milliseconds
     */
    record Ready(
            String server,
            String nodeId,
            long received,
            long written,
            boolean ended,
            long callerClockMillis,
            long clockMillis)
            implements TapeFrame {}

    /**
     * Output: consecutive blocks, each with a checksum of its own on the wire.
     *
     * @param first number of the first, from 1 on
     * @param blockSize bytes of every block but the last of a tape
     * @param data their bytes, at least one, from its position to its limit; not to be changed, nor its position
     */
    record Blocks(long first, int blockSize, ByteBuffer data) implements TapeFrame {

        /** How many. */
        int count() {
            return (data.remaining() + blockSize - 1) / blockSize;
        }

        /** Number of the last. */
        long last() {
            return first + count() - 1;
        }
    }

    /**
     * Output: the program at its pipe closed it.
     *
     * @param blocks of the tape
     * @param bytes of the tape
     */
    record End(long blocks, long bytes) implements TapeFrame {}

    /**
     * Input: everything up to this block was written to its pipe; the answer to a heartbeat as well.
     *
     * @param blocks of this tape
     * @param ended whether the end was as well: its pipe is empty and closed
     */
    record Written(long blocks, boolean ended) implements TapeFrame {}

    /**
     * Output: is somebody there, and did everything up to this block arrive?
     *
     * @param lastBlock number of the last block that was sent
     */
    record Heartbeat(long lastBlock) implements TapeFrame {}

    /** Either: the conversation is over, for this reason, a message of the catalogue. */
    record Refuse(String messageId, String text) implements TapeFrame {}

    /** Output: both servers stop now (TS-004). */
    record Shutdown() implements TapeFrame {}

    /** Input: it stops. */
    record ShuttingDown() implements TapeFrame {}

    /** Output: who is there? Needs no conversation. */
    record Check() implements TapeFrame {}

    /**
     * Input: what it is and how far it has come.
     *
     * @param text for people
     */
    record CheckReply(String text) implements TapeFrame {}
}
