package org.hotbackup.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.ServerMessages;

/**
 * That no second process opens the store. H2 locks its file by itself; on PostgreSQL it is an advisory lock, held by a
 * connection of its own for as long as the store is open. One thread looks after that connection once a second: from the
 * moment it finds it lost, updates are refused until the lock is taken again and nobody had it meanwhile. Thread-safe.
 */
final class StoreOwnership implements AutoCloseable {

    /** Tells whether nobody else opened the store since we did. */
    interface Witness {
        /** Asked on a connection that holds the lock. */
        boolean isUntouched(Connection connection) throws SQLException;
    }

    private static final Logger LOG = Logger.getLogger(StoreOwnership.class.getName());

    /** "HOTBACKU": the same for every store, since each has a database of its own. */
    private static final long LOCK = 0x484F544241434B55L;

    private static final long LOOK_MILLIS = 1_000;
    private static final int ANSWER_SECONDS = 5;

    private final DataSource database;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile String trouble = "";
    private volatile ServerMessages messages = (code, values) -> LOG.log(Level.WARNING, code.text(values));
    private Connection connection;

    private StoreOwnership(DataSource database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    /**
     * Makes the store ours.
     *
     * @param database gives connections that no pool hands on
     * @throws Refusal if another process has it
     */
    static StoreOwnership take(Dialect dialect, DataSource database) throws SQLException {
        if (dialect == Dialect.H2) {
            return new StoreOwnership(database, null);
        }
        return new StoreOwnership(database, lock(database));
    }

    private static Connection lock(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        boolean taken = false;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
            row.next();
            taken = row.getBoolean(1);
        } finally {
            if (!taken) {
                connection.close();
            }
        }
        if (!taken) {
            throw new Refusal(MessageCode.STORE_IN_USE, "");
        }
        return connection;
    }

    /**
     * Looks after the lock from now on.
     *
     * @param witness asked before the store is taken for ours again
     * @param lost called if somebody else had the store: what is in memory may be wrong, the process has to end
     */
    void watch(ThreadFactory threads, Witness witness, Consumer<Exception> lost) {
        if (connection != null) {
            threads.newThread(() -> look(witness, lost)).start();
        }
    }

    /** Who is told, on the thread that looks, when the lock is lost and when it is back. */
    void tell(ServerMessages listener) {
        messages = listener;
    }

    /** Why the store may not be ours, one clause; empty if it is. */
    String trouble() {
        return trouble;
    }

    /**
     * Lets an update pass.
     *
     * @throws Refusal if the store may not be ours
     */
    void check() {
        String reason = trouble;
        if (!reason.isEmpty()) {
            throw new Refusal(MessageCode.STORE_LOCK_LOST, reason);
        }
    }

    private void look(Witness witness, Consumer<Exception> lost) {
        try {
            while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look(witness);
            }
        } catch (InterruptedException e) {
            trouble = "the thread that looks after it was interrupted";
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            trouble = e.getMessage();
            lost.accept(e);
        }
    }

    private synchronized void look(Witness witness) {
        if (closing.getCount() == 0 || trouble.isEmpty() && isAlive()) {
            return;
        }
        try {
            if (trouble.isEmpty()) {
                say("the database ended it", MessageCode.STORE_LOCK_LOST);
                close(connection);
            }
            Connection again = lock(database);
            if (!witness.isUntouched(again)) {
                close(again);
                throw new IllegalStateException("another process opened the store meanwhile; start this node anew");
            }
            connection = again;
            say("", MessageCode.STORE_LOCK_BACK);
        } catch (SQLException | Refusal e) {
            LOG.log(Level.FINE, "the store is not ours yet", e);
            trouble = e.getMessage();
        }
    }

    private boolean isAlive() {
        try {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private void say(String reason, MessageCode code) {
        trouble = reason;
        try {
            messages.say(code, reason);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, code.text(reason), e);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.FINE, "a lost connection could not be closed", e);
        }
    }

    @Override
    public synchronized void close() {
        closing.countDown();
        if (connection == null) {
            return;
        }
        try (Connection held = connection;
                Statement statement = held.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
        } catch (SQLException e) {
            LOG.log(Level.INFO, "The store''s lock went with its connection: {0}", e.getMessage());
        }
    }
}
