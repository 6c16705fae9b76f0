package org.hotbackup.management;

import java.util.List;
import org.hotbackup.apply.UpdateText;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.MalformedEntryException;

/** What a log entry does, in the manual's short words (HB-083). */
final class EntryText {

    private EntryText() {}

    /** How many updates it holds; 0 if it cannot be read. */
    static int updates(LogEntry entry) {
        try {
            return LogEntryCodec.decode(entry.payload()).size();
        } catch (MalformedEntryException e) {
            return 0;
        }
    }

    /** Its first update, and how many more there are. */
    static String summary(LogEntry entry) {
        try {
            List<Update> updates = LogEntryCodec.decode(entry.payload());
            String first = UpdateText.of(updates.get(0));
            return updates.size() == 1 ? first : first + " and " + (updates.size() - 1) + " more";
        } catch (MalformedEntryException e) {
            return e.getMessage();
        }
    }
}
