package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/**
 * The helpers' tasks of this node, as committed: one a section at most, for whoever holds the section's lock. Changes
 * are made in a database transaction and shown here after its commit. Thread-safe.
 */
public final class HelperTasks {

    private static final int PAGE = 1_000;

    private final Map<FilePath, HelperTask> tasks = new ConcurrentHashMap<>();

    /**
     * Takes over what {@code dm,jobs} says is under way.
     *
     * @return the ids of the helpers' items that cannot be read: nothing is known of what they had to do
     */
    public List<ItemId> load(SlaveImage image) {
        List<ItemId> unreadable = new ArrayList<>();
        Map<FilePath, HelperTask> loaded = new HashMap<>();
        ItemId after = null;
        List<StoredItem> page = image.items(SlaveFiles.JOBS, after, PAGE);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                try {
                    HelperTask.of(item).ifPresent(task -> loaded.put(task.file(), task));
                } catch (IllegalArgumentException e) {
                    unreadable.add(item.id());
                }
                after = item.id();
            }
            page = image.items(SlaveFiles.JOBS, after, PAGE);
        }
        tasks.keySet().retainAll(loaded.keySet());
        tasks.putAll(loaded);
        return unreadable;
    }

    /** The task on a section, if there is one. */
    public Optional<HelperTask> of(FilePath file) {
        return Optional.ofNullable(tasks.get(file));
    }

    /** All tasks. */
    public Collection<HelperTask> all() {
        return List.copyOf(tasks.values());
    }

    /** Begins changes for one database transaction. */
    public Changes change() {
        return new Changes();
    }

    /** Tasks as one database transaction sees them. For one thread. */
    public final class Changes {

        private final Map<FilePath, Optional<HelperTask>> changed = new HashMap<>();

        Optional<HelperTask> of(FilePath file) {
            Optional<HelperTask> change = changed.get(file);
            return change == null ? HelperTasks.this.of(file) : change;
        }

        /** The sections among these that have a task. */
        Set<FilePath> sections(Predicate<FilePath> which) {
            Set<FilePath> sections = new HashSet<>(tasks.keySet());
            sections.addAll(changed.keySet());
            sections.removeIf(section -> !which.test(section) || of(section).isEmpty());
            return sections;
        }

        void put(HelperTask task) {
            changed.put(task.file(), Optional.of(task));
        }

        void remove(FilePath file) {
            changed.put(file, Optional.empty());
        }

        /** The database transaction is committed. */
        public void commit() {
            changed.forEach(
                    (file, task) -> task.ifPresentOrElse(there -> tasks.put(file, there), () -> tasks.remove(file)));
        }
    }
}
