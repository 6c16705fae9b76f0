package org.hotbackup.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.apply.EntryText;
import org.hotbackup.store.LogSettings;
import org.hotbackup.txlog.LogEntry;

/**
 * The manual's Display Queue (HB-080 to HB-083).
 *
 * @param bytes what the server's queue takes
 * @param settings what is logged
 * @param sent number of the last transaction sent, 0 if it is not known
 * @param acknowledged number of the last transaction acknowledged, 0 if it is not known
 * @param first the first entry that is not acknowledged, empty if all are
 */
record QueueDisplay(long bytes, LogSettings settings, long sent, long acknowledged, Optional<LogEntry> first) {

    /** A frame is 500 bytes of queued data. */
    private static final long FRAME_BYTES = 500;

    /** Its lines; those of the transactions only if something is outstanding, and of a number only if it is known. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add((bytes + FRAME_BYTES - 1) / FRAME_BYTES + " frames in queue");
        lines.add((settings.allFiles() ? "ALL" : "DL") + " files logged");
        lines.add(settings.enqueuing() ? "File updates enqueued for all processes" : "File updates no longer enqueued");
        first.ifPresent(entry -> {
            if (sent > acknowledged) {
                lines.add("Current transaction: " + sent);
            }
            if (acknowledged > 0) {
                lines.add("Last ACK'ed transaction: " + acknowledged);
            }
            lines.add(EntryText.summary(entry));
        });
        return String.join(System.lineSeparator(), lines);
    }
}
