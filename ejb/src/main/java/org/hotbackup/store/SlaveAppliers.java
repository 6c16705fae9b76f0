package org.hotbackup.store;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.hotbackup.replication.Applier;

/** Makes the appliers of this node's slave servers. Thread-safe. */
@ApplicationScoped
public class SlaveAppliers {

    @EJB
    private StoreBean store;

    /**
     * The applier of a slave server; one at a time for each server.
     *
     * @param autoCreate create accounts and files that are missing (HB-017, HB-060)
     */
    public Applier forServer(String name, boolean autoCreate) {
        return new SlaveApplier(store.store(), name, autoCreate);
    }

    /** Forgets how far a slave server had come, because it is deleted or gets another master. */
    public void forget(String name) {
        Store opened = store.store();
        try {
            opened.database().inTransaction(connection -> {
                opened.positions().delete(connection, name);
                return null;
            });
        } catch (SQLException e) {
            throw new StoreFailure("the position of server " + name + " could not be deleted", e);
        }
        opened.durability().await();
    }
}
