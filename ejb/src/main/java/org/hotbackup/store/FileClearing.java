package org.hotbackup.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Deletes the rows of all items of a file, in the caller's transaction. H2 keeps every row that one statement deletes in
 * memory until its end, which ended a node whose file of 500 MB was cleared: there each statement deletes a few. Thread-safe;
 * connections are not.
 */
final class FileClearing {

    /** Before every id: none is empty. */
    private static final byte[] BEGINNING = new byte[0];

    private final Dialect dialect;

    FileClearing(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Deletes them.
     *
     * @return how many there were
     */
    long clear(Connection connection, int file) throws SQLException {
        return dialect == Dialect.H2 ? clearInPieces(connection, file) : deleteAfter(connection, file, BEGINNING);
    }

    private static long clearInPieces(Connection connection, int file) throws SQLException {
        long deleted = 0;
        byte[] after = BEGINNING;
        byte[] last = lastOfPiece(connection, file, after);
        while (last != null) {
            deleted += deleteBetween(connection, file, after, last);
            after = last;
            last = lastOfPiece(connection, file, after);
        }
        return deleted + deleteAfter(connection, file, after);
    }

    /** The last id of the next piece, null if no whole one is left. */
    private static byte[] lastOfPiece(Connection connection, int file, byte[] after) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM item WHERE file_number = ? AND id > ?"
                        + " ORDER BY file_number, id LIMIT 1 OFFSET " + (ItemTable.MOST_ROWS - 1))) {
            select.setInt(1, file);
            select.setBytes(2, after);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    private static long deleteBetween(Connection connection, int file, byte[] after, byte[] last) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM item WHERE file_number = ? AND id > ? AND id <= ?")) {
            delete.setInt(1, file);
            delete.setBytes(2, after);
            delete.setBytes(3, last);
            return delete.executeLargeUpdate();
        }
    }

    private static long deleteAfter(Connection connection, int file, byte[] after) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM item WHERE file_number = ? AND id > ?")) {
            delete.setInt(1, file);
            delete.setBytes(2, after);
            return delete.executeLargeUpdate();
        }
    }
}
