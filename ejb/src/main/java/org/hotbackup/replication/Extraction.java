package org.hotbackup.replication;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * Takes entries from a server's queue, in their chain and from the slave's position on, and keeps them until they are
 * acknowledged. An entry leaves the queue only when the slave acknowledged it, or stands behind it (HB-014).
 *
 * <p>The chain rule: what follows position p is the entry whose {@code previousLsn} is exactly p's LSN. A greater one
 * means that entries between are gone or never were enqueued (the slave is behind); a smaller one that p is no point of this chain (it belongs
 * to a past that this master has lost). A slave without position may begin with the first entry after the queue's
 * definition. Entries up to p are dropped from the queue, but only once p was found to lie on the chain.
 */
final class Extraction {

    private final MasterSettings settings;
    private final MasterSession.QueueOpener opener;
    private final LongSupplier lastEnqueuedLsn;
    private final LongSupplier lastCommittedLsn;
    private final SendWindow window = new SendWindow();

    private TransactionLogQueue.Reader reader;
    /** The window's last LSN is that of an entry, not only of the queue's definition. */
    private boolean exact;
    /** The slave's position was found to lie on the chain. */
    private boolean found;

    Extraction(
            MasterSettings settings,
            MasterSession.QueueOpener opener,
            LongSupplier lastEnqueuedLsn,
            LongSupplier lastCommittedLsn) {
        this.settings = settings;
        this.opener = opener;
        this.lastEnqueuedLsn = lastEnqueuedLsn;
        this.lastCommittedLsn = lastCommittedLsn;
    }

    SendWindow window() {
        return window;
    }

    boolean isOpen() {
        return reader != null;
    }

    /** Opens the queue, unless it is open. */
    void open() throws QueueUnavailableException {
        if (reader == null) {
            reader = opener.open();
        }
    }

    /** Lets go of the queue: what is not acknowledged goes back to it. */
    void close() {
        window.clear();
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /**
     * Begins at the slave's position.
     *
     * @throws SessionFailure if it is seen at once that the position is not on this master's chain
     */
    void place(Optional<Position> reported) throws QueueUnavailableException, SessionFailure {
        exact = reported.isPresent();
        Position position = reported.orElse(new Position(settings.history(), 0, settings.definedAtLsn()));
        if (!position.history().equals(settings.history())) {
            throw SessionFailure.refusing(MessageCode.REFUSED_UNKNOWN_HISTORY, position.history(), settings.history());
        }
        long lastCommitted = lastCommittedLsn.getAsLong();
        if (exact && position.lsn() > lastCommitted) {
            throw SessionFailure.refusing(MessageCode.REFUSED_POSITION_AHEAD, position.lsn(), lastCommitted);
        }
        found = !exact;
        if (!window.isEmpty()) {
            if (!window.holds(position.lsn()) && position.lsn() < window.lastLsn()) {
                checkFollows(position.transaction(), position.lsn(), window.firstPreviousLsn());
            }
            found |= position.lsn() <= window.lastLsn();
        }
        window.placeAfter(position.transaction(), position.lsn());
        exact |= !window.isEmpty();
        if (found) {
            reader.acknowledge(window.acknowledgedLsn());
        }
    }

    /**
     * Whether the queue is known to go on from the position, or to hold nothing after it. An entry that was enqueued may
     * take a moment to come out of the queue; until then the answer is no.
     */
    boolean isPlaced() throws QueueUnavailableException, SessionFailure {
        return !misses() || take();
    }

    /** Whether nothing is out or waits, although something was enqueued, or is missing, after the last LSN. */
    boolean misses() {
        return window.isEmpty() && lastEnqueuedLsn.getAsLong() > window.lastLsn();
    }

    /** What was enqueued after the position has not come out of the queue: it is no longer there. */
    SessionFailure missing() {
        return behind(window.acknowledgedTransaction(), window.acknowledgedLsn(), lastEnqueuedLsn.getAsLong());
    }

    /**
     * Takes the next entry that the slave does not have into the window.
     *
     * @return false if the queue has none at the moment
     */
    boolean take() throws QueueUnavailableException, SessionFailure {
        Optional<LogEntry> polled = reader.poll();
        while (polled.isPresent() && polled.get().lsn() <= window.lastLsn()) {
            // the slave has it already, or the queue repeats itself
            found |= polled.get().lsn() == window.acknowledgedLsn();
            if (found) {
                reader.acknowledge(window.acknowledgedLsn());
            }
            polled = reader.poll();
        }
        if (polled.isEmpty()) {
            return false;
        }
        try {
            checkFollows(
                    window.acknowledgedTransaction(),
                    window.lastLsn(),
                    polled.get().previousLsn());
        } catch (SessionFailure e) {
            // all goes back to the queue: the same must be found again at the next call
            close();
            throw e;
        }
        if (!found) {
            found = true;
            reader.acknowledge(window.acknowledgedLsn());
        }
        exact = true;
        window.add(polled.get());
        return true;
    }

    /**
     * Takes what is acknowledged out of the queue.
     *
     * @return the last entry acknowledged, empty if it was acknowledged before
     * @throws SessionFailure if that transaction is not out
     */
    Optional<LogEntry> acknowledge(long transaction, long lsn) throws QueueUnavailableException, SessionFailure {
        long count = transaction - window.acknowledgedTransaction();
        if (count <= 0) {
            return Optional.empty();
        }
        Optional<LogEntry> last = window.acknowledge(count, lsn);
        if (last.isEmpty()) {
            throw SessionFailure.refusing(
                    MessageCode.BAD_NETWORK_MESSAGE,
                    "transaction " + transaction + " with LSN " + lsn + " is acknowledged but not out");
        }
        reader.acknowledge(lsn);
        return last;
    }

    List<LogEntry> nextBatch() {
        return window.nextBatch();
    }

    private void checkFollows(long transaction, long lsn, long previousLsn) throws SessionFailure {
        if (previousLsn > lsn) {
            throw behind(transaction, lsn, previousLsn);
        }
        if (exact && previousLsn < lsn) {
            throw SessionFailure.refusing(MessageCode.REFUSED_POSITION_UNKNOWN, transaction, lsn);
        }
    }

    private static SessionFailure behind(long transaction, long lsn, long queueBeginsAfterLsn) {
        return SessionFailure.refusing(MessageCode.REFUSED_POSITION_BEHIND, transaction, lsn, queueBeginsAfterLsn);
    }
}
