package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.ReplayChange;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.txlog.LogEntry;

/**
 * Tries again what is in lost+found, in the order of each item: what was updated since by others is left alone, and an
 * older record that touches the same comes first. What it finds is true as long as the locks are held that its updates
 * need. For one thread and one database transaction.
 */
public final class Replay {

    private final LostItem record;
    private final long turn;
    private final List<Update> updates;
    private final List<Update> left;

    /**
     * A record of lost+found.
     *
     * @throws Refusal if there is none of this id, it holds no transaction that can be read, or it is not known what was
     *     updated since
     */
    public Replay(ItemId id, SlaveImage image) {
        // the turn first: somebody who takes the record out now takes both, and it is the record that is missed
        OptionalLong known = ReplayableItems.turnOf(id, image);
        record = record(id, image);
        updates = record.updates();
        if (updates.isEmpty()) {
            throw new Refusal(MessageCode.NOT_A_TRANSACTION, id);
        }
        turn = known.orElseThrow(() -> new Refusal(MessageCode.LOST_ITEM_WITHOUT_TURN, id));
        Map<Extent, Boolean> replayable = new HashMap<>();
        left = updates.stream()
                .filter(update -> Extent.of(update)
                        .filter(extent -> replayable.computeIfAbsent(extent, e -> isReplayable(e, image)))
                        .isPresent())
                .toList();
    }

    private static LostItem record(ItemId id, SlaveImage image) {
        byte[] item =
                image.read(SlaveFiles.LOST_AND_FOUND, id).orElseThrow(() -> new Refusal(MessageCode.NO_LOST_ITEM, id));
        return LostItem.of(id, item);
    }

    private boolean isReplayable(Extent extent, SlaveImage image) {
        return image.read(SlaveFiles.REPLAYABLE, ItemId.of(ReplayableItems.ofUpdate(extent, turn)))
                .isPresent();
    }

    /** What of it would be done: the updates that nothing has overtaken, and no checks. */
    public Transaction transaction() {
        return transaction(left);
    }

    /** All of it: what it may touch. */
    public Transaction whole() {
        return transaction(updates);
    }

    private Transaction transaction(List<Update> some) {
        LogEntry entry = new LogEntry(0, 0, 0, record.body());
        return new Transaction(new ReceivedTransaction(record.transaction(), entry), some, Optional.empty());
    }

    /** The slave server that could not perform it. */
    public String server() {
        return record.server();
    }

    /** How many updates the record holds. */
    public int size() {
        return updates.size();
    }

    /** How many of them are left alone because others updated the same since. */
    public int overtaken() {
        long checks = updates.stream()
                .filter(update -> update instanceof Update.RangeChecked)
                .count();
        return updates.size() - (int) checks - left.size();
    }

    /** What replaying would change, a line for each update; changes nothing. */
    public String difference(SlaveImage image) {
        List<ReplayChange> changes = changes(image);
        return IntStream.range(0, changes.size())
                .mapToObj(i ->
                        UpdateText.of(updates.get(i)) + ": " + changes.get(i).effect())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** The same, update by update. */
    public List<ReplayChange> changes(SlaveImage image) {
        List<ReplayChange> changes = new ArrayList<>();
        Set<Update> replayed = new HashSet<>(left);
        // the very updates that are left: equal ones are others, since their bodies are arrays
        for (Update update : updates) {
            HeldUpdate held = HeldUpdate.of(update);
            changes.add(new ReplayChange(
                    changes.size() + 1,
                    held.operation(),
                    update.file().toString(),
                    held.item().map(ItemId::toString).orElse(""),
                    replayed.contains(update),
                    replayed.contains(update) ? difference(update, image) : leftOut(update)));
        }
        return changes;
    }

    private static String leftOut(Update update) {
        return update instanceof Update.RangeChecked ? "is over, is left out" : "was updated since, is left alone";
    }

    private static String difference(Update update, SlaveImage image) {
        if (update instanceof Update.ItemWritten written) {
            Optional<byte[]> current = image.read(written.file(), written.id());
            return current.map(body -> difference(body, written.body()))
                    .orElse("would be created with " + written.body().length + " bytes" + unlessFile(update, image));
        } else if (update instanceof Update.ItemDeleted deleted) {
            return image.read(deleted.file(), deleted.id())
                    .map(body -> "would be deleted, has " + body.length + " bytes")
                    .orElse("is not there" + unlessFile(update, image));
        }
        return image.file(update.file())
                .map(file -> "would be done, file " + file.number() + " is there")
                .orElse("would be done, there is no such file now");
    }

    private static String unlessFile(Update update, SlaveImage image) {
        return image.file(update.file()).isPresent() ? "" : ", but its file has to be created first";
    }

    private static String difference(byte[] current, byte[] wanted) {
        if (Arrays.equals(current, wanted)) {
            return "is the same already";
        }
        DynamicArray now = DynamicArray.of(current);
        DynamicArray then = DynamicArray.of(wanted);
        int attribute = 1;
        while (now.extract(attribute).equals(then.extract(attribute))
                && attribute <= Math.max(now.attributeCount(), then.attributeCount())) {
            attribute++;
        }
        return "would be replaced, " + current.length + " bytes by " + wanted.length
                + ", first difference in attribute " + attribute;
    }

    /** Whether there is nothing to perform, because others updated since all that it touches. */
    public boolean isWhollyOvertaken() {
        return left.isEmpty() && overtaken() > 0;
    }

    /**
     * Performs what nothing has overtaken; the record stays in lost+found until it is removed.
     *
     * @throws Refusal if an older record comes first, or it still cannot be performed
     */
    public void perform(SlaveBatch batch, SlaveImage image) {
        older(image).ifPresent(older -> {
            throw new Refusal(MessageCode.OLDER_FIRST, older);
        });
        batch.replay(transaction()).ifPresent(reason -> {
            throw new Refusal(MessageCode.CANNOT_BE_REPLAYED, reason);
        });
        image.write(SlaveFiles.REPLAYABLE, replayable(left, turn));
    }

    /** The oldest record before this one with an update that touches the same and is not overtaken, if there is one. */
    private Optional<ItemId> older(SlaveImage image) {
        Set<Extent> extents = new LinkedHashSet<>();
        left.forEach(update -> Extent.of(update).ifPresent(extents::add));
        Set<Extent> single = new LinkedHashSet<>(extents);
        extents.forEach(extent -> single.addAll(extent.containing()));
        Oldest oldest = new Oldest(turn);
        single.forEach(extent ->
                ReplayableItems.first(ReplayableItems.at(extent), image).ifPresent(oldest::found));
        extents.stream().filter(extent -> !extent.isLeaf()).forEach(extent -> {
            String prefix = ReplayableItems.within(extent);
            List<StoredItem> page = ReplayableItems.page(prefix, null, image);
            while (!page.isEmpty()) {
                page.forEach(oldest::found);
                page = ReplayableItems.page(prefix, page.get(page.size() - 1).id(), image);
            }
        });
        return oldest.record;
    }

    /** The record with the smallest turn among those that were found. */
    private static final class Oldest {
        private long turn;
        private Optional<ItemId> record = Optional.empty();

        /** Only what is older than this counts. */
        Oldest(long turn) {
            this.turn = turn;
        }

        void found(StoredItem item) {
            long found = ReplayableItems.turn(item.id());
            if (found < turn) {
                turn = found;
                record = Optional.of(ItemId.of(item.body()));
            }
        }
    }

    /**
     * Takes a record out of lost+found.
     *
     * @throws Refusal if there is none of this id
     */
    public static void remove(ItemId id, SlaveImage image) {
        remove(record(id, image), ReplayableItems.turnOf(id, image).orElse(0), image);
    }

    private static void remove(LostItem record, long turn, SlaveImage image) {
        SortedMap<ItemId, Optional<byte[]>> gone = new TreeMap<>();
        gone.put(record.id(), Optional.empty());
        image.write(SlaveFiles.LOST_AND_FOUND, gone);
        gone = replayable(record.updates(), turn);
        gone.put(ItemId.of(ReplayableItems.ofRecord(record.id())), Optional.empty());
        image.write(SlaveFiles.REPLAYABLE, gone);
    }

    /** The items that say that these may be replayed, to be deleted. */
    private static SortedMap<ItemId, Optional<byte[]>> replayable(List<Update> updates, long turn) {
        SortedMap<ItemId, Optional<byte[]>> gone = new TreeMap<>();
        updates.forEach(update -> Extent.of(update)
                .ifPresent(extent -> gone.put(ItemId.of(ReplayableItems.ofUpdate(extent, turn)), Optional.empty())));
        return gone;
    }
}
