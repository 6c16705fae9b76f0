package org.hotbackup.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.txlog.LogEntry;

/**
 * Transactions that arrived at the slave and are not applied yet: consecutive from its position on, each chained to the
 * one before it. What the position covers already is a repeat and dropped; a gap is refused.
 */
final class Arrivals {

    private final Deque<ReceivedTransaction> arrived = new ArrayDeque<>();
    private Optional<Position> start = Optional.empty();
    private long lastTransaction;
    private long lastLsn;
    private long bytes;

    /** Forgets everything and begins after this position; without one, with whatever transaction is the first. */
    void beginAfter(Optional<Position> position) {
        arrived.clear();
        bytes = 0;
        start = position;
        lastTransaction = position.map(Position::transaction).orElse(0L);
        lastLsn = position.map(Position::lsn).orElse(0L);
    }

    /**
     * Takes what is new in a batch.
     *
     * @return how many transactions that were
     * @throws SessionFailure if one does not follow on the one before it, or there are more than any window allows
     */
    int add(Batch batch) throws SessionFailure {
        long number = batch.firstTransaction();
        int added = 0;
        for (LogEntry entry : batch.entries()) {
            if (number > lastTransaction) {
                boolean chained = entry.previousLsn() == lastLsn || start.isEmpty() && lastTransaction == 0;
                if (number != lastTransaction + 1 || !chained) {
                    throw SessionFailure.refusing(MessageCode.REFUSED_GAP, number, lastTransaction);
                }
                add(number, entry);
                added++;
            }
            number++;
        }
        return added;
    }

    private void add(long number, LogEntry entry) throws SessionFailure {
        bytes += entry.payload().length;
        boolean tooMany = arrived.size() >= SlaveSettings.MOST_ARRIVED_TRANSACTIONS
                || bytes > SlaveSettings.MOST_ARRIVED_BYTES && !arrived.isEmpty();
        if (tooMany) {
            throw SessionFailure.refusing(
                    MessageCode.BAD_NETWORK_MESSAGE, "more transactions than a master may send unacknowledged");
        }
        arrived.addLast(new ReceivedTransaction(number, entry));
        lastTransaction = number;
        lastLsn = entry.lsn();
    }

    /** The first of them, at most so many and as many as one database transaction may take; empty if there are none. */
    List<ReceivedTransaction> firstBatch(int most) {
        List<ReceivedTransaction> batch = new ArrayList<>();
        long size = 0;
        for (ReceivedTransaction transaction : arrived) {
            size += transaction.entry().payload().length;
            boolean full = batch.size() >= most || size > SlaveSettings.APPLY_BYTES;
            if (full && !batch.isEmpty()) {
                break;
            }
            batch.add(transaction);
        }
        return batch;
    }

    /**
     * Drops what a position covers.
     *
     * @return how many transactions that were
     */
    int dropUpTo(long transaction) {
        int dropped = 0;
        while (!arrived.isEmpty() && arrived.peekFirst().number() <= transaction) {
            bytes -= arrived.pollFirst().entry().payload().length;
            dropped++;
        }
        return dropped;
    }

    /** Whether what is left follows on this position; true if nothing is left. */
    boolean follow(Optional<Position> position) {
        long transaction = position.map(Position::transaction).orElse(0L);
        return arrived.isEmpty()
                ? lastTransaction == transaction
                : arrived.peekFirst().number() == transaction + 1;
    }

    boolean isEmpty() {
        return arrived.isEmpty();
    }

    int size() {
        return arrived.size();
    }

    /** Whether one database transaction cannot take more. */
    boolean fillABatch() {
        return arrived.size() >= SlaveSettings.APPLY_TRANSACTIONS || bytes >= SlaveSettings.APPLY_BYTES;
    }

    /** Number of the last transaction that arrived. */
    long lastTransaction() {
        return lastTransaction;
    }
}
