package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hotbackup.replication.ReceivedTransaction;

/** What was really committed on the master, known to nobody under test: what the slave does is compared with it. */
final class Truth {

    static final String HISTORY = "history-1";

    private final TreeMap<Long, byte[]> committed = new TreeMap<>();
    private final TreeSet<Long> undecided = new TreeSet<>();
    private long poisonous;

    void given(long lsn) {
        undecided.add(lsn);
    }

    void committed(long lsn, byte[] payload, boolean poison) {
        undecided.remove(lsn);
        committed.put(lsn, payload);
        poisonous += poison ? 1 : 0;
    }

    void rolledBack(long lsn) {
        undecided.remove(lsn);
    }

    void masterCrashed() {
        undecided.clear();
    }

    /** The transaction is the one that follows, whole and unchanged, on those that the slave has. */
    void checkNext(long afterTransaction, long afterLsn, ReceivedTransaction transaction) {
        long lsn = transaction.entry().lsn();
        check(lsn > afterLsn, "I5", "LSN %d takes effect after LSN %d", lsn, afterLsn);
        check(
                transaction.number() == afterTransaction + 1,
                "I2",
                "transaction %d takes effect after transaction %d",
                transaction.number(),
                afterTransaction);
        Long next = committed.higherKey(afterLsn);
        check(
                next != null && next == lsn,
                "I2",
                "LSN %d takes effect after LSN %d, but LSN %d follows",
                lsn,
                afterLsn,
                next);
        Long hole = undecided.lower(lsn);
        check(hole == null || hole < afterLsn, "I2", "LSN %d takes effect before LSN %d is decided", lsn, hole);
        check(
                Arrays.equals(committed.get(lsn), transaction.entry().payload()),
                "I6",
                "LSN %d arrived with another body",
                lsn);
    }

    /** The last LSN that is committed, 0 if there is none. */
    long lastLsn() {
        return committed.isEmpty() ? 0 : committed.lastKey();
    }

    /** What is committed after an LSN, in order. */
    SortedMap<Long, byte[]> after(long lsn) {
        return committed.tailMap(lsn, false);
    }

    long transactions() {
        return committed.size();
    }

    long poisonousTransactions() {
        return poisonous;
    }
}
