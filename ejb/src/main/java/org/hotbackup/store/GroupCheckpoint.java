package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Durability on H2, which writes behind: one thread does {@code CHECKPOINT SYNC} for everybody who waits. Whoever came
 * before a checkpoint began is released by it. A checkpoint that fails is never tried again, since the operating system
 * may have dropped what it could not write: {@code onFailure} has to end the process. So it has to when H2 closes the
 * database by itself, because what it wrote in the background failed: no connection works after that, and nobody gets as
 * far as to want a checkpoint.
 */
final class GroupCheckpoint implements Durability {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The forced write. */
    interface Checkpoint extends AutoCloseable {
        void force() throws SQLException;

        /** Looks whether the database is still open, while nobody wants a checkpoint. */
        void look() throws SQLException;

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
            public void look() throws SQLException {
                try {
                    statement.execute("SELECT 1");
                } catch (SQLException e) {
                    throw new SQLException(
                            "H2 has closed the database (" + deepest(e).getMessage() + ")", e);
                }
            }

            @Override
            public void close() throws SQLException {
                statement.close();
                connection.close();
            }
        };
    }

    private static Throwable deepest(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
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
            OptionalLong upTo = next();
            while (upTo.isPresent()) {
                if (upTo.getAsLong() > 0) {
                    checkpoint.force();
                    done(upTo.getAsLong());
                } else {
                    checkpoint.look();
                }
                upTo = next();
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

    private void done(long upTo) {
        mutex.lock();
        try {
            durable = upTo;
            forced.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    /** Waits for somebody who wants a checkpoint; 0 if nobody does for a while, empty if nobody will any more. */
    private OptionalLong next() {
        mutex.lock();
        try {
            long left = LOOK_NANOS;
            while (arrived == durable && !closed && left > 0) {
                left = wanted.awaitNanos(left);
            }
            if (arrived > durable) {
                return OptionalLong.of(arrived);
            }
            return closed ? OptionalLong.empty() : OptionalLong.of(0);
        } catch (InterruptedException e) {
            // only close() ends this thread: whoever waits for a checkpoint relies on it
            return OptionalLong.of(arrived > durable ? arrived : 0);
        } finally {
            mutex.unlock();
        }
    }
}
