package org.hotbackup.ordeal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hotbackup.apply.LostItem;
import org.hotbackup.client.RestClient;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** The records of a slave's lost+found, and which of them were judged already. */
final class LostAndFoundRecords {

    private static final FilePath FILE = FilePath.data("dm", "hb.log", "lost+found");

    private final Set<ItemId> judged = new HashSet<>();

    /** All records, oldest first. */
    static List<LostItem> all(RestClient slave) {
        SortedMap<ItemId, LostItem> records = new TreeMap<>();
        slave.items(FILE, (id, body) -> records.put(id, LostItem.of(id, body)));
        return List.copyOf(records.values());
    }

    /** Whether all that a record would do is to define files otherwise. */
    static boolean redefinesOnly(LostItem record) {
        return !record.updates().isEmpty()
                && record.updates().stream().allMatch(Update.FileRedefined.class::isInstance);
    }

    /**
     * Those that were never asked for before.
     *
     * @param discarded what was there and is not any more
     * @param present what is there
     */
    List<LostItem> fresh(List<LostItem> discarded, List<LostItem> present) {
        return Stream.concat(discarded.stream(), present.stream())
                .filter(record -> judged.add(record.id()))
                .toList();
    }
}
