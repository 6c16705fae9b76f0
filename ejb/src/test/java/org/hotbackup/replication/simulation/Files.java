package org.hotbackup.replication.simulation;

import java.util.List;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;

/** The files that the simulated users work with. */
final class Files {

    static final DPointer POINTER = DPointer.of("DL", 7);

    /** Items that are written and deleted. */
    static final FilePath ITEMS = FilePath.data("world", "items");

    /** Items that count: each write adds one, so that an effect that comes twice shows. */
    static final FilePath COUNTERS = FilePath.data("world", "counters");

    /** A file that is cleared, deleted and created again. */
    static final FilePath SCRATCH = FilePath.data("world", "scratch");

    /** A file that the slave cannot have: its transactions go to lost+found. */
    static final FilePath POISON = FilePath.data("world", "poison");

    /** The files that are there at the beginning, on both sides. */
    static final List<FilePath> ALL = List.of(ITEMS, COUNTERS, SCRATCH, POISON);

    private Files() {}

    static Image atTheBeginning() {
        Image image = new Image();
        ALL.forEach(file -> image.perform(new org.hotbackup.model.Update.FileCreated(file, POINTER)));
        return image;
    }
}
