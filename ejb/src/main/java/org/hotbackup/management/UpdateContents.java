package org.hotbackup.management;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hotbackup.apply.HeldUpdate;
import org.hotbackup.control.UpdateContent;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** What a record of lost+found or a log entry holds, in pages that a console or a command can take, and in words. */
final class UpdateContents {

    /** The most bytes of items on a page. */
    static final int PAGE_BYTES = 4 << 20;

    private static final int MOST_SHOWN = 100;
    private static final byte[] NOTHING = {};

    private UpdateContents() {}

    /**
     * A page.
     *
     * @param after only those behind this number
     * @param offset the first of them from this byte of its item on
     * @param limit at most so many
     * @return in order, only the last one perhaps not whole; empty behind the last
     */
    static List<UpdateContent> page(List<HeldUpdate> all, int after, long offset, int limit) {
        List<UpdateContent> page = new ArrayList<>();
        int room = PAGE_BYTES;
        for (int number = Math.max(0, after) + 1; number <= all.size() && page.size() < limit && room > 0; number++) {
            HeldUpdate one = all.get(number - 1);
            byte[] whole = one.content().orElse(NOTHING);
            int from = page.isEmpty() ? (int) Math.max(0, Math.min(whole.length, offset)) : 0;
            int length = Math.min(room, whole.length - from);
            page.add(new UpdateContent(
                    number,
                    one.operation(),
                    one.file().map(FilePath::toString).orElse(""),
                    one.item().map(ItemId::toString).orElse(""),
                    one.item().map(ItemId::bytes).orElse(NOTHING),
                    one.content().isPresent() ? whole.length : UpdateContent.NO_CONTENT,
                    from,
                    Arrays.copyOfRange(whole, from, from + length)));
            room -= length;
        }
        return page;
    }

    /** In words, with the beginning of each item: the first {@value #MOST_SHOWN} of them, and how many more there are. */
    static List<String> lines(List<HeldUpdate> all) {
        List<String> lines = new ArrayList<>();
        all.stream()
                .limit(MOST_SHOWN)
                .flatMap(update -> update.lines().stream())
                .forEach(line -> lines.add("  " + line));
        if (all.size() > MOST_SHOWN) {
            lines.add("  and " + (all.size() - MOST_SHOWN) + " more");
        }
        return lines;
    }
}
