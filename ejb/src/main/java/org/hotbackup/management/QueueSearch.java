package org.hotbackup.management;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.apply.HeldUpdate;
import org.hotbackup.control.QueueEntry;
import org.hotbackup.control.QueuePage;
import org.hotbackup.txlog.LogEntry;

/** Looks through a master server's queue for what fits a filter, some thousand entries at a time. */
final class QueueSearch {

    /** A search looks at no more entries than this. */
    static final int MOST_LOOKED_AT = 10_000;

    private static final int PAGE = 1_000;

    /** The queue. */
    interface Source {
        /** Entries behind an LSN, oldest first, at most so many and some megabytes; none at the end. */
        List<LogEntry> entries(long afterLsn, int limit);
    }

    private final QueueFilter filter;
    private final long upToLsn;

    /**
     * With the last LSN that counts.
     *
     * @param upToLsn 0 for the end of the queue
     */
    QueueSearch(QueueFilter filter, long upToLsn) {
        this.filter = filter;
        this.upToLsn = upToLsn;
    }

    /** What fits behind an LSN, at most so many. */
    QueuePage page(Source source, long afterLsn, int limit) {
        List<QueueEntry> found = new ArrayList<>();
        long reached = afterLsn;
        int looked = 0;
        while (looked < MOST_LOOKED_AT) {
            List<LogEntry> page = source.entries(reached, filter.isAll() ? limit : PAGE);
            for (LogEntry entry : page) {
                if (upToLsn > 0 && entry.lsn() > upToLsn) {
                    return new QueuePage(found, reached, false);
                }
                reached = entry.lsn();
                if (filter.isAll() || HeldUpdate.of(entry).stream().anyMatch(filter::fits)) {
                    found.add(QueueControl.entry(entry));
                }
                if (found.size() == limit) {
                    return new QueuePage(found, reached, true);
                }
            }
            if (page.isEmpty()) {
                return new QueuePage(found, reached, false);
            }
            looked += page.size();
        }
        return new QueuePage(found, reached, true);
    }
}
