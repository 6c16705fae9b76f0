package org.hotbackup.store;

import java.util.List;
import java.util.Optional;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/**
 * The system's own files in account {@code dm}, for the node itself. Each method joins the caller's transaction or makes
 * its own; nothing written here is ever logged. Throws {@link org.hotbackup.control.messages.Refusal} as {@link
 * org.hotbackup.control.ItemStore} does. Thread-safe.
 */
public interface SystemFiles {

    /** The body of an item, empty if there is none. */
    Optional<byte[]> read(FilePath file, ItemId id);

    /** Creates or replaces an item. */
    void write(FilePath file, ItemId id, byte[] body);

    /** Creates or replaces an item in a transaction of its own, whatever becomes of the caller's. */
    default void writeApart(FilePath file, ItemId id, byte[] body) {
        write(file, id, body);
    }

    /** Creates or replaces items in one transaction. */
    void writeAll(FilePath file, List<StoredItem> items);

    /**
     * Deletes an item.
     *
     * @return false if there was none
     */
    boolean delete(FilePath file, ItemId id);

    /** Deletes items in one transaction; those that are not there are passed over. */
    void deleteAll(FilePath file, List<ItemId> ids);

    /** Deletes all items of a file. */
    void clear(FilePath file);

    /** Items in order of their ids, as {@link org.hotbackup.control.ItemStore#items}. */
    List<StoredItem> items(FilePath file, ItemId after, int limit);

    /**
     * The last items before an id, in order of their ids; bodies must be small.
     *
     * @param before where they end, exclusive; null for the end of the file
     * @param limit the most items, at least 1
     */
    List<StoredItem> itemsBefore(FilePath file, ItemId before, int limit);
}
