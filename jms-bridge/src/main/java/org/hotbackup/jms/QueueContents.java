package org.hotbackup.jms;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.utils.collections.LinkedListIterator;
import org.hotbackup.txlog.LogEntry;

/**
 * Looks at a server's queue where it lies in the broker, without taking anything: what waits, and what is delivered and
 * not acknowledged.
 */
final class QueueContents {

    /** A look never brings more payload than this into memory, unless one entry alone has more. */
    private static final long MOST_BYTES = 16L << 20;

    private QueueContents() {}

    /** Up to so many entries with an LSN greater than this one, oldest first. */
    static List<LogEntry> browse(Queue queue, long afterLsn, int limit) {
        TreeMap<Long, MessageReference> found = new TreeMap<>();
        // first what waits, then what is delivered: an entry that is delivered meanwhile is seen twice, not missed
        waiting(queue, afterLsn, limit, found);
        delivered(queue, afterLsn, found);
        List<LogEntry> entries = new ArrayList<>();
        long bytes = 0;
        for (MessageReference reference : found.values()) {
            if (entries.size() == limit || bytes >= MOST_BYTES) {
                break;
            }
            LogEntry entry = LogEntryMessage.stored(reference.getMessage());
            bytes += entry.payload().length;
            entries.add(entry);
        }
        return entries;
    }

    /** When the oldest entry was committed, epoch milliseconds; 0 if there is none. */
    static long oldestCommittedAtMillis(Queue queue) {
        TreeMap<Long, MessageReference> found = new TreeMap<>();
        waiting(queue, Long.MIN_VALUE, 1, found);
        try {
            delivered(queue, Long.MIN_VALUE, found);
        } catch (NullPointerException e) {
            // Artemis asks the session of a reader that leaves just now: ArtemisReader.left knows what he had
        }
        return found.isEmpty()
                ? 0
                : LogEntryMessage.committedAtMillis(
                        found.firstEntry().getValue().getMessage());
    }

    private static void waiting(Queue queue, long afterLsn, int limit, TreeMap<Long, MessageReference> found) {
        queue.flushExecutor();
        try (LinkedListIterator<MessageReference> waiting = queue.browserIterator()) {
            while (found.size() < limit && waiting.hasNext()) {
                put(waiting.next(), afterLsn, found);
            }
        } catch (NoSuchElementException e) {
            // the last one was delivered between hasNext and next
            return;
        }
    }

    private static void delivered(Queue queue, long afterLsn, TreeMap<Long, MessageReference> found) {
        for (List<MessageReference> references : queue.getDeliveringMessages().values()) {
            references.forEach(reference -> put(reference, afterLsn, found));
        }
    }

    private static void put(MessageReference reference, long afterLsn, TreeMap<Long, MessageReference> found) {
        long lsn = LogEntryMessage.lsn(reference.getMessage());
        if (lsn > afterLsn) {
            found.put(lsn, reference);
        }
    }
}
