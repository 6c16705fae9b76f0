package org.hotbackup.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.ItemId;

/**
 * The items of all files, in SQL. A body of up to {@value #INLINE_BYTES} bytes stands in the item's row, a longer one in
 * parts of that size. The caller holds the locks that changes need. Thread-safe; connections are not.
 */
final class ItemTable {

    /** The longest body in one row: the longest VARBINARY that H2 knows. */
    static final int INLINE_BYTES = 1024 * 1024;

    /** Rows of one statement: their bodies are 64 MB at most, and H2 has them in memory as a whole. */
    static final int MOST_ROWS = 64;

    private static final byte[] NOTHING = new byte[0];
    private static final int CHUNK_ITEMS = 1_000;
    private static final long CHUNK_BYTES = 8L * 1024 * 1024;
    private static final int FIRST_PAGE = 16;

    /** So many items are worth a look whether none of them can be there. */
    private static final int LOOK_ITEMS = 200;

    private final Dialect dialect;
    private final FileClearing clearing;
    private final ItemParts parts = new ItemParts();

    ItemTable(Dialect dialect) {
        this.dialect = dialect;
        clearing = new FileClearing(dialect);
    }

    /** Finds out which files have bodies in parts; once, before anything else. */
    void open(Connection connection) throws SQLException {
        parts.open(connection);
    }

    /** The body of an item. */
    Optional<byte[]> read(Connection connection, int file, ItemId id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT parts, body FROM item WHERE file_number = ? AND id = ?")) {
            select.setInt(1, file);
            select.setBytes(2, id.bytes());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                if (row.getInt(1) == 0) {
                    return Optional.of(row.getBytes(2));
                }
            }
        }
        return parts.read(connection, file, id.bytes());
    }

    /**
     * Creates or replaces an item.
     *
     * @return true if it was created
     */
    boolean write(Connection connection, int file, ItemId id, byte[] body) throws SQLException {
        byte[] key = id.bytes();
        parts.delete(connection, file, key);
        int count = ItemParts.count(body);
        boolean created = upsert(connection, file, key, count, count == 0 ? body : NOTHING);
        parts.insert(connection, file, key, count, body);
        return created;
    }

    private boolean upsert(Connection connection, int file, byte[] id, int partCount, byte[] body) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            try (PreparedStatement upsert =
                    connection.prepareStatement("INSERT INTO item (file_number, id, parts, body) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (file_number, id) DO UPDATE SET parts = EXCLUDED.parts, body = EXCLUDED.body"
                            + " RETURNING (xmax = 0)")) {
                upsert.setInt(1, file);
                upsert.setBytes(2, id);
                upsert.setInt(3, partCount);
                upsert.setBytes(4, body);
                try (ResultSet row = upsert.executeQuery()) {
                    row.next();
                    return row.getBoolean(1);
                }
            }
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE item SET parts = ?, body = ? WHERE file_number = ? AND id = ?")) {
            update.setInt(1, partCount);
            update.setBytes(2, body);
            update.setInt(3, file);
            update.setBytes(4, id);
            if (update.executeUpdate() > 0) {
                return false;
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO item (file_number, id, parts, body) VALUES (?, ?, ?, ?)")) {
            insert.setInt(1, file);
            insert.setBytes(2, id);
            insert.setInt(3, partCount);
            insert.setBytes(4, body);
            insert.executeUpdate();
        }
        return true;
    }

    /**
     * Deletes an item.
     *
     * @return false if there was none
     */
    boolean delete(Connection connection, int file, ItemId id) throws SQLException {
        byte[] key = id.bytes();
        parts.delete(connection, file, key);
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM item WHERE file_number = ? AND id = ?")) {
            delete.setInt(1, file);
            delete.setBytes(2, key);
            return delete.executeUpdate() > 0;
        }
    }

    /**
     * Deletes all items of a file.
     *
     * @return how many there were
     */
    long clear(Connection connection, int file) throws SQLException {
        parts.clear(connection, file);
        return clearing.clear(connection, file);
    }

    /**
     * Deletes items of a file, the first of them.
     *
     * @return how many there were, at most {@code limit}
     */
    int deleteSome(Connection connection, int file, int limit) throws SQLException {
        List<ItemId> some = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id FROM item WHERE file_number = ? ORDER BY file_number, id LIMIT " + limit)) {
            select.setInt(1, file);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    some.add(ItemId.of(rows.getBytes(1)));
                }
            }
        }
        return deleteAll(connection, file, some).size();
    }

    /** Whether a file holds more items than this; looks at no more of them. */
    boolean holdsMoreThan(Connection connection, int file, int items) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT id FROM item WHERE file_number = ?" + " ORDER BY file_number, id LIMIT 1 OFFSET " + items)) {
            select.setInt(1, file);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** How many items a file holds with ids between these, exclusive. */
    long count(Connection connection, int file, ItemId after, ItemId before) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT COUNT(*) FROM item WHERE file_number = ? AND id > ? AND id < ?")) {
            select.setInt(1, file);
            select.setBytes(2, after.bytes());
            select.setBytes(3, before.bytes());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** How many items a file holds. */
    long count(Connection connection, int file) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT COUNT(*) FROM item WHERE file_number = ?")) {
            select.setInt(1, file);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * The first bytes of items of a file, in no order.
     *
     * @param bytes how many of each
     * @param most the most items
     */
    List<byte[]> beginnings(Connection connection, int file, int bytes, long most) throws SQLException {
        String beginning = "SELECT SUBSTRING(body FROM 1 FOR " + bytes + ") FROM ";
        List<byte[]> beginnings = new ArrayList<>();
        // a body in parts does not stand in its row
        for (String bodies : List.of("item WHERE parts = 0", "item_part WHERE part = 0")) {
            try (PreparedStatement select =
                    connection.prepareStatement(beginning + bodies + " AND file_number = ? LIMIT ?")) {
                select.setInt(1, file);
                select.setLong(2, most - beginnings.size());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        beginnings.add(rows.getBytes(1));
                    }
                }
            }
        }
        return beginnings;
    }

    /** How many items a file holds, counted up to this many. */
    long count(Connection connection, int file, long most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT COUNT(*) FROM (SELECT 1 FROM item WHERE file_number = ? LIMIT ?) counted")) {
            select.setInt(1, file);
            select.setLong(2, most);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Items in order of their ids.
     *
     * @param after where to begin, exclusive; null for the beginning
     * @param limit the most items
     * @param bytes ends after the item with which this many bytes are reached
     * @return empty only at the end of the file
     */
    List<StoredItem> page(Connection connection, int file, ItemId after, int limit, long bytes) throws SQLException {
        return page(connection, file, after, null, limit, bytes);
    }

    /**
     * Items of a range in order of their ids.
     *
     * @param after where to begin, exclusive; null for the beginning
     * @param upTo where to end, inclusive; null for the end
     * @param limit the most items
     * @param bytes ends after the item with which this many bytes are reached
     * @return empty only at the end of the range
     */
    List<StoredItem> page(Connection connection, int file, ItemId after, ItemId upTo, int limit, long bytes)
            throws SQLException {
        List<StoredItem> page = new ArrayList<>();
        long taken = 0;
        int rows = Math.min(limit, FIRST_PAGE);
        ItemId last = after;
        boolean more = true;
        while (more && page.size() < limit && (page.isEmpty() || taken < bytes)) {
            Rows next = rows(connection, file, last, upTo, rows, bytes - taken);
            page.addAll(next.items);
            taken += next.bytes;
            last = next.last;
            more = next.count == rows;
            long average = Math.max(1, taken / Math.max(1, page.size()));
            long fitting = Math.max(1, (bytes - taken) / average);
            rows = (int) Math.min(Math.min(limit - page.size(), MOST_ROWS), fitting);
        }
        return page;
    }

    /** Rows as they were read; an item in parts that was deleted meanwhile is counted but not among the items. */
    private record Rows(List<StoredItem> items, long bytes, int count, ItemId last) {}

    /** Reads up to {@code limit} rows, and no bodies in parts after the item that reaches so many bytes. */
    private Rows rows(Connection connection, int file, ItemId after, ItemId upTo, int limit, long bytes)
            throws SQLException {
        String range = (after == null ? "" : " AND id > ?") + (upTo == null ? "" : " AND id <= ?");
        List<StoredItem> items = new ArrayList<>();
        long taken = 0;
        int count = 0;
        ItemId last = after;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, parts, body FROM item WHERE file_number = ?" + range
                        + " ORDER BY file_number, id LIMIT " + limit)) {
            select.setInt(1, file);
            int parameter = 2;
            if (after != null) {
                select.setBytes(parameter++, after.bytes());
            }
            if (upTo != null) {
                select.setBytes(parameter, upTo.bytes());
            }
            try (ResultSet rows = select.executeQuery()) {
                while ((items.isEmpty() || taken < bytes) && rows.next()) {
                    byte[] id = rows.getBytes(1);
                    count++;
                    last = ItemId.of(id);
                    Optional<byte[]> body =
                            rows.getInt(2) == 0 ? Optional.of(rows.getBytes(3)) : parts.read(connection, file, id);
                    if (body.isPresent()) {
                        items.add(new StoredItem(last, body.get()));
                        taken += id.length + body.get().length;
                    }
                }
            }
        }
        return new Rows(items, taken, count, last);
    }

    /**
     * The items just before an id, in order of their ids.
     *
     * @param before where they end, exclusive; null for the end of the file
     * @param limit the most items
     */
    List<StoredItem> pageBefore(Connection connection, int file, ItemId before, int limit) throws SQLException {
        String to = before == null ? "" : " AND id < ?";
        List<StoredItem> page = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, parts, body FROM item WHERE file_number = ?" + to
                        + " ORDER BY file_number DESC, id DESC LIMIT " + limit)) {
            select.setInt(1, file);
            if (before != null) {
                select.setBytes(2, before.bytes());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    byte[] id = rows.getBytes(1);
                    Optional<byte[]> body =
                            rows.getInt(2) == 0 ? Optional.of(rows.getBytes(3)) : parts.read(connection, file, id);
                    body.ifPresent(bytes -> page.add(new StoredItem(ItemId.of(id), bytes)));
                }
            }
        }
        Collections.reverse(page);
        return page;
    }

    /**
     * Creates or replaces many items of one file, set-wise.
     *
     * @param items in the order of their ids, each once
     */
    void writeAll(Connection connection, int file, Collection<Map.Entry<ItemId, byte[]>> items) throws SQLException {
        List<byte[]> ids = new ArrayList<>();
        List<byte[]> bodies = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<ItemId, byte[]> item : items) {
            if (ItemParts.count(item.getValue()) > 0) {
                write(connection, file, item.getKey(), item.getValue());
                continue;
            }
            byte[] id = item.getKey().bytes();
            parts.delete(connection, file, id);
            ids.add(id);
            bodies.add(item.getValue());
            bytes += item.getValue().length;
            if (ids.size() >= CHUNK_ITEMS || bytes >= CHUNK_BYTES) {
                upsertAll(connection, file, ids, bodies);
                ids.clear();
                bodies.clear();
                bytes = 0;
            }
        }
        if (!ids.isEmpty()) {
            upsertAll(connection, file, ids, bodies);
        }
    }

    /**
     * Items between whose ids there is none yet, as in a restore, are inserted: on H2 three times as fast as merged, and on
     * PostgreSQL for two thirds of the work. The locks keep others from making one of them meanwhile.
     */
    private void upsertAll(Connection connection, int file, List<byte[]> ids, List<byte[]> bodies) throws SQLException {
        boolean fresh = ids.size() >= LOOK_ITEMS && isEmpty(connection, file, ids.get(0), ids.get(ids.size() - 1));
        if (dialect == Dialect.POSTGRESQL) {
            String insert = "INSERT INTO item (file_number, id, parts, body)"
                    + " SELECT ?, i, 0, b FROM unnest(?::bytea[], ?::bytea[]) AS u(i, b)";
            String replace = " ON CONFLICT (file_number, id) DO UPDATE SET parts = 0, body = EXCLUDED.body";
            try (PreparedStatement upsert = connection.prepareStatement(fresh ? insert : insert + replace)) {
                Array idArray = connection.createArrayOf("bytea", ids.toArray(new byte[0][]));
                Array bodyArray = connection.createArrayOf("bytea", bodies.toArray(new byte[0][]));
                upsert.setInt(1, file);
                upsert.setArray(2, idArray);
                upsert.setArray(3, bodyArray);
                upsert.executeUpdate();
            }
            return;
        }
        String way = fresh
                ? "INSERT INTO item (file_number, id, parts, body)"
                : "MERGE INTO item (file_number, id, parts, body) KEY (file_number, id)";
        try (PreparedStatement merge = connection.prepareStatement(way + " VALUES (?, ?, 0, ?)")) {
            for (int i = 0; i < ids.size(); i++) {
                merge.setInt(1, file);
                merge.setBytes(2, ids.get(i));
                merge.setBytes(3, bodies.get(i));
                merge.addBatch();
            }
            merge.executeBatch();
        }
    }

    /** Whether a file holds nothing from one id to another, both included. */
    private static boolean isEmpty(Connection connection, int file, byte[] from, byte[] to) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT 1 FROM item WHERE file_number = ? AND id BETWEEN ? AND ? ORDER BY file_number, id LIMIT 1")) {
            select.setInt(1, file);
            select.setBytes(2, from);
            select.setBytes(3, to);
            try (ResultSet row = select.executeQuery()) {
                return !row.next();
            }
        }
    }

    /**
     * Deletes many items of one file.
     *
     * @return those that were there
     */
    List<ItemId> deleteAll(Connection connection, int file, List<ItemId> ids) throws SQLException {
        List<ItemId> deleted = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK_ITEMS) {
            List<ItemId> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK_ITEMS));
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM item WHERE file_number = ? AND id = ?")) {
                for (ItemId id : chunk) {
                    byte[] key = id.bytes();
                    parts.delete(connection, file, key);
                    delete.setInt(1, file);
                    delete.setBytes(2, key);
                    delete.addBatch();
                }
                int[] counts = delete.executeBatch();
                for (int i = 0; i < counts.length; i++) {
                    if (counts[i] > 0) {
                        deleted.add(chunk.get(i));
                    }
                }
            }
        }
        return deleted;
    }
}
