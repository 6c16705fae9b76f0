package org.hotbackup.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;

/**
 * The committed content of file-of-files, in memory: no update looks a file up in the database. Only units of work that
 * have ended change it. Thread-safe.
 */
final class FileCatalogue {

    private final ConcurrentSkipListMap<FilePath, FileDefinition> files = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<FilePath, FileDefinition> unreadable = new ConcurrentSkipListMap<>();

    /** Takes over what the database holds, and nothing else. */
    void load(FileRecords.Sections sections) {
        Map<FilePath, FileDefinition> loaded =
                sections.shown().stream().collect(Collectors.toMap(FileDefinition::path, definition -> definition));
        files.keySet().retainAll(loaded.keySet());
        files.putAll(loaded);
        unreadable.keySet().retainAll(sections.unreadable().keySet());
        unreadable.putAll(sections.unreadable());
    }

    Optional<FileDefinition> file(FilePath path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The section that has this path in a record that cannot be read for the rest (HB-154): as it is found instead. */
    Optional<FileDefinition> unreadable(FilePath path) {
        return Optional.ofNullable(unreadable.get(path));
    }

    /** All such paths, with what is found instead. */
    Map<FilePath, FileDefinition> unreadable() {
        return Map.copyOf(unreadable);
    }

    /** All sections, sorted by path. */
    List<FileDefinition> all() {
        return List.copyOf(files.values());
    }

    /** The names of all accounts, sorted. */
    List<String> accounts() {
        return files.keySet().stream()
                .filter(path -> path.level() == FilePath.Level.MASTER_DICTIONARY)
                .map(FilePath::account)
                .toList();
    }

    /**
     * Makes a unit of work's changes public: a definition, or empty for a section that is gone. Either way the record of this
     * path is not unreadable any more.
     */
    void apply(Map<FilePath, Optional<FileDefinition>> changes) {
        changes.forEach((path, change) -> {
            change.ifPresentOrElse(definition -> files.put(path, definition), () -> files.remove(path));
            FileDefinition instead = unreadable.remove(path);
            if (instead != null) {
                files.remove(instead.path());
            }
        });
    }
}
