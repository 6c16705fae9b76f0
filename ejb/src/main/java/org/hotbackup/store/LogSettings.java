package org.hotbackup.store;

import org.hotbackup.txlog.LoggingPolicy.Switches;

/**
 * What is logged on this node (HB-121 to HB-125). A unit of work takes them with its first update.
 *
 * @param enqueuing updates are enqueued at all (HB-123, HB-124)
 * @param allFiles ALL files are logged (HB-122), not only DL files (HB-121)
 * @param hasServers at least one master server is defined; without one nobody would read a log entry
 */
public record LogSettings(boolean enqueuing, boolean allFiles, boolean hasServers) {

    /** Nothing is logged. */
    static final LogSettings OFF = new LogSettings(false, false, false);

    /** What a new store begins with: DL files are logged as soon as there is a master server. */
    static final LogSettings FIRST = new LogSettings(true, false, false);

    /** Whether any update can be logged. */
    public boolean active() {
        return enqueuing && hasServers;
    }

    /** The same, for the policy. */
    Switches switches(boolean processExcluded) {
        return new Switches(active(), processExcluded, allFiles);
    }

    /** With updates enqueued, or not any more. */
    public LogSettings withEnqueuing(boolean now) {
        return new LogSettings(now, allFiles, hasServers);
    }

    /** With ALL files logged, or DL files only. */
    public LogSettings withAllFiles(boolean now) {
        return new LogSettings(enqueuing, now, hasServers);
    }

    /** With a master server, or without. */
    public LogSettings withServers(boolean now) {
        return new LogSettings(enqueuing, allFiles, now);
    }
}
