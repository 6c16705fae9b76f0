package org.hotbackup.txlog;

import java.util.List;
import java.util.Optional;

/**
 * The transaction log queue: persistent, FIFO, one queue for each defined master server; an entry is stored once and
 * leaves a server's queue only when that server acknowledges it (HB-012, HB-014). Thread-safe, but for {@link Reader}.
 */
public interface TransactionLogQueue {

    /**
     * Adds entries in this order to every server's queue, durably. Entries that an earlier call added (recognised by
     * their LSN) are skipped. All are in, or a later call with the same entries is needed.
     *
     * @throws QueueUnavailableException if the queue did not take them
     */
    void append(List<LogEntry> entries) throws QueueUnavailableException;

    /** Makes sure that a server has its queue; entries appended from now on are kept for it. */
    void define(String server) throws QueueUnavailableException;

    /** Deletes a server's queue with what is in it. */
    void remove(String server) throws QueueUnavailableException;

    /**
     * Removes everything from a server's queue, acknowledged or not (HB-125); its reader has to be opened again. What was
     * appended before must not be appended again: it may not be recognised any more. After a failure or a crash the same
     * may be asked again.
     */
    void clear(String server) throws QueueUnavailableException;

    /**
     * Opens a server's queue for its one reader.
     *
     * @param wake called, on any thread and quickly, whenever an entry may have become available
     */
    Reader open(String server, Runnable wake) throws QueueUnavailableException;

    /** Size and age of a server's queue: entries not yet acknowledged. */
    State state(String server) throws QueueUnavailableException;

    /** Up to {@code limit} entries with an LSN greater than {@code afterLsn}, oldest first, without taking them. */
    List<LogEntry> browse(String server, long afterLsn, int limit) throws QueueUnavailableException;

    /**
     * What waits in a server's queue.
     *
     * @param depth entries
     * @param bytes their payload and overhead on the queue
     * @param oldestCommittedAtMillis when its first entry was committed, 0 if it is empty
     */
    record State(long depth, long bytes, long oldestCommittedAtMillis) {}

    /** Takes entries out in order. For one thread at a time. */
    interface Reader extends AutoCloseable {

        /** The next entry not yet polled, without waiting. It stays on the queue until acknowledged. */
        Optional<LogEntry> poll() throws QueueUnavailableException;

        /** Removes all polled entries with an LSN up to this one. */
        void acknowledge(long upToLsn) throws QueueUnavailableException;

        /** Ends reading; entries not acknowledged stay on the queue in their order. Idempotent. */
        @Override
        void close();
    }
}
