package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.txlog.LogEntry;

/**
 * The transactions of one slave server in {@code dm,hb.log,apply} (HB-016): an item each, its id the server and the
 * transaction's number, attribute 1 the LSN, 2 when it was committed, the log entry from attribute 3 on.
 */
public final class DelayedUpdates {

    private static final int DROPPED_AT_ONCE = 2_000;

    private final String prefix;

    /** Those of one slave server. */
    public DelayedUpdates(String server) {
        prefix = server + "*";
    }

    /** Adds transactions behind those that are there. */
    public void add(SlaveImage image, List<ReceivedTransaction> transactions) {
        TreeMap<ItemId, Optional<byte[]>> items = new TreeMap<>();
        transactions.forEach(transaction -> items.put(id(transaction.number()), Optional.of(item(transaction))));
        image.write(SlaveFiles.DELAYED, items);
    }

    /** The first of them, in order: at most so many and some megabytes. */
    public List<ReceivedTransaction> first(SlaveImage image, int most) {
        List<ReceivedTransaction> first = new ArrayList<>();
        for (StoredItem item : image.items(SlaveFiles.DELAYED, before(), most)) {
            String id = item.id().toString();
            if (!id.startsWith(prefix)) {
                break;
            }
            first.add(transaction(Long.parseLong(id.substring(prefix.length())), item.body()));
        }
        return first;
    }

    /** Takes transactions out that are performed. */
    public void remove(SlaveImage image, List<ReceivedTransaction> transactions) {
        TreeMap<ItemId, Optional<byte[]>> gone = new TreeMap<>();
        transactions.forEach(transaction -> gone.put(id(transaction.number()), Optional.empty()));
        image.write(SlaveFiles.DELAYED, gone);
    }

    /**
     * Drops all of them.
     *
     * @return how many there were
     */
    public long removeAll(SlaveImage image) {
        long removed = 0;
        List<ReceivedTransaction> some = first(image, DROPPED_AT_ONCE);
        while (!some.isEmpty()) {
            remove(image, some);
            removed += some.size();
            some = first(image, DROPPED_AT_ONCE);
        }
        return removed;
    }

    /** How many there are. */
    public long count(SlaveImage image) {
        return image.count(SlaveFiles.DELAYED, before(), after());
    }

    /** The last id before all of this server's. */
    private ItemId before() {
        return ItemId.of(prefix.substring(0, prefix.length() - 1) + ")~");
    }

    /** An id behind all of this server's. */
    private ItemId after() {
        return ItemId.of(prefix + "~");
    }

    private ItemId id(long number) {
        return ItemId.of(prefix + String.format("%019d", number));
    }

    private static byte[] item(ReceivedTransaction transaction) {
        LogEntry entry = transaction.entry();
        DynamicArray head =
                DynamicArray.ofAttributes(Long.toString(entry.lsn()), Long.toString(entry.committedAtMillis()));
        return new HeadAndBody(head, entry.payload()).toItem();
    }

    private static ReceivedTransaction transaction(long number, byte[] item) {
        HeadAndBody parts = HeadAndBody.of(item, 2);
        return new ReceivedTransaction(
                number,
                new LogEntry(
                        Long.parseLong(parts.head().extract(1)),
                        0,
                        Long.parseLong(parts.head().extract(2)),
                        parts.body()));
    }
}
