package org.hotbackup.replication;

/**
 * A transaction that a slave has and does not acknowledge although it answers.
 *
 * @param number its number
 * @param sinceMillis since when it is the oldest that is out, on the session's clock
 */
public record UnacknowledgedTransaction(long number, long sinceMillis) {}
