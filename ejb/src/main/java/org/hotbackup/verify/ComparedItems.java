package org.hotbackup.verify;

import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LoggingPolicy;
import org.hotbackup.txlog.LoggingPolicy.Verdict;

/** Which items of a file that is logged are compared; the same ones on both sides. */
public final class ComparedItems {

    private static final LoggingPolicy.Switches DL_FILES = new LoggingPolicy.Switches(true, false, false);
    private static final DPointer LOGGED = DPointer.of("DL", 1);

    private ComparedItems() {}

    /** All but those of a dictionary or MD that are themselves D-pointers without L: these are not logged. */
    public static boolean holds(FilePath file, ItemId id, byte[] body) {
        return LoggingPolicy.judge(DL_FILES, LOGGED, new Update.ItemWritten(file, id, body)) == Verdict.LOGGED;
    }
}
