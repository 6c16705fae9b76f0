package org.hotbackup.ordeal;

import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/**
 * Where the image of a slave differs from its master's in what is logged, found by reading both from outside: what a
 * comparison by the servers themselves must find too, and a repair must mend.
 *
 * @param missing sections that the slave does not have
 * @param extra logged sections that only the slave has, in accounts of the master
 * @param items ids of items that differ, by section
 */
record LoggedDifferences(
        SortedSet<FilePath> missing, SortedSet<FilePath> extra, SortedMap<FilePath, SortedSet<ItemId>> items) {

    static LoggedDifferences between(
            SortedMap<FilePath, Section> master, SortedMap<FilePath, Section> slave, boolean allFiles) {
        LoggedDifferences differences = new LoggedDifferences(new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
        master.forEach((path, section) -> {
            if (section.isLogged(allFiles)) {
                differences.add(path, section, slave.get(path));
            }
        });
        slave.forEach((path, section) -> {
            boolean ofMaster = master.containsKey(FilePath.masterDictionary(path.account()));
            if (ofMaster && !master.containsKey(path) && section.pointer().has('L')) {
                differences.extra.add(path);
            }
        });
        return differences;
    }

    private void add(FilePath path, Section onMaster, Section onSlave) {
        if (onSlave == null) {
            missing.add(path);
            return;
        }
        TreeSet<ItemId> ids = new TreeSet<>(onMaster.items().keySet());
        ids.addAll(onSlave.items().keySet());
        ids.removeIf(id -> Objects.equals(onMaster.compared(id), onSlave.compared(id)));
        if (!ids.isEmpty()) {
            items.put(path, ids);
        }
    }

    /**
     * Missing sections of accounts that the slave does not have either, and that are not logged themselves: nothing that is
     * sent creates them on a slave without auto create.
     *
     * @param slave the slave's image
     */
    SortedSet<FilePath> homeless(SortedMap<FilePath, Section> slave) {
        SortedSet<FilePath> homeless = new TreeSet<>(missing);
        homeless.removeIf(path -> {
            FilePath account = FilePath.masterDictionary(path.account());
            return slave.containsKey(account) || missing.contains(account);
        });
        return homeless;
    }

    /** The sections in which something is not the same. */
    SortedSet<FilePath> sections() {
        SortedSet<FilePath> sections = new TreeSet<>(items.keySet());
        sections.addAll(missing);
        sections.addAll(extra);
        return sections;
    }

    boolean isEmpty() {
        return sections().isEmpty();
    }

    @Override
    public String toString() {
        return "missing " + missing + ", only on the slave " + extra + ", items of " + items;
    }
}
