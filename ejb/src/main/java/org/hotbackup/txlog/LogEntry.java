package org.hotbackup.txlog;

/**
 * One committed unit of work on its way to the slaves.
 *
 * @param lsn its log sequence number: greater than that of every earlier entry that touches one of its items
 * @param previousLsn the LSN of the entry handed over just before it, 0 for the first of a history: entries of one
 *     history form a chain; where something is missing between two of them, a number in the gap
 * @param committedAtMillis when it was committed, epoch milliseconds by the master's clock; for lag only
 * @param payload its updates, as {@link LogEntryCodec} writes them; not copied
 */
public record LogEntry(long lsn, long previousLsn, long committedAtMillis, byte[] payload) {}
