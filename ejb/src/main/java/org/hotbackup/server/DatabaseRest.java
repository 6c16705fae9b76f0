package org.hotbackup.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;

/**
 * Whether a slave server that does not apply updates leaves the database at rest, so that it can be saved (HB-016, HB-097): a
 * batch may still be under way, and what helpers have begun they end. Thread-safe.
 *
 * @param server its name
 * @param batch whether a batch is under way that changes files
 * @param helpers how many helpers are at work
 */
record DatabaseRest(String server, BooleanSupplier batch, LongSupplier helpers) {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What still changes the database, one clause; empty if nothing does. */
    private String unrest() {
        boolean underWay = batch.getAsBoolean();
        long left = helpers.getAsLong();
        String atWork = left == 0 ? "" : left + " helper(s) are at work";
        if (!underWay) {
            return atWork;
        }
        return atWork.isEmpty() ? "a batch is being applied" : "a batch is being applied and " + atWork;
    }

    /** Whether nothing of this server changes the database. */
    boolean isThere() {
        return unrest().isEmpty();
    }

    /** How it stands, a sentence. */
    String text() {
        String unrest = unrest();
        return unrest.isEmpty()
                ? MessageCode.DATABASE_RESTS.text(server)
                : MessageCode.DATABASE_DOES_NOT_REST.text(unrest, server);
    }

    /**
     * Waits for it.
     *
     * @param patienceMillis how long at most
     * @param pending how many updates are received and not applied, asked at the end
     * @return that the database rests, or that it will and what is still at work
     */
    OperationReceipt await(long patienceMillis, LongSupplier pending) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        String unrest = unrest();
        while (!unrest.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
            unrest = unrest();
        }
        String stopped = MessageCode.APPLYING_STOPPED.text(pending.getAsLong());
        if (unrest.isEmpty()) {
            return new OperationReceipt(
                    OperationReceipt.Outcome.DONE,
                    MessageCode.APPLYING_STOPPED.id(),
                    stopped + ". " + MessageCode.DATABASE_RESTS.text(server));
        }
        return new OperationReceipt(
                OperationReceipt.Outcome.ACCEPTED,
                MessageCode.DATABASE_DOES_NOT_REST.id(),
                stopped + ". " + MessageCode.DATABASE_DOES_NOT_REST.text(unrest, server));
    }
}
