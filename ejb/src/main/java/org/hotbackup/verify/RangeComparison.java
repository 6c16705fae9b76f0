package org.hotbackup.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.verify.CheckReport.Finding;

/** Compares a range with what the master says of it, item by item in the order of their ids. For one use. */
public final class RangeComparison {

    private final RangeCheck check;
    private final RangeSum sum = new RangeSum();
    private final NavigableMap<ItemId, ItemSum> toCome = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private boolean more;

    /** Nothing was compared yet. */
    public RangeComparison(RangeCheck check) {
        this.check = check;
        check.detail().ifPresent(toCome::putAll);
    }

    /**
     * The slave's next item of the range.
     *
     * @return whether it is worth to go on
     */
    public boolean add(ItemId id, byte[] body) {
        if (check.detail().isEmpty()) {
            sum.add(id, body);
            return sum.items() <= check.items();
        }
        onlyOnMaster(toCome.headMap(id, false));
        ItemSum here = RangeSum.of(body);
        ItemSum there = toCome.remove(id);
        if (!here.equals(there)) {
            differs(new Difference(id, Optional.ofNullable(there), Optional.of(here)));
        }
        return !more;
    }

    /** What was found, after the last item of the range. */
    public CheckReport report() {
        if (check.detail().isEmpty()) {
            boolean equal = sum.items() == check.items()
                    && sum.bytes() == check.bytes()
                    && sum.digest().equals(check.sha256());
            return CheckReport.of(check.number(), equal ? Finding.EQUAL : Finding.DIFFERENT);
        }
        if (!more) {
            onlyOnMaster(toCome);
        }
        return new CheckReport(
                check.number(),
                differences.isEmpty() ? Finding.EQUAL : Finding.DIFFERENT,
                List.copyOf(differences),
                more);
    }

    private void onlyOnMaster(NavigableMap<ItemId, ItemSum> items) {
        for (Map.Entry<ItemId, ItemSum> item : items.entrySet()) {
            differs(new Difference(item.getKey(), Optional.of(item.getValue()), Optional.empty()));
        }
        items.clear();
    }

    private void differs(Difference difference) {
        if (differences.size() < CheckReport.MOST_DIFFERENCES) {
            differences.add(difference);
        } else {
            more = true;
        }
    }
}
