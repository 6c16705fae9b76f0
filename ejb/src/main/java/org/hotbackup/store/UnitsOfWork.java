package org.hotbackup.store;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** Finds the unit of work of the caller's JTA transaction, or binds a new one to it. Thread-safe. */
@ApplicationScoped
class UnitsOfWork {

    private static final Object KEY = UnitOfWork.class;

    @Resource
    private TransactionSynchronizationRegistry transactions;

    @Resource(lookup = StoreBean.USERS_CONNECTIONS)
    private DataSource connections;

    @PersistenceContext(unitName = "hot-backup")
    private EntityManager entities;

    @EJB
    private StoreBean bean;

    /** What is done in a unit of work. */
    interface Work<T> {
        T in(UnitOfWork work) throws SQLException;
    }

    /** Does work in the caller's transaction, which there must be. A fault of the database rolls it back. */
    <T> T call(Work<T> work) {
        try {
            return work.in(current());
        } catch (SQLException e) {
            transactions.setRollbackOnly();
            if (e.getSQLState() != null && e.getSQLState().startsWith("08")) {
                throw new Refusal(MessageCode.STORE_UNUSABLE, bean.product(), e.getMessage());
            }
            throw new StoreFailure("the database failed: " + e.getMessage(), e);
        }
    }

    /** Excludes the caller's transaction from logging. */
    void excludeFromLogging() {
        if (transactions.getTransactionKey() == null) {
            throw new Refusal(
                    MessageCode.MALFORMED_REQUEST, "there is no transaction to exclude from logging, begin one first");
        }
        current().exclude();
    }

    private UnitOfWork current() {
        UnitOfWork current = (UnitOfWork) transactions.getResource(KEY);
        if (current == null) {
            UnitOfWork begun = UnitOfWork.ofUser(bean.store(), new JtaAccess());
            transactions.registerInterposedSynchronization(new Completion(begun));
            transactions.putResource(KEY, begun);
            current = begun;
        }
        return current;
    }

    private final class JtaAccess implements UnitOfWork.Access {
        @Override
        public Connection connect() throws SQLException {
            return connections.getConnection();
        }

        @Override
        public EntityManager entities() {
            return entities;
        }

        @Override
        public void release(Connection connection) throws SQLException {
            connection.close();
        }
    }

    private record Completion(UnitOfWork work) implements Synchronization {
        @Override
        public void beforeCompletion() {
            try {
                work.beforeCompletion();
            } catch (SQLException e) {
                throw new StoreFailure("the log entry could not be written: " + e.getMessage(), e);
            }
        }

        @Override
        public void afterCompletion(int status) {
            work.afterCompletion(status == Status.STATUS_COMMITTED);
        }
    }
}
