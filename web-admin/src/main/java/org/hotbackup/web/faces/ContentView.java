package org.hotbackup.web.faces;

import java.util.List;
import org.hotbackup.control.UpdateContent;

/** A page of updates with what they hold, as an entry of a queue and a record of lost+found have them. */
abstract class ContentView extends PageView {

    private static final int UPDATES = 20;

    private List<UpdateContent> contents;

    /** Updates behind this number, at most so many. */
    abstract List<UpdateContent> contents(int after, int limit);

    /** Whether bytes are shown in hex. */
    public boolean isHex() {
        return address().text("as").equals("hex");
    }

    /** The updates of this page. */
    public List<ContentRow> getUpdates() {
        if (contents == null) {
            contents = ask(() -> contents((int) address().number("after"), UPDATES), List.of());
        }
        return contents.stream().map(update -> new ContentRow(update, isHex())).toList();
    }

    /** Number of the last update of this page; 0 if there is none. */
    public int getReached() {
        List<ContentRow> updates = getUpdates();
        return updates.isEmpty() ? 0 : updates.get(updates.size() - 1).getNumber();
    }

    /** Whether there may be more behind it: the page is full, of updates or of bytes. */
    public boolean isMore() {
        if (getUpdates().isEmpty()) {
            return false;
        }
        UpdateContent last = contents.get(contents.size() - 1);
        return contents.size() == UPDATES || last.offset() + last.content().length < last.bytes();
    }
}
