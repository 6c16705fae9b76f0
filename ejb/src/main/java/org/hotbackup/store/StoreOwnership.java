package org.hotbackup.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * That no second process opens the store. H2 locks its file by itself; on PostgreSQL it is an advisory lock, held by a
 * connection for as long as the store is open.
 */
final class StoreOwnership implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StoreOwnership.class.getName());

    /** "HOTBACKU": the same for every store, since each has a database of its own. */
    private static final long LOCK = 0x484F544241434B55L;

    private final Connection connection;

    private StoreOwnership(Connection connection) {
        this.connection = connection;
    }

    /**
     * Makes the store ours.
     *
     * @throws Refusal if another process has it
     */
    static StoreOwnership take(Dialect dialect, DataSource database) throws SQLException {
        if (dialect == Dialect.H2) {
            return new StoreOwnership(null);
        }
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
        return new StoreOwnership(connection);
    }

    @Override
    public void close() {
        if (connection == null) {
            return;
        }
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
        } catch (SQLException e) {
            LOG.log(Level.INFO, "The store''s lock went with its connection: {0}", e.getMessage());
        }
    }
}
