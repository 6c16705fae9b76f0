package org.hotbackup.apply;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.hotbackup.model.FilePath;

/** The files that a slave server opened since it started, and those that it failed to open (HB-099, HB-110). Thread-safe. */
public final class OpenedFiles {

    private final Set<FilePath> opened = new ConcurrentSkipListSet<>();
    private final Set<FilePath> failed = new ConcurrentSkipListSet<>();

    void opened(FilePath file) {
        opened.add(file);
        failed.remove(file);
    }

    void failed(FilePath file) {
        failed.add(file);
    }

    /** Sorted. */
    public Set<FilePath> opened() {
        return Set.copyOf(opened);
    }

    /** How many files failed to open, and were not opened since. */
    public int failedCount() {
        return failed.size();
    }

    /**
     * Forgets all of them: they are opened again when they are accessed.
     *
     * @return how many were open
     */
    public int close() {
        int closed = opened.size();
        opened.clear();
        failed.clear();
        return closed;
    }
}
