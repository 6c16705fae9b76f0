package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * Which items that a transaction in lost+found touches were updated later by transactions that were performed: trying it
 * again must leave those alone, or an older state would take the place of a newer one. Kept in {@code dm,hb.log,overtaken}
 * under the record's id, an attribute for each item, {@code *} for a whole file, or {@code **} for something within an
 * account or file that the record removes. Thread-safe.
 */
public final class Overtaken {

    private static final int PAGE = 100;
    private static final String WHOLE = "*";

    /** What is marked of a record that removes an account or a file when something in there is updated. */
    private static final String WITHIN = "**";

    /** The records that touch an item (its id in hexadecimal) or a whole file, by file. */
    private final Map<FilePath, Map<String, Set<ItemId>>> records = new HashMap<>();

    /** The records that remove an account or a file with all its sections, by the MD or dictionary that goes too. */
    private final Map<FilePath, Set<ItemId>> removals = new HashMap<>();

    private final NavigableSet<ItemId> all = new TreeSet<>();

    /** Takes over what is in lost+found. */
    public synchronized void load(SlaveImage image) {
        records.clear();
        removals.clear();
        all.clear();
        ItemId after = null;
        List<StoredItem> page = image.items(SlaveFiles.LOST_AND_FOUND, after, PAGE);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                add(LostItem.of(item.id(), item.body()));
                after = item.id();
            }
            page = image.items(SlaveFiles.LOST_AND_FOUND, after, PAGE);
        }
    }

    private synchronized void add(LostItem record) {
        all.add(record.id());
        for (Update update : record.updates()) {
            records.computeIfAbsent(update.file(), file -> new HashMap<>())
                    .computeIfAbsent(name(update), name -> new HashSet<>())
                    .add(record.id());
            if (removesWhatIsWithin(update)) {
                removals.computeIfAbsent(update.file(), file -> new HashSet<>()).add(record.id());
            }
        }
    }

    /** How many records there are. */
    public synchronized long records() {
        return all.size();
    }

    private synchronized Optional<ItemId> last() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.last());
    }

    /** A record is no longer in lost+found. */
    public synchronized void forget(ItemId record) {
        all.remove(record);
        records.values().forEach(names -> names.values().forEach(ids -> ids.remove(record)));
        records.values().removeIf(names -> names.values().stream().allMatch(Set::isEmpty));
        removals.values().forEach(ids -> ids.remove(record));
        removals.values().removeIf(Set::isEmpty);
    }

    /**
     * The records, other than this one and older, that touch something that an update touches too: they come first.
     */
    public synchronized Set<ItemId> olderThan(ItemId record, Update update) {
        Set<ItemId> older = new HashSet<>();
        forEachTouched(update, (other, mark) -> {
            if (other.compareTo(record) < 0) {
                older.add(other);
            }
        });
        return older;
    }

    private synchronized void forEachTouched(Update update, BiConsumer<ItemId, String> found) {
        if (records.isEmpty()) {
            return;
        }
        for (FilePath around : around(update.file())) {
            removals.getOrDefault(around, Set.of()).forEach(record -> found.accept(record, around + " " + WITHIN));
        }
        String name = name(update);
        if (!name.equals(WHOLE)) {
            Map<String, Set<ItemId>> names = records.getOrDefault(update.file(), Map.of());
            for (String touched : List.of(name, WHOLE)) {
                names.getOrDefault(touched, Set.of())
                        .forEach(record -> found.accept(record, update.file() + " " + name));
            }
            return;
        }
        records.forEach((file, names) -> {
            if (file.equals(update.file()) || Transaction.removes(update, file)) {
                names.values().forEach(ids -> ids.forEach(record -> found.accept(record, file + " " + WHOLE)));
            }
        });
    }

    /**
     * Whether an update of a record was overtaken.
     *
     * @param marks the record's item in {@code dm,hb.log,overtaken}
     */
    static boolean isOvertaken(Update update, Optional<byte[]> marks) {
        String name = name(update);
        String within = update.file() + " " + WITHIN;
        return marks.map(DynamicArray::of).stream()
                .flatMap(item -> attributes(item).stream())
                .filter(mark -> !mark.equals(within) || removesWhatIsWithin(update))
                .anyMatch(mark -> mark.equals(update.file() + " " + name)
                        || mark.equals(update.file() + " " + WHOLE)
                        || name.equals(WHOLE) && mark.startsWith(update.file() + " "));
    }

    private static Set<String> attributes(DynamicArray item) {
        Set<String> all = new LinkedHashSet<>();
        for (int i = 1; i <= item.attributeCount(); i++) {
            all.add(item.extract(i));
        }
        return all;
    }

    /** The sections with which one goes when they are removed: the account's MD and the file's dictionary. */
    private static List<FilePath> around(FilePath file) {
        FilePath account = FilePath.masterDictionary(file.account());
        return switch (file.level()) {
            case MASTER_DICTIONARY -> List.of();
            case DICTIONARY -> List.of(account);
            case DATA -> List.of(account, file.definedIn());
        };
    }

    private static boolean removesWhatIsWithin(Update update) {
        return update instanceof Update.AccountCreated
                || update instanceof Update.AccountDeleted
                || update instanceof Update.FileDeleted && update.file().level() == FilePath.Level.DICTIONARY;
    }

    private static String name(Update update) {
        if (update instanceof Update.ItemWritten written) {
            return HexFormat.of().formatHex(written.id().bytes());
        } else if (update instanceof Update.ItemDeleted deleted) {
            return HexFormat.of().formatHex(deleted.id().bytes());
        }
        return WHOLE;
    }

    /** Begins changes for one database transaction. */
    public Changes change() {
        return new Changes();
    }

    /** What one database transaction adds to lost+found, and what it overtakes there. For one thread. */
    public final class Changes {

        private final Overtaken added = new Overtaken();
        private final List<LostItem> kept = new ArrayList<>();
        private final Map<ItemId, Set<String>> overtaken = new TreeMap<>();

        private Changes() {}

        /** The greatest id of a record, empty if there is none. */
        Optional<ItemId> last() {
            return Stream.of(added.last(), Overtaken.this.last())
                    .flatMap(Optional::stream)
                    .max(ItemId::compareTo);
        }

        void add(LostItem record) {
            kept.add(record);
            added.add(record);
        }

        /** An update is performed. */
        void updated(Update update) {
            BiConsumer<ItemId, String> mark = (record, text) -> overtaken
                    .computeIfAbsent(record, r -> new LinkedHashSet<>())
                    .add(text);
            forEachTouched(update, mark);
            added.forEachTouched(update, mark);
        }

        void write(SlaveImage image) {
            SortedMap<ItemId, Optional<byte[]>> marks = new TreeMap<>();
            overtaken.forEach((record, more) -> {
                Set<String> all = new LinkedHashSet<>();
                image.read(SlaveFiles.OVERTAKEN, record)
                        .ifPresent(item -> all.addAll(attributes(DynamicArray.of(item))));
                all.addAll(more);
                marks.put(
                        record,
                        Optional.of(DynamicArray.ofAttributes(all.toArray(String[]::new))
                                .bytes()));
            });
            if (!marks.isEmpty()) {
                image.write(SlaveFiles.OVERTAKEN, marks);
            }
        }

        /** The database transaction is committed. */
        public void commit() {
            kept.forEach(Overtaken.this::add);
        }
    }
}
