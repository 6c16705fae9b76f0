package org.hotbackup.store;

/**
 * What is logged on this node (domain.md 1.10). A unit of work takes them with its first update.
 *
 * @param enqueuing updates are enqueued at all (HB-123, HB-124)
 * @param allFiles ALL files are logged (HB-122), not only DL files (HB-121)
 * @param hasServers at least one master server is defined; without one nobody would read a log entry
 */
public record LogSettings(boolean enqueuing, boolean allFiles, boolean hasServers) {

    /** Nothing is logged: what a store begins with until it is told otherwise. */
    public static final LogSettings OFF = new LogSettings(false, false, false);

    /** Whether any update can be logged. */
    public boolean active() {
        return enqueuing && hasServers;
    }
}
