package org.hotbackup.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/**
 * Ports that somebody has in mind and does not listen on yet: for each a byte of one file, locked until the process that
 * reserved it ends, however it ends. One file for each user, since another user may not lock it.
 */
final class PortReservations {

    private final Path file;
    private final FileChannel locks;
    private final Set<Integer> ours = new HashSet<>();

    /** Those of this machine's user, in a folder that all processes share. */
    PortReservations(Path folder) {
        file = folder.resolve("hot-backup-ports-" + System.getProperty("user.name"));
        try {
            locks = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw FileTrouble.unusable(file, e);
        }
    }

    /** Whether the port was not reserved yet, by this process or another, and is now. */
    synchronized boolean reserve(int port) {
        try {
            return ours.add(port) && locks.tryLock(port, 1, false) != null;
        } catch (IOException e) {
            throw FileTrouble.unusable(file, e);
        }
    }
}
