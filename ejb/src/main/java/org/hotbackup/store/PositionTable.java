package org.hotbackup.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.hotbackup.replication.Position;

/** How far each slave server has come, in SQL. Thread-safe; connections are not. */
final class PositionTable {

    Optional<Position> read(Connection connection, String server) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT history, transaction_number, lsn FROM slave_position WHERE server = ?")) {
            select.setString(1, server);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Position(row.getString(1), row.getLong(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    void write(Connection connection, String server, Position position) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE slave_position SET history = ?, transaction_number = ?, lsn = ? WHERE server = ?")) {
            if (execute(update, server, position) > 0) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO slave_position (history, transaction_number, lsn, server) VALUES (?, ?, ?, ?)")) {
            execute(insert, server, position);
        }
    }

    /** Forgets a slave server's position: the next master may begin anywhere. */
    void delete(Connection connection, String server) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM slave_position WHERE server = ?")) {
            delete.setString(1, server);
            delete.executeUpdate();
        }
    }

    private static int execute(PreparedStatement statement, String server, Position position) throws SQLException {
        statement.setString(1, position.history());
        statement.setLong(2, position.transaction());
        statement.setLong(3, position.lsn());
        statement.setString(4, server);
        return statement.executeUpdate();
    }
}
