package org.hotbackup.store;

import org.hotbackup.replication.StoreUnavailableException;

/** A fault of the store or its database: not the caller's, and nothing was changed. */
public class StoreFailure extends StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    /** With what was being done, and why it failed. */
    public StoreFailure(String what, Throwable cause) {
        super(what, cause);
    }
}
