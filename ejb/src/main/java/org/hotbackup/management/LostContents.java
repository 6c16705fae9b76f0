package org.hotbackup.management;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hotbackup.apply.LostContent;
import org.hotbackup.control.LostUpdate;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;

/** What a record of lost+found holds, in pages that a console or a command can take. */
final class LostContents {

    /** The most bytes of items on a page. */
    static final int PAGE_BYTES = 4 << 20;

    private static final byte[] NOTHING = {};

    private LostContents() {}

    /**
     * A page.
     *
     * @param after only those behind this number
     * @param offset the first of them from this byte of its item on
     * @param limit at most so many
     * @return in order, only the last one perhaps not whole; empty behind the last
     */
    static List<LostUpdate> page(List<LostContent> all, int after, long offset, int limit) {
        List<LostUpdate> page = new ArrayList<>();
        int room = PAGE_BYTES;
        for (int number = Math.max(0, after) + 1; number <= all.size() && page.size() < limit && room > 0; number++) {
            LostContent one = all.get(number - 1);
            byte[] whole = one.content().orElse(NOTHING);
            int from = page.isEmpty() ? (int) Math.max(0, Math.min(whole.length, offset)) : 0;
            int length = Math.min(room, whole.length - from);
            page.add(new LostUpdate(
                    number,
                    one.operation(),
                    one.file().map(FilePath::toString).orElse(""),
                    one.item().map(ItemId::toString).orElse(""),
                    one.item().map(ItemId::bytes).orElse(NOTHING),
                    one.content().isPresent() ? whole.length : LostUpdate.NO_CONTENT,
                    from,
                    Arrays.copyOfRange(whole, from, from + length)));
            room -= length;
        }
        return page;
    }
}
