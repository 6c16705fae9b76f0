package org.hotbackup.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hotbackup.model.ItemId;

/**
 * The ranges of a file that were compared: all of it only if they follow each other without a gap from its beginning to its
 * end. Each begins where another ended. For one thread.
 */
final class RangeChain {

    private final Map<Optional<ItemId>, Optional<ItemId>> ahead = new HashMap<>();
    private Optional<ItemId> reached = Optional.empty();
    private boolean whole;

    /**
     * A range was compared.
     *
     * @param after where it begins, exclusive; empty for the beginning of the file
     * @param upTo where it ends, inclusive; empty for the end of the file
     */
    void add(Optional<ItemId> after, Optional<ItemId> upTo) {
        ahead.put(after, upTo);
        Optional<ItemId> next = ahead.remove(reached);
        while (next != null && !whole) {
            reached = next;
            whole = next.isEmpty();
            next = whole ? null : ahead.remove(reached);
        }
    }

    /** Whether nothing of the file is left. */
    boolean isWhole() {
        return whole;
    }
}
