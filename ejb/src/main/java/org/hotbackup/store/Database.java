package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The store's own transactions, outside those of users. Thread-safe. */
final class Database {

    /** What is done on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final DataSource connections;

    Database(DataSource connections) {
        this.connections = connections;
    }

    /** A connection for the caller to close, with auto-commit. */
    Connection connect() throws SQLException {
        Connection connection = connections.getConnection();
        connection.setAutoCommit(true);
        return connection;
    }

    /** Runs work in a transaction: committed if it returns, rolled back if it throws. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.on(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }

    /** Reads one state of the database, however long it takes. */
    <T> T inSnapshot(Dialect dialect, Work<T> work) throws SQLException {
        String level = dialect == Dialect.H2 ? "SNAPSHOT" : "REPEATABLE READ";
        return inTransaction(connection -> {
            try (var statement = connection.createStatement()) {
                String set = dialect == Dialect.H2
                        ? "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL "
                        : "SET TRANSACTION ISOLATION LEVEL ";
                statement.execute(set + level);
                try {
                    return work.on(connection);
                } finally {
                    if (dialect == Dialect.H2) {
                        statement.execute(set + "READ COMMITTED");
                    }
                }
            }
        });
    }
}
