package org.hotbackup.tapesocket;

import org.hotbackup.replication.ServerStatus;

/**
 * How far a tape-socket server has come, at a moment.
 *
 * @param status in the manual's words
 * @param peer who is at the other end, host:port, empty if nobody
 * @param block number of the last block of this tape sent (output) or received (input)
 * @param acknowledged number of the last block of this tape that is in the input server's pipe
 * @param tapes tapes that were carried from their first byte to their end since the server started
 * @param bytes bytes of tapes sent, repeats included, or received since the server started
 * @param reconnects how often the connection was made again since the server started
 * @param clock how far the other clock is ahead, for people; empty if it was not measured
 */
public record TapeFigures(
        ServerStatus status,
        String peer,
        long block,
        long acknowledged,
        long tapes,
        long bytes,
        long reconnects,
        String clock) {

    /** The same when the server has stopped: how far it came. */
    public TapeFigures stopped() {
        return new TapeFigures(ServerStatus.STOPPED, "", block, acknowledged, tapes, bytes, reconnects, clock);
    }

    /** Those of a server that has not run. */
    public static final TapeFigures STOPPED = new TapeFigures(ServerStatus.STOPPED, "", 0, 0, 0, 0, 0, "");
}
