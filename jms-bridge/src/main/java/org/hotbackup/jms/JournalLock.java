package org.hotbackup.jms;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.txlog.QueueUnavailableException;

/**
 * The right to use a journal. Artemis would wait for ever for a process that has it; here the second one is turned away
 * at once. A process that dies gives it back.
 */
final class JournalLock implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(JournalLock.class.getName());

    private final RandomAccessFile file;

    private JournalLock(RandomAccessFile file) {
        this.file = file;
    }

    /**
     * Takes the journal in a folder, which is made if it is not there.
     *
     * @throws QueueUnavailableException if somebody has it, or the folder cannot be used
     */
    static JournalLock take(Path data) throws QueueUnavailableException {
        try {
            Files.createDirectories(data);
            JournalLock taken = new JournalLock(
                    new RandomAccessFile(data.resolve("broker.lock").toFile(), "rw"));
            if (!taken.lock()) {
                taken.close();
                throw new QueueUnavailableException(
                        "the journal in " + data + " is in use already; stop the node that uses it first", null);
            }
            return taken;
        } catch (IOException e) {
            throw new QueueUnavailableException("the folder " + data + " cannot be used: " + e.getMessage(), e);
        }
    }

    private boolean lock() throws IOException {
        try {
            FileLock lock = file.getChannel().tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // held by another broker of this very JVM
            return false;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the lock file of the journal could not be closed", e);
        }
    }
}
