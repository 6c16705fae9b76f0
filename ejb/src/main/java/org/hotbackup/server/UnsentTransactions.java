package org.hotbackup.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hotbackup.apply.UnsentTransaction;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.Position;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * What a superseded master has and the new one has not: exactly the entries of its server's queue beyond the position at
 * which its slave was promoted. Those up to there were applied, whether the acknowledgement arrived or not.
 */
final class UnsentTransactions {

    private static final int PAGE = 1_000;

    private final QueuedEntries queue;
    private final Position promotedAt;
    private final long keptLsn;

    /**
     * Of a server.
     *
     * @param keptLsn what is up to there is in lost+found, and may be gone from the queue since an attempt that a crash ended
     */
    UnsentTransactions(QueuedEntries queue, Position promotedAt, long keptLsn) {
        this.queue = queue;
        this.promotedAt = promotedAt;
        this.keptLsn = keptLsn;
    }

    /** The queue of one server, to be looked at. */
    @FunctionalInterface
    interface QueuedEntries {
        /** Entries behind an LSN, oldest first, at most so many. */
        List<LogEntry> after(long lsn, int limit) throws QueueUnavailableException;
    }

    /**
     * What the whole list amounts to.
     *
     * @param count transactions
     * @param missing what is known to be missing in it, a clause; empty if nothing is
     */
    record Summary(long count, String missing) {}

    /**
     * Entries behind an LSN, oldest first.
     *
     * @throws Refusal if the queue does not answer
     */
    List<LogEntry> page(long afterLsn, int limit) {
        try {
            return queue.after(Math.max(afterLsn, promotedAt.lsn()), limit);
        } catch (QueueUnavailableException e) {
            throw new Refusal(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        }
    }

    /**
     * All of them, in their order, some at a time.
     *
     * @param lastEnqueuedLsn LSN of the last entry that the queue was given, or of a gap behind it
     */
    Summary all(long lastEnqueuedLsn, Consumer<List<UnsentTransaction>> some) {
        long number = promotedAt.transaction();
        long last = promotedAt.lsn();
        String missing = "";
        List<LogEntry> page = page(last, PAGE);
        while (!page.isEmpty()) {
            List<UnsentTransaction> numbered = new ArrayList<>();
            for (LogEntry entry : page) {
                if (entry.previousLsn() != last && missing.isEmpty()) {
                    missing = gap(last, "before LSN " + entry.lsn());
                }
                number++;
                numbered.add(new UnsentTransaction(number, entry));
                last = entry.lsn();
            }
            some.accept(numbered);
            page = page(last, PAGE);
        }
        if (lastEnqueuedLsn > Math.max(last, keptLsn) && missing.isEmpty()) {
            missing = gap(last, "up to LSN " + lastEnqueuedLsn);
        }
        return new Summary(number - promotedAt.transaction(), missing);
    }

    private static String gap(long last, String upTo) {
        return "after LSN " + last + " " + upTo + ": they were cleared, or made while nothing was enqueued";
    }

    /** One line about an entry, for people. */
    static String line(LogEntry entry) {
        return "LSN " + entry.lsn() + "  " + Instant.ofEpochMilli(entry.committedAtMillis()) + "  "
                + entry.payload().length + " bytes";
    }
}
