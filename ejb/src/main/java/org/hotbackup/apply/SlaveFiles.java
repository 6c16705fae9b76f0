package org.hotbackup.apply;

import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;

/** The files of account {@code dm} in which a slave server keeps what it cannot put where it belongs (HB-170). */
public final class SlaveFiles {

    /** What could not be performed (HB-160). */
    public static final FilePath LOST_AND_FOUND = FilePath.data("dm", "hb.log", "lost+found");

    /** Which updates of what is in lost+found can be tried again: nobody updated the same later (ADR 13). */
    public static final FilePath REPLAYABLE = FilePath.data("dm", "hb.log", "replayable");

    /** Updates that wait to be applied (HB-016). */
    public static final FilePath DELAYED = FilePath.data("dm", "hb.log", "apply");

    /** Helpers and other processes (HB-171). */
    public static final FilePath JOBS = FilePath.data("dm", "jobs");

    private static final DPointer HOLD_POINTER = DPointer.of("DT", 31);

    private SlaveFiles() {}

    /** The hold file of a file, by its file-of-files number (HB-020, HB-021). */
    public static FilePath hold(String server, int number) {
        return FilePath.data("dm", "hb.log", server + "*" + number);
    }

    /** The D-pointer of a hold file: never logged, modulo 31. */
    static DPointer holdPointer() {
        return HOLD_POINTER;
    }
}
