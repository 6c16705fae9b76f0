package org.hotbackup.testing;

import org.hotbackup.node.NodeCreation;

/** The databases under a node. */
public enum StoreKind {
    H2 {
        @Override
        public NodeCreation.Store newStore() {
            return null;
        }
    },
    POSTGRESQL {
        @Override
        public NodeCreation.Store newStore() {
            return Postgres.newStore();
        }
    };

    /** A store of its own for one node; null means the node's own H2. */
    public abstract NodeCreation.Store newStore();
}
