package org.hotbackup.replication.simulation;

import java.util.List;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.FileCreated;

/** The files that the simulated users work with. */
final class Files {

    static final DPointer POINTER = DPointer.of("DL", 7);

    /** The MD of the account that is always there. */
    static final FilePath WORLD = FilePath.masterDictionary("world");

    /** Items that are written and deleted. */
    static final FilePath ITEMS = FilePath.data("world", "items");

    /** Items that count: each write adds one, so that an effect that comes twice shows. */
    static final FilePath COUNTERS = FilePath.data("world", "counters");

    /** A file that is cleared, redefined, deleted and created again, now and then with its dictionary. */
    static final FilePath SCRATCH = FilePath.data("world", "scratch");

    /** The MD of an account that comes and goes, logged or not. */
    static final FilePath SPARE = FilePath.masterDictionary("spare");

    /** A file in it, logged or not. */
    static final FilePath THINGS = FilePath.data("spare", "things");

    /** A file that no slave touches: its transactions go to lost+found. */
    static final FilePath POISON = FilePath.data("dm", "users");

    /** The files that are always logged: after quiet they are the same on both sides. */
    static final List<FilePath> EQUAL = List.of(ITEMS, COUNTERS, SCRATCH);

    private static final List<FilePath> FIRST = List.of(ITEMS, COUNTERS, SCRATCH, POISON);

    private Files() {}

    /** Whether users work with it on a slave: all but the system's account. */
    static boolean isOfUsers(FilePath file) {
        return !file.account().equals("dm");
    }

    /** What is there at the beginning, on both sides. */
    static Image atTheBeginning() {
        Image image = new Image();
        image.perform(new AccountCreated(WORLD, POINTER));
        FIRST.forEach(file -> image.perform(new FileCreated(file, POINTER)));
        return image;
    }
}
