package org.hotbackup.jms;

import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.journal.impl.JournalFile;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;

/**
 * Gives back what acknowledged entries took on the disk, while the disk is short. Artemis compacts its journal only when
 * it goes on to the next file, and it does not go on while nothing is appended: a disk that is short would stay so.
 */
final class JournalReclaim implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(JournalReclaim.class.getName());
    private static final long PERIOD_SECONDS = 2;
    private static final int COMPACT_SECONDS = 60;

    private final JournalImpl journal;
    private final DiskSpace disk;

    private JournalReclaim(JournalImpl journal, DiskSpace disk) {
        this.journal = journal;
        this.disk = disk;
    }

    /** Every two seconds from now on, on a thread of the broker, until it stops. */
    static void schedule(ActiveMQServer server, DiskSpace disk) {
        JournalImpl journal = (JournalImpl) server.getStorageManager().getMessageJournal();
        server.getScheduledPool()
                .scheduleWithFixedDelay(
                        new JournalReclaim(journal, disk), PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void run() {
        try {
            if (disk.isShort() && isWorthIt()) {
                journal.scheduleCompactAndBlock(COMPACT_SECONDS);
            }
        } catch (Exception e) {
            // tried again two seconds later
            LOGGER.log(Level.WARNING, "the journal could not give space back: {0}", Reasons.of(e));
        }
    }

    /** By Artemis' own measure; and the copy that it makes of what is still needed must not fill the disk. */
    private boolean isWorthIt() {
        JournalFile[] files = journal.getDataFiles();
        long needed = Stream.of(files).mapToLong(JournalFile::getLiveSize).sum();
        return files.length >= journal.getCompactMinFiles()
                && needed < journal.getCompactPercentage() * files.length * journal.getFileSize()
                && disk.hasRoom(needed + 2L * journal.getFileSize());
    }
}
