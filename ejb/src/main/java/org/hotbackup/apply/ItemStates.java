package org.hotbackup.apply;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/**
 * The last state of each item that a run of updates leaves behind. Updates of whole items commute between items, so only
 * the last one of each needs to be written, in any order; what changes a whole file is done at once and drops what was
 * collected for it. Not thread-safe.
 */
public final class ItemStates {

    private final SortedMap<FilePath, SortedMap<ItemId, Optional<byte[]>>> states = new TreeMap<>();

    /** The item has this body, not copied. */
    public void written(FilePath file, ItemId id, byte[] body) {
        of(file).put(id, Optional.of(body));
    }

    /** The item is gone. */
    public void deleted(FilePath file, ItemId id) {
        of(file).put(id, Optional.empty());
    }

    /** Forgets the items of all files that were cleared or deleted. */
    public void drop(Predicate<FilePath> files) {
        Iterator<FilePath> paths = states.keySet().iterator();
        while (paths.hasNext()) {
            if (files.test(paths.next())) {
                paths.remove();
            }
        }
    }

    /** What was collected for one file, which is then forgotten; empty if nothing was. */
    public Optional<SortedMap<ItemId, Optional<byte[]>>> take(FilePath file) {
        return Optional.ofNullable(states.remove(file));
    }

    /** File by file and in order of ids: a body, or empty for an item that is gone. */
    public Map<FilePath, SortedMap<ItemId, Optional<byte[]>>> byFile() {
        return states;
    }

    private SortedMap<ItemId, Optional<byte[]>> of(FilePath file) {
        return states.computeIfAbsent(file, f -> new TreeMap<>());
    }
}
