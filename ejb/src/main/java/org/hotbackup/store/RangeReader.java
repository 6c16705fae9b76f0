package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.verify.ComparedItems;
import org.hotbackup.verify.RangeRequest;
import org.hotbackup.verify.RangeSum;

/**
 * Reads a range of a section on the master, to say what it amounts to. The caller holds the locks that keep the range as
 * it is. Thread-safe.
 */
final class RangeReader {

    private final ItemTable items;

    RangeReader(ItemTable items) {
        this.items = items;
    }

    /** What the range amounts to here. It ends early when it has as many items or bytes as are asked for at most. */
    RangeCheck read(Connection connection, FileDefinition file, RangeRequest request) throws SQLException {
        RangeSum sum = new RangeSum();
        TreeMap<ItemId, ItemSum> detail = new TreeMap<>();
        Optional<ItemId> end = request.upTo();
        Optional<ItemId> last = request.after();
        long bytes = 0;
        int left = request.mostItems();
        while (true) {
            List<StoredItem> page = page(connection, file, last, request.upTo(), left, request.mostBytes() - bytes);
            for (StoredItem item : page) {
                last = Optional.of(item.id());
                bytes += item.id().length() + item.body().length;
                if (ComparedItems.holds(file.path(), item.id(), item.body())) {
                    sum.add(item.id(), item.body());
                    if (request.detail()) {
                        detail.put(item.id(), RangeSum.of(item.body()));
                    }
                }
            }
            left -= page.size();
            if (page.isEmpty()) {
                break;
            }
            if (left <= 0 || bytes >= request.mostBytes()) {
                end = last;
                break;
            }
        }
        return new RangeCheck(
                request.number(),
                request.after(),
                end,
                sum.items(),
                sum.bytes(),
                sum.digest(),
                request.detail() ? Optional.of(detail) : Optional.empty());
    }

    private List<StoredItem> page(
            Connection connection,
            FileDefinition file,
            Optional<ItemId> after,
            Optional<ItemId> upTo,
            int limit,
            long bytes)
            throws SQLException {
        return items.page(connection, file.number(), after.orElse(null), upTo.orElse(null), limit, bytes);
    }
}
