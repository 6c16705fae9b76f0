package org.hotbackup.apply;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * The slave's database inside one database transaction: what a slave server sees and changes there. What is changed is
 * seen at once and becomes durable, with everything else, at the end of the transaction. For one thread.
 */
public interface SlaveImage {

    /** A section, empty if there is none. */
    Optional<FileDefinition> file(FilePath path);

    /**
     * The file-of-files number of a section whose record cannot be read: {@link #file} finds it by its path all the same, and
     * everybody else finds its items in {@code dm,hb.missing} (HB-154). Empty if there is no such section.
     */
    default OptionalInt unreadable(FilePath path) {
        return OptionalInt.empty();
    }

    /** All sections, sorted by path; those whose record cannot be read are not where they belong. */
    List<FileDefinition> files();

    /** The body of an item, empty if there is no such file or item. */
    Optional<byte[]> read(FilePath file, ItemId id);

    /** Items after an id (null: from the beginning), in order, at most so many and some megabytes. */
    List<StoredItem> items(FilePath file, ItemId after, int limit);

    /** As {@link #items}, not beyond an id (inclusive; null: to the end); empty only at the end of the range. */
    default List<StoredItem> range(FilePath file, ItemId after, ItemId upTo, int limit) {
        return items(file, after, limit).stream()
                .takeWhile(item -> upTo == null || item.id().compareTo(upTo) <= 0)
                .toList();
    }

    /** Whether a file holds more items than this; looks at no more of them. */
    boolean holdsMoreThan(FilePath file, int items);

    /** How many items a file holds with ids between these, exclusive. */
    long count(FilePath file, ItemId after, ItemId before);

    /** Gives items these bodies; empty: deletes them. */
    void write(FilePath file, SortedMap<ItemId, Optional<byte[]>> states);

    /**
     * Deletes items of a file, whichever.
     *
     * @return how many there were, at most {@code limit}
     */
    int deleteSome(FilePath file, int limit);

    /** Makes an update of a file or account exactly as it stands; it must fit what is there. */
    void perform(Update update);

    /**
     * Whether this node logs an update for slaves of its own.
     *
     * @param pointer the D-pointer of its section, before it is redefined
     * @param before what the item was in a dictionary, empty for any other update
     */
    boolean isLogged(Update update, DPointer pointer, Optional<byte[]> before);

    /** Logs the updates of one transaction for this node's own slaves (HB-015). */
    void log(List<Update> updates);
}
