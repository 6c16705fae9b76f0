package org.hotbackup.txlog;

import org.hotbackup.model.DPointer;

/**
 * Which updates are logged, decided in the order of domain.md 2.5. The decision uses the D-pointer of the section that is
 * updated; for a create or delete of a section, that section's own.
 *
 * @param enqueuing updates are enqueued for all processes (HB-124)
 * @param allFiles Log ALL files (HB-122) rather than DL files only (HB-121)
 * @param servers whether there is any master server to enqueue for
 */
public record LoggingPolicy(boolean enqueuing, boolean allFiles, boolean servers) {

    /** Nothing is logged: a node without a master server. */
    public static final LoggingPolicy NONE = new LoggingPolicy(true, false, false);

    /** Whether anything can be logged at all. */
    public boolean active() {
        return enqueuing && servers;
    }

    /** Whether an update of a section with this D-pointer is logged. */
    public boolean logs(DPointer pointer) {
        if (!active() || pointer.has('X') || pointer.has('Y') || pointer.has('T')) {
            return false;
        }
        return pointer.has('L') || allFiles;
    }
}
