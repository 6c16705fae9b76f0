package org.hotbackup.control;

import java.util.List;
import javax.management.ConstructorParameters;

/**
 * A page of what was searched for in a master server's queue.
 *
 * @param entries oldest first
 * @param reachedLsn where to go on: the LSN of the last entry that was looked at
 * @param more whether there may be more behind it
 */
public record QueuePage(List<QueueEntry> entries, long reachedLsn, boolean more) {

    /** For MXBean tools. */
    @ConstructorParameters({"entries", "reachedLsn", "more"})
    public QueuePage {}

    public List<QueueEntry> getEntries() {
        return entries;
    }

    public long getReachedLsn() {
        return reachedLsn;
    }

    public boolean isMore() {
        return more;
    }
}
