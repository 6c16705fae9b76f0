package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Reserves LSNs in the database, a block ahead of their use, so that no LSN is used again after a crash that forgot the
 * transaction which had it. Thread-safe.
 */
final class LsnBlocks {

    private static final Logger LOG = Logger.getLogger(LsnBlocks.class.getName());

    private final DataSource database;
    private final Durability durability;
    private final Executor background;
    private final long size;
    private long reserved;
    private long asked;
    private boolean reserving;

    /**
     * Reserves the first block.
     *
     * @param reserved what was reserved before, for ever: the first LSN to use is the one after it
     * @param size LSNs in a block; a new one is reserved when half of it is used
     */
    LsnBlocks(DataSource database, Durability durability, Executor background, long reserved, long size)
            throws SQLException {
        this.database = database;
        this.durability = durability;
        this.background = background;
        this.size = size;
        this.reserved = write(reserved + size);
    }

    /** Returns when an LSN may be used. */
    synchronized void use(long lsn) {
        if (!reserving && lsn > reserved - size / 2) {
            reserving = true;
            background.execute(this::reserve);
        }
        boolean interrupted = false;
        while (lsn > reserved) {
            if (!reserving) {
                throw new StoreFailure("no log sequence number could be reserved; the node's log says why", null);
            }
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the database says what was last written here, or what may have been: everybody who opens it writes more. */
    synchronized boolean isLastIn(Connection connection) throws SQLException {
        long found = NodeState.reserved(connection);
        return found == reserved || found == asked;
    }

    private void reserve() {
        long next = 0;
        try {
            synchronized (this) {
                next = reserved + size;
                asked = next;
            }
            write(next);
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, "No log sequence numbers could be reserved: {0}", e.getMessage());
            next = 0;
        } finally {
            synchronized (this) {
                reserved = Math.max(reserved, next);
                reserving = false;
                notifyAll();
            }
        }
    }

    private long write(long upTo) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            NodeState.reserve(connection, upTo);
        }
        durability.await();
        return upTo;
    }
}
