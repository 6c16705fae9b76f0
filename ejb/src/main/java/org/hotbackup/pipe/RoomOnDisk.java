package org.hotbackup.pipe;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hotbackup.control.settings.NodeSetting;

/**
 * Keeps a tape from taking what the node needs of its disk.
 *
 * @param path a file on that disk, which need not be there; the folder that it is to be in must
 * @param reserveBytes so much stays free
 */
public record RoomOnDisk(Path path, long reserveBytes) {

    /**
     * Lets so many bytes more be written.
     *
     * @throws IOException if less than the reserve would be left, with what the user is told
     */
    public void require(long bytes) throws IOException {
        Path file = Files.isSymbolicLink(path) ? path.toRealPath() : path;
        FileStore disk = Files.getFileStore(file.toAbsolutePath().getParent());
        if (disk.getUsableSpace() - bytes < reserveBytes) {
            throw new IOException("no space is left but what " + NodeSetting.DISK_RESERVE_MB.key() + " keeps free");
        }
    }
}
