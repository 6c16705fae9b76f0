package org.hotbackup.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hotbackup.apply.UnsentTransaction;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.Position;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * What a superseded master has and the new one has not: exactly the entries of its server's queue beyond the position at
 * which its slave was promoted. Those up to there were applied, whether the acknowledgement arrived or not. Of a master that
 * was restored from an older copy it is not known what the new one has, since that position is none of its log: then it is
 * the whole queue.
 */
final class UnsentTransactions {

    private static final int PAGE = 1_000;

    private final QueuedEntries queue;
    private final Position promotedAt;
    private final long keptLsn;
    private final Superseded.GivenUp givenUp;

    /** Of a server; a rejoin that a crash ended may have deleted its queue. */
    UnsentTransactions(QueuedEntries queue, Superseded by) {
        this.queue = queue;
        this.promotedAt = by.position();
        this.keptLsn = by.keptLsn();
        this.givenUp = by.givenUp();
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
     * @param lastLsn LSN of the last of them; of the promoted position if there is none
     * @param missing what is known to be missing in it, a clause; empty if nothing is
     * @param ofOlderCopy whether this node was restored from an older copy: the new master may have some of them
     */
    record Summary(long count, long lastLsn, String missing, boolean ofOlderCopy) {}

    /**
     * Entries behind an LSN, oldest first.
     *
     * @throws Refusal if the queue does not answer
     */
    List<LogEntry> page(long afterLsn, int limit) {
        return queued(Math.max(afterLsn, isOfOlderCopy() ? 0 : promotedAt.lsn()), limit);
    }

    private List<LogEntry> queued(long afterLsn, int limit) {
        try {
            return queue.after(afterLsn, limit);
        } catch (QueueUnavailableException e) {
            throw e.refusal();
        }
    }

    /** The chain has entries before the promoted position, or goes on from before it, and the position is none of it. */
    private boolean isOfOlderCopy() {
        long promoted = promotedAt.lsn();
        List<LogEntry> next = queued(promoted - 1, 1);
        boolean onChain = next.stream().anyMatch(entry -> entry.lsn() == promoted || entry.previousLsn() == promoted);
        return !onChain
                && (queued(0, 1).stream().anyMatch(entry -> entry.lsn() < promoted)
                        || next.stream().anyMatch(entry -> entry.previousLsn() < promoted));
    }

    /**
     * All of them, in their order, some at a time: those that are in the queue, numbered behind what was in it before it was
     * deleted.
     *
     * @param lastEnqueuedLsn LSN of the last entry that the queue was given, or of a gap behind it
     */
    Summary all(long lastEnqueuedLsn, Consumer<List<UnsentTransaction>> some) {
        long number = promotedAt.transaction();
        boolean ofOlderCopy = isOfOlderCopy();
        long last = ofOlderCopy ? 0 : promotedAt.lsn();
        String missing = "";
        List<LogEntry> page = queued(last, PAGE);
        if (ofOlderCopy) {
            last = page.get(0).previousLsn();
        }
        if (isGone(page)) {
            number += givenUp.transactions();
            last = givenUp.lsn();
        }
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
            page = queued(last, PAGE);
        }
        if (lastEnqueuedLsn > Math.max(last, keptLsn) && missing.isEmpty()) {
            missing = gap(last, "up to LSN " + lastEnqueuedLsn);
        }
        return new Summary(number - promotedAt.transaction(), last, missing, ofOlderCopy);
    }

    /** Whether the queue was deleted, with what a rejoin had dealt with. */
    private boolean isGone(List<LogEntry> first) {
        return givenUp.transactions() > 0 && first.stream().noneMatch(entry -> entry.lsn() <= givenUp.lsn());
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
