package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;

/** Access to the database in an entity manager's own transaction, which is begun before and ended after. */
record EntityAccess(EntityManager entities) implements UnitOfWork.Access {

    @Override
    public Connection connect() throws SQLException {
        try {
            return entities.unwrap(Connection.class);
        } catch (RuntimeException e) {
            // not a PersistenceException: EclipseLink throws its own here
            throw new SQLException(reason(e), e);
        }
    }

    @Override
    public void release(Connection connection) {
        // the entity manager's transaction gave it back
    }

    /** An exception of JPA or of its provider, whose own are none of JPA's, as a fault of the database; any other as it is. */
    static RuntimeException translated(RuntimeException e) {
        boolean ofDatabase = e instanceof PersistenceException || fault(e) != null;
        return ofDatabase && !(e instanceof StoreFailure)
                ? new StoreFailure("the database does not do it: " + reason(e), e)
                : e;
    }

    private static String reason(RuntimeException e) {
        SQLException fault = fault(e);
        return fault == null ? e.getMessage() : fault.getMessage();
    }

    private static SQLException fault(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException fault) {
                return fault;
            }
        }
        return null;
    }
}
