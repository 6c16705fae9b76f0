package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.List;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.MalformedEntryException;

/** What a log entry does, in the manual's short words (HB-083). */
public final class EntryText {

    /** How many updates of one entry are named each on a line of their own. */
    public static final int LINES = 100;

    private EntryText() {}

    /** How many updates it holds; 0 if it cannot be read. */
    public static int updates(LogEntry entry) {
        try {
            return LogEntryCodec.decode(entry.payload()).size();
        } catch (MalformedEntryException e) {
            return 0;
        }
    }

    /** Its first update, and how many more there are. */
    public static String summary(LogEntry entry) {
        try {
            List<Update> updates = LogEntryCodec.decode(entry.payload());
            String first = UpdateText.of(updates.get(0));
            return updates.size() == 1 ? first : first + " and " + (updates.size() - 1) + " more";
        } catch (MalformedEntryException e) {
            return e.getMessage();
        }
    }

    /** Each of its first {@value #LINES} updates, and how many more there are. */
    public static List<String> lines(LogEntry entry) {
        try {
            List<Update> updates = LogEntryCodec.decode(entry.payload());
            List<String> lines = new ArrayList<>();
            updates.stream().limit(LINES).map(UpdateText::of).forEach(lines::add);
            if (updates.size() > LINES) {
                lines.add("and " + (updates.size() - LINES) + " more");
            }
            return lines;
        } catch (MalformedEntryException e) {
            return List.of(e.getMessage());
        }
    }
}
