package org.hotbackup.store;

import java.sql.SQLException;
import org.hotbackup.replication.Epochs;

/** The epoch of a store's node. */
record StoreEpochs(Store store) implements Epochs {

    @Override
    public long current() {
        return store.standing().current().epoch();
    }

    @Override
    public void takeOver(long epoch) {
        if (epoch <= current()) {
            return;
        }
        try {
            store.standing().change(now -> now.inEpoch(Math.max(now.epoch(), epoch)), transaction -> null);
        } catch (SQLException e) {
            throw new StoreFailure("epoch " + epoch + " could not be taken over: " + e.getMessage(), e);
        }
    }
}
