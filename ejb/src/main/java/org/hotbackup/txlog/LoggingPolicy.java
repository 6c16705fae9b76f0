package org.hotbackup.txlog;

import org.hotbackup.model.DPointer;

/** Which updates of a node that logs at all are logged, decided in the order of domain.md 2.5. */
public final class LoggingPolicy {

    private LoggingPolicy() {}

    /**
     * Whether an update of a section is logged.
     *
     * @param allFiles Log ALL files (HB-122) rather than DL files only (HB-121)
     * @param pointer the D-pointer of the very section that is updated, created or deleted
     */
    public static boolean logs(boolean allFiles, DPointer pointer) {
        if (pointer.has('X') || pointer.has('Y') || pointer.has('T')) {
            return false;
        }
        return pointer.has('L') || allFiles;
    }
}
