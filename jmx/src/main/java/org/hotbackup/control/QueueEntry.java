package org.hotbackup.control;

import javax.management.ConstructorParameters;

/**
 * One entry of the transaction log queue, as a list shows it.
 *
 * @param lsn its log sequence number
 * @param committedAt when it was committed, ISO-8601 in UTC
 * @param updates how many updates it holds
 * @param bytes its size
 * @param summary its first update, for example {@code Upd itm 'CH' in 'world,countries'}
 */
public record QueueEntry(long lsn, String committedAt, int updates, long bytes, String summary) {

    /** For MXBean tools. */
    @ConstructorParameters({"lsn", "committedAt", "updates", "bytes", "summary"})
    public QueueEntry {}

    public long getLsn() {
        return lsn;
    }

    public String getCommittedAt() {
        return committedAt;
    }

    public int getUpdates() {
        return updates;
    }

    public long getBytes() {
        return bytes;
    }

    public String getSummary() {
        return summary;
    }

    /** One line for scripts. */
    @Override
    public String toString() {
        return TextLine.of(lsn, committedAt, updates, bytes, summary);
    }
}
