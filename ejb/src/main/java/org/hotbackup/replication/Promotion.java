package org.hotbackup.replication;

/**
 * That a slave server was promoted: its node took a new epoch, and it applies nothing any more.
 *
 * @param oldEpoch the node's epoch before
 * @param epoch the epoch that it took
 * @param position the last of its old master's transactions that it has
 * @param epochMillis when, by this node's clock
 * @param by the user who asked for it
 * @param reason why
 */
public record Promotion(long oldEpoch, long epoch, Position position, long epochMillis, String by, String reason) {}
