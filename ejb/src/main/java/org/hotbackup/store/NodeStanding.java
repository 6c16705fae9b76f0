package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;

/**
 * A node's {@link Standing}, as committed. It changes in a database transaction, together with what belongs to the change,
 * one change after the other. Thread-safe.
 */
final class NodeStanding {

    private static final Logger LOG = Logger.getLogger(NodeStanding.class.getName());

    private final Store store;
    private volatile Standing current;

    NodeStanding(Store store, Standing atStart) {
        this.store = store;
        current = atStart;
    }

    Standing current() {
        return current;
    }

    /**
     * Refuses users' updates while the node is closed for them; to be called when the transaction has the log's lock.
     *
     * @throws Refusal if it is closed and the file is none of the node's own
     */
    void admit(FilePath file) {
        Standing now = current;
        if (!now.isOpen() && !SystemAccount.isProtected(file)) {
            throw new Refusal(MessageCode.CLOSED_FOR_UPDATES, now.closed());
        }
    }

    /**
     * Changes it and does work in the same durable database transaction; or throws and changes nothing.
     *
     * @return what the work gave
     */
    synchronized <T> T change(UnaryOperator<Standing> change, SlaveTransaction.Work<T> work) throws SQLException {
        Standing next = change.apply(current);
        try {
            T result = SlaveTransaction.run(store, false, transaction -> {
                T given = work.in(transaction);
                NodeState.stand(transaction.work().connection(), next);
                return given;
            });
            current = next;
            return result;
        } catch (SQLException | RuntimeException e) {
            recall();
            throw e;
        }
    }

    /** A commit that failed may have happened nevertheless. */
    private void recall() {
        try (Connection connection = store.database().connect()) {
            current = NodeState.standing(connection);
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "Asking for the epoch: {0}", e.getMessage());
        }
    }
}
