package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Durability on H2, which writes behind: one thread does {@code CHECKPOINT SYNC} for everybody who waits. Whoever came
 * before a checkpoint began is released by it. A checkpoint that fails is never tried again, since the operating system
 * may have dropped what it could not write: {@code onFailure} has to end the process.
 */
final class GroupCheckpoint implements Durability {

    /** The forced write. */
    interface Checkpoint extends AutoCloseable {
        void force() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private final Checkpoint checkpoint;
    private final Consumer<Exception> onFailure;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition wanted = mutex.newCondition();
    private final Condition forced = mutex.newCondition();
    private long arrived;
    private long durable;
    private boolean closed;
    private boolean ended;

    /**
     * Starts the thread.
     *
     * @param onFailure must not return in production: nobody who waits is ever released
     */
    GroupCheckpoint(Checkpoint checkpoint, ThreadFactory threads, Consumer<Exception> onFailure) {
        this.checkpoint = checkpoint;
        this.onFailure = onFailure;
        threads.newThread(this::run).start();
    }

    /** H2's checkpoint on a connection of its own. */
    static Checkpoint on(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        Statement statement = connection.createStatement();
        return new Checkpoint() {
            @Override
            public void force() throws SQLException {
                statement.execute("CHECKPOINT SYNC");
            }

            @Override
            public void close() throws SQLException {
                statement.close();
                connection.close();
            }
        };
    }

    @Override
    public void await() {
        mutex.lock();
        try {
            long mine = ++arrived;
            wanted.signal();
            while (durable < mine) {
                if (ended) {
                    throw new StoreFailure("the store was closed before the commit was on disk", null);
                }
                forced.awaitUninterruptibly();
            }
        } finally {
            mutex.unlock();
        }
    }

    /** Returns when the connection is closed: nothing touches the store's files after it. */
    @Override
    public void close() {
        mutex.lock();
        try {
            closed = true;
            wanted.signal();
            while (!ended) {
                forced.awaitUninterruptibly();
            }
        } finally {
            mutex.unlock();
        }
    }

    private void run() {
        try (checkpoint) {
            long upTo = next();
            while (upTo > 0) {
                checkpoint.force();
                upTo = done(upTo);
            }
        } catch (SQLException | RuntimeException e) {
            onFailure.accept(e);
        } finally {
            mutex.lock();
            try {
                ended = true;
                forced.signalAll();
            } finally {
                mutex.unlock();
            }
        }
    }

    private long done(long upTo) {
        mutex.lock();
        try {
            durable = upTo;
            forced.signalAll();
            return next();
        } finally {
            mutex.unlock();
        }
    }

    /** Waits for somebody who wants a checkpoint; 0 if there will be no more. */
    private long next() {
        mutex.lock();
        try {
            while (arrived == durable && !closed) {
                wanted.awaitUninterruptibly();
            }
            return arrived == durable ? 0 : arrived;
        } finally {
            mutex.unlock();
        }
    }
}
