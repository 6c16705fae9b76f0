package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.txlog.LogEntry;

/**
 * Tries again what is in lost+found, in the order of each item: what was updated since by others is left alone, and an
 * older record that touches the same comes first. For one thread and one database transaction.
 */
public final class Replay {

    private final LostItem record;
    private final Optional<byte[]> marks;
    private final List<Update> updates;

    /**
     * A record of lost+found.
     *
     * @throws Refusal if there is none of this id, or it holds no transaction that can be read
     */
    public Replay(ItemId id, SlaveImage image) {
        byte[] item =
                image.read(SlaveFiles.LOST_AND_FOUND, id).orElseThrow(() -> new Refusal(MessageCode.NO_LOST_ITEM, id));
        record = LostItem.of(id, item);
        marks = image.read(SlaveFiles.OVERTAKEN, id);
        updates = record.updates();
        if (updates.isEmpty()) {
            throw new Refusal(MessageCode.NOT_A_TRANSACTION, id);
        }
    }

    /** What of it would be done: the updates that nothing has overtaken. */
    public Transaction transaction() {
        List<Update> left = updates.stream()
                .filter(update -> !Overtaken.isOvertaken(update, marks))
                .toList();
        LogEntry entry = new LogEntry(0, 0, 0, record.body());
        return new Transaction(new ReceivedTransaction(record.transaction(), entry), left, Optional.empty());
    }

    /** The slave server that could not perform it. */
    public String server() {
        return record.server();
    }

    /** How many updates the record holds. */
    public int size() {
        return updates.size();
    }

    /** What replaying would change, a line for each update; changes nothing. */
    public String difference(SlaveImage image) {
        List<String> lines = new ArrayList<>();
        for (Update update : updates) {
            lines.add(UpdateText.of(update) + ": "
                    + (Overtaken.isOvertaken(update, marks)
                            ? "was updated since, is left alone"
                            : difference(update, image)));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String difference(Update update, SlaveImage image) {
        if (update instanceof Update.ItemWritten written) {
            Optional<byte[]> current = image.read(written.file(), written.id());
            return current.map(body -> difference(body, written.body()))
                    .orElse("would be created with " + written.body().length + " bytes");
        } else if (update instanceof Update.ItemDeleted deleted) {
            return image.read(deleted.file(), deleted.id())
                    .map(body -> "would be deleted, has " + body.length + " bytes")
                    .orElse("is not there");
        }
        return image.file(update.file())
                .map(file -> "would be done, file " + file.number() + " is there")
                .orElse("would be done, there is no such file now");
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

    /**
     * Performs it and takes it out of lost+found.
     *
     * @throws Refusal if an older record comes first, or it still cannot be performed
     */
    public void perform(SlaveBatch batch, SlaveImage image, Overtaken overtaken) {
        Transaction transaction = transaction();
        for (Update update : transaction.updates()) {
            Set<ItemId> older = overtaken.olderThan(record.id(), update);
            if (!older.isEmpty()) {
                throw new Refusal(MessageCode.OLDER_FIRST, older.iterator().next());
            }
        }
        batch.replay(transaction).ifPresent(reason -> {
            throw new Refusal(MessageCode.CANNOT_BE_REPLAYED, reason);
        });
        remove(record.id(), image);
    }

    /** Takes a record out of lost+found. */
    public static void remove(ItemId id, SlaveImage image) {
        SortedMap<ItemId, Optional<byte[]>> gone = new TreeMap<>();
        gone.put(id, Optional.empty());
        image.write(SlaveFiles.LOST_AND_FOUND, gone);
        image.write(SlaveFiles.OVERTAKEN, gone);
    }
}
