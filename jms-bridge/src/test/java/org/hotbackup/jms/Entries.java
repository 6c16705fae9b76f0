package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/** Entries that follow each other without gaps, and how to get them out of a queue again. */
final class Entries {

    private Entries() {}

    /** Small ones; the entry of LSN n was committed at 1000 + n. */
    static List<LogEntry> range(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(lsn -> entry(lsn, ("entry " + lsn).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    static LogEntry entry(long lsn, byte[] payload) {
        return new LogEntry(lsn, lsn - 1, 1000 + lsn, payload);
    }

    static List<Long> lsns(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    static List<Long> lsns(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::lsn).toList();
    }

    /** Polls so many, with a reader that is closed then: they go back. */
    static List<LogEntry> peek(TransactionLogQueue queue, String server, int count)
            throws QueueUnavailableException, InterruptedException {
        Semaphore woken = new Semaphore(0);
        try (TransactionLogQueue.Reader reader = queue.open(server, woken::release)) {
            return poll(reader, woken, count);
        }
    }

    /** Polls so many; waits for the wake-up between two of them. */
    static List<LogEntry> poll(TransactionLogQueue.Reader reader, Semaphore woken, int count)
            throws QueueUnavailableException, InterruptedException {
        List<LogEntry> polled = new ArrayList<>();
        while (polled.size() < count) {
            Optional<LogEntry> entry = reader.poll();
            if (entry.isPresent()) {
                polled.add(entry.get());
            } else {
                assertThat(woken.tryAcquire(20, TimeUnit.SECONDS))
                        .as("a wake-up after %s of %s entries", polled.size(), count)
                        .isTrue();
            }
        }
        return polled;
    }
}
