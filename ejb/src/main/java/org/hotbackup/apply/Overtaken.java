package org.hotbackup.apply;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * Sees to it that no update of a record in lost+found is tried again that was overtaken, or an older state would take the
 * place of a newer one (ADR 13). An update that is not overtaken stands in {@code dm,hb.log,replayable} as an item of its
 * own; whoever updates the same later deletes that item in the same database transaction. A record's turn, a number that
 * grows, says which of two records is older, whatever clocks and the numbers of servers say.
 *
 * <p>The items are the truth; in memory is only what saves looking for them in vain. Thread-safe.
 */
public final class Overtaken {

    private final ExtentFilter filter = new ExtentFilter();
    private final AtomicLong lastTurn = new AtomicLong();

    /** Takes over what there is; once, before the first change. */
    public void load(SlaveImage image) {
        List<StoredItem> page = ReplayableItems.page((ItemId) null, image);
        while (!page.isEmpty()) {
            page.forEach(item -> ReplayableItems.extent(item.id())
                    .ifPresentOrElse(
                            filter::add,
                            () -> lastTurn.accumulateAndGet(ReplayableItems.turn(item.body()), Math::max)));
            page = ReplayableItems.page(page.get(page.size() - 1).id(), image);
        }
    }

    /** Begins changes for one database transaction. */
    public Changes change() {
        return new Changes();
    }

    /** What one database transaction adds to lost+found, and what it overtakes there. For one thread. */
    public final class Changes {

        private final TreeMap<String, byte[]> added = new TreeMap<>();
        private final TreeSet<String> overtaken = new TreeSet<>();

        private Changes() {}

        /** Keeps a record in lost+found; one that is there already stays as it is. */
        public void keep(LostItem record, SlaveImage image) {
            if (image.read(SlaveFiles.LOST_AND_FOUND, record.id()).isPresent()) {
                return;
            }
            TreeMap<ItemId, Optional<byte[]>> written = new TreeMap<>();
            written.put(record.id(), Optional.of(record.toItem()));
            image.write(SlaveFiles.LOST_AND_FOUND, written);
            List<Update> updates = record.updates();
            if (!updates.isEmpty()) {
                long turn = lastTurn.incrementAndGet();
                added.put(ReplayableItems.ofRecord(record.id()), ReplayableItems.toBody(turn));
                updates.forEach(update -> Extent.of(update).ifPresent(extent -> {
                    // before the commit: a place too many in the filter does no harm, one that is missing does
                    filter.add(extent);
                    added.put(
                            ReplayableItems.ofUpdate(extent, turn), record.id().bytes());
                }));
            }
        }

        /** An update is made: what touches the same in lost+found is overtaken. The locks that it needs are held. */
        public void updated(Update update) {
            if (!filter.isEmpty()) {
                Extent.of(update).ifPresent(this::updated);
            }
        }

        /**
         * A section is created where there was none, and not because the master made it anew: so what was lost in it, perhaps
         * for want of it, can still be tried again.
         */
        public void created(FilePath section) {
            if (!filter.isEmpty()) {
                updated(Extent.created(section));
            }
        }

        private void updated(Extent extent) {
            for (Extent containing : extent.containing()) {
                if (filter.mayBeAt(containing)) {
                    overtake(ReplayableItems.at(containing));
                }
            }
            if (filter.mayBeWithin(extent)) {
                overtake(ReplayableItems.within(extent));
            }
        }

        private void overtake(String prefix) {
            overtaken.add(prefix);
            added.subMap(prefix, ReplayableItems.behind(prefix)).clear();
        }

        /** Writes all this. In one order for everybody; what follows needs another call. */
        public void write(SlaveImage image) {
            overtaken.forEach(prefix -> delete(prefix, image));
            if (!added.isEmpty()) {
                SortedMap<ItemId, Optional<byte[]>> written = new TreeMap<>();
                added.forEach((id, body) -> written.put(ItemId.of(id), Optional.of(body)));
                image.write(SlaveFiles.REPLAYABLE, written);
            }
            overtaken.clear();
            added.clear();
        }

        private static void delete(String prefix, SlaveImage image) {
            List<StoredItem> page = ReplayableItems.page(prefix, null, image);
            while (!page.isEmpty()) {
                SortedMap<ItemId, Optional<byte[]>> gone = new TreeMap<>();
                page.forEach(item -> gone.put(item.id(), Optional.empty()));
                image.write(SlaveFiles.REPLAYABLE, gone);
                page = ReplayableItems.page(prefix, page.get(page.size() - 1).id(), image);
            }
        }
    }
}
