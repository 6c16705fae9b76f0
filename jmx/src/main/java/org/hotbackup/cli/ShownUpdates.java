package org.hotbackup.cli;

import java.util.List;
import java.util.Map;
import org.hotbackup.control.UpdateContent;

/** What a record of lost+found, or an entry of the queue, holds, as part of a document: its beginning, as in words. */
final class ShownUpdates {

    private static final int MOST = 100;

    private ShownUpdates() {}

    /**
     * Adds the first updates with their items under {@code contents}, and under {@code more} whether that is not all: the export
     * has the rest. Of the last one {@code bytes} may be more than its content has.
     *
     * @param document what is said of the whole
     * @return the document
     */
    static Map<String, Object> addedTo(Map<String, Object> document, LostItemsFolder.Contents contents) {
        List<UpdateContent> updates = contents.read(0, 0, MOST);
        UpdateContent last = updates.get(updates.size() - 1);
        boolean cut = last.content().length < last.bytes();
        document.put("contents", updates);
        document.put("more", cut || !contents.read(last.number(), 0, 1).isEmpty());
        return document;
    }
}
