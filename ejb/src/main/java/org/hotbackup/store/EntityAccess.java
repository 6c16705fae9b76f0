package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import java.sql.Connection;

/** Access to the database in an entity manager's own transaction, which is begun before and ended after. */
record EntityAccess(EntityManager entities) implements UnitOfWork.Access {

    @Override
    public Connection connect() {
        return entities.unwrap(Connection.class);
    }

    @Override
    public void release(Connection connection) {
        // the entity manager's transaction gave it back
    }
}
