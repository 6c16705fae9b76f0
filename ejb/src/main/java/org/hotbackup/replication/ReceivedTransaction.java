package org.hotbackup.replication;

import org.hotbackup.txlog.LogEntry;

/**
 * A transaction as it arrived at the slave.
 *
 * @param number its transaction number, given when the master extracted it from its queue (HB-013)
 * @param entry its log entry
 */
public record ReceivedTransaction(long number, LogEntry entry) {}
