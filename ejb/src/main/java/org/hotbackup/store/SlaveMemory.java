package org.hotbackup.store;

import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.hotbackup.store.LockManager.Mode;

/**
 * Whether what slave servers share in memory, file-of-files, their helpers' tasks and whose updates they receive, may be
 * behind the database, and how it is read again then. Thread-safe: a transaction of a slave server has the read lock,
 * whoever reads it again the write lock, and then the log's.
 */
final class SlaveMemory {

    private final LockManager locks;
    private final Reading reading;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean doubtful;

    /** Reads it from the database. */
    @FunctionalInterface
    interface Reading {
        /** No transaction is open meanwhile, so nothing is between the database and the memory. */
        void read() throws SQLException;
    }

    SlaveMemory(LockManager locks, Reading reading) {
        this.locks = locks;
        this.reading = reading;
    }

    /** A commit failed that may have happened nevertheless: what is in memory may be behind. */
    void doubt() {
        doubtful = true;
    }

    /**
     * Reads it again, if there is doubt.
     *
     * @throws org.hotbackup.control.messages.Refusal if writers do not end within ten seconds
     */
    void recall() throws SQLException {
        if (!doubtful) {
            return;
        }
        Object owner = new Object();
        lock.writeLock().lock();
        try {
            if (doubtful) {
                locks.acquire(owner, new LockKey.Log(), Mode.EXCLUSIVE);
                reading.read();
                doubtful = false;
            }
        } finally {
            locks.releaseAll(owner);
            lock.writeLock().unlock();
        }
    }

    /** Held by every transaction of a slave server, so that nothing is read again in the middle of one. */
    Lock inUse() {
        return lock.readLock();
    }

    /**
     * To be called under the locks of what is about to be changed.
     *
     * @throws StoreFailure if whoever had them before may have left the memory behind the database
     */
    void refuseDoubt() {
        if (doubtful) {
            throw new StoreFailure("what slave servers share has to be read again first", null);
        }
    }
}
