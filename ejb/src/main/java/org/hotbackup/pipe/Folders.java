package org.hotbackup.pipe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The names in a folder: a file that was made, moved or deleted is that for good only when they are on the disk, too. */
public final class Folders {

    private Folders() {}

    /**
     * Returns when the names in a folder are on the disk.
     *
     * @throws IOException if they are not
     */
    public static void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
