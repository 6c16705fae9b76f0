package org.hotbackup.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Committed log entries that the transaction log queue may not have yet, in SQL. Thread-safe; connections are not. */
final class LogTable {

    private static final byte[] NOTHING = new byte[0];

    /**
     * A log entry as the store keeps it.
     *
     * @param lsn its log sequence number
     * @param committedAtMillis when its transaction was committed, epoch milliseconds
     * @param payload its encoded updates
     */
    record Row(long lsn, long committedAtMillis, byte[] payload) {}

    /** Adds an entry to the transaction of the updates that it describes. */
    void insert(Connection connection, Row row) throws SQLException {
        byte[] payload = row.payload();
        int parts = ItemParts.count(payload);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO log_entry (lsn, committed_at, parts, payload) VALUES (?, ?, ?, ?)")) {
            insert.setLong(1, row.lsn());
            insert.setLong(2, row.committedAtMillis());
            insert.setInt(3, parts);
            insert.setBytes(4, parts == 0 ? payload : NOTHING);
            insert.executeUpdate();
        }
        if (parts == 0) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO log_entry_part (lsn, part, payload) VALUES (?, ?, ?)")) {
            for (int part = 0; part < parts; part++) {
                insert.setLong(1, row.lsn());
                insert.setInt(2, part);
                insert.setBytes(3, ItemParts.slice(payload, part));
                insert.executeUpdate();
            }
        }
    }

    /** Up to {@code limit} entries after an LSN, oldest first. */
    List<Row> after(Connection connection, long lsn, int limit) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT lsn, committed_at, parts, payload FROM log_entry WHERE lsn > ? ORDER BY lsn LIMIT " + limit)) {
            select.setLong(1, lsn);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long number = rows.getLong(1);
                    int parts = rows.getInt(3);
                    byte[] payload = parts == 0 ? rows.getBytes(4) : parts(connection, number, parts);
                    found.add(new Row(number, rows.getLong(2), payload));
                }
            }
        }
        return found;
    }

    /** One part at a time: H2 keeps the whole result of a query in memory. */
    private static byte[] parts(Connection connection, long lsn, int parts) throws SQLException {
        byte[] payload = new byte[0];
        try (PreparedStatement select =
                connection.prepareStatement("SELECT payload FROM log_entry_part WHERE lsn = ? AND part = ?")) {
            select.setLong(1, lsn);
            for (int part = parts - 1; part >= 0; part--) {
                select.setInt(2, part);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    byte[] slice = row.getBytes(1);
                    int from = part * ItemTable.INLINE_BYTES;
                    if (part == parts - 1) {
                        // the last one first, since it tells the length of the whole
                        payload = new byte[from + slice.length];
                    }
                    System.arraycopy(slice, 0, payload, from, slice.length);
                }
            }
        }
        return payload;
    }

    /** Whether an entry is committed. */
    boolean contains(Connection connection, long lsn) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM log_entry WHERE lsn = ?")) {
            select.setLong(1, lsn);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Removes the entries from one LSN to another, both included. */
    void delete(Connection connection, long firstLsn, long lastLsn) throws SQLException {
        for (String table : List.of("log_entry", "log_entry_part")) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE lsn BETWEEN ? AND ?")) {
                delete.setLong(1, firstLsn);
                delete.setLong(2, lastLsn);
                delete.executeUpdate();
            }
        }
    }
}
