package org.hotbackup.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bodies that are too long for the row of their item, in SQL: in parts of {@value ItemTable#INLINE_BYTES} bytes, numbered
 * from 0. The caller holds the locks that changes need. Thread-safe; connections are not.
 */
final class ItemParts {

    /** Files that may have bodies in parts; a file that never had one needs no look at the parts. */
    private final Set<Integer> files = ConcurrentHashMap.newKeySet();

    /** Finds out which files have bodies in parts; once, before anything else. */
    void open(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT DISTINCT file_number FROM item_part");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                files.add(rows.getInt(1));
            }
        }
    }

    /** How many parts a long value has; 0 if it fits into a row. */
    static int count(byte[] whole) {
        return whole.length <= ItemTable.INLINE_BYTES
                ? 0
                : (whole.length + ItemTable.INLINE_BYTES - 1) / ItemTable.INLINE_BYTES;
    }

    /** Part {@code part} of a long value, from 0. */
    static byte[] slice(byte[] whole, int part) {
        int from = part * ItemTable.INLINE_BYTES;
        return Arrays.copyOfRange(whole, from, Math.min(whole.length, from + ItemTable.INLINE_BYTES));
    }

    /**
     * The body of an item, even one without parts: one statement, hence one state of the item, even while another
     * transaction replaces it.
     */
    Optional<byte[]> read(Connection connection, int file, byte[] id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT i.body, p.body FROM item i LEFT JOIN item_part p"
                        + " ON p.file_number = i.file_number AND p.id = i.id"
                        + " WHERE i.file_number = ? AND i.id = ? ORDER BY p.part")) {
            select.setInt(1, file);
            select.setBytes(2, id);
            try (ResultSet rows = select.executeQuery()) {
                List<byte[]> parts = new ArrayList<>();
                int length = 0;
                while (rows.next()) {
                    byte[] part = rows.getBytes(2);
                    parts.add(part == null ? rows.getBytes(1) : part);
                    length += parts.get(parts.size() - 1).length;
                }
                return parts.isEmpty() ? Optional.empty() : Optional.of(joined(parts, length));
            }
        }
    }

    private static byte[] joined(List<byte[]> parts, int length) {
        ByteBuffer whole = ByteBuffer.allocate(length);
        parts.forEach(whole::put);
        return whole.array();
    }

    /** Adds those of a body that has {@code parts} of them; nothing if it has none. */
    void insert(Connection connection, int file, byte[] id, int parts, byte[] body) throws SQLException {
        if (parts == 0) {
            return;
        }
        files.add(file);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO item_part (file_number, id, part, body) VALUES (?, ?, ?, ?)")) {
            for (int part = 0; part < parts; part++) {
                insert.setInt(1, file);
                insert.setBytes(2, id);
                insert.setInt(3, part);
                insert.setBytes(4, slice(body, part));
                insert.executeUpdate();
            }
        }
    }

    /** Deletes those of an item. */
    void delete(Connection connection, int file, byte[] id) throws SQLException {
        if (files.contains(file)) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM item_part WHERE file_number = ? AND id = ?")) {
                delete.setInt(1, file);
                delete.setBytes(2, id);
                delete.executeUpdate();
            }
        }
    }

    /** Deletes those of all items of a file. */
    void clear(Connection connection, int file) throws SQLException {
        if (files.contains(file)) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM item_part WHERE file_number = ?")) {
                delete.setInt(1, file);
                delete.executeUpdate();
            }
        }
    }
}
