package org.hotbackup.device;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hotbackup.control.settings.NodeSetting;

/** Keeps a tape from taking what the node needs of its disk. */
final class Room implements TapeOutput.Room {

    private final Path path;
    private final long reserveBytes;

    /**
     * Looks at the disk of a file.
     *
     * @param reserveBytes so much stays free
     */
    Room(Path path, long reserveBytes) {
        this.path = path;
        this.reserveBytes = reserveBytes;
    }

    @Override
    public void check(long bytes) throws IOException {
        Path file = Files.isSymbolicLink(path) ? path.toRealPath() : path;
        FileStore store = Files.getFileStore(file.toAbsolutePath().getParent());
        if (store.getUsableSpace() - bytes < reserveBytes) {
            throw new IOException("no space is left but what " + NodeSetting.DISK_RESERVE_MB.key() + " keeps free");
        }
    }
}
