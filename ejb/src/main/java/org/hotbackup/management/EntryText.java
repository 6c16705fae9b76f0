package org.hotbackup.management;

import java.util.List;
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
            String first = text(updates.get(0));
            return updates.size() == 1 ? first : first + " and " + (updates.size() - 1) + " more";
        } catch (MalformedEntryException e) {
            return e.getMessage();
        }
    }

    private static String text(Update update) {
        if (update instanceof Update.ItemWritten written) {
            return "Upd itm '" + written.id() + "' in '" + update.file() + "'";
        } else if (update instanceof Update.ItemDeleted deleted) {
            return "Del itm '" + deleted.id() + "' in '" + update.file() + "'";
        } else if (update instanceof Update.FileCleared) {
            return "Clear file '" + update.file() + "'";
        } else if (update instanceof Update.FileCreated) {
            return "Create file '" + update.file() + "'";
        } else if (update instanceof Update.FileRedefined redefined) {
            return "Redefine file '" + update.file() + "' as " + redefined.pointer();
        } else if (update instanceof Update.FileDeleted) {
            return "Delete file '" + update.file() + "'";
        } else if (update instanceof Update.AccountCreated) {
            return "Create account '" + update.file().account() + "'";
        }
        return "Delete account '" + update.file().account() + "'";
    }
}
