package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemText;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.MalformedEntryException;

/**
 * One update of a record of lost+found or of a log entry with what it holds; or, where no transaction can be read, all that
 * there is.
 *
 * @param operation what it does, in the words of REST's transactions; {@code removed} or {@code unreadable} without one
 * @param update the update, empty without one
 * @param content the item that it writes, or the D-pointer that it gives a file or account; not copied
 */
public record HeldUpdate(String operation, Optional<Update> update, Optional<byte[]> content) {

    private static final String UNREADABLE = "unreadable";

    /** All that a record holds, in order; at least one. */
    public static List<HeldUpdate> of(LostItem record) {
        List<Update> updates = record.updates();
        if (updates.isEmpty()) {
            String what = record.type().isTransaction() ? UNREADABLE : "removed";
            return List.of(new HeldUpdate(what, Optional.empty(), Optional.of(record.body())));
        }
        return updates.stream().map(HeldUpdate::of).toList();
    }

    /** All that a log entry holds, in order; at least one. */
    public static List<HeldUpdate> of(LogEntry entry) {
        try {
            return LogEntryCodec.decode(entry.payload()).stream()
                    .map(HeldUpdate::of)
                    .toList();
        } catch (MalformedEntryException e) {
            return List.of(new HeldUpdate(UNREADABLE, Optional.empty(), Optional.of(entry.payload())));
        }
    }

    static HeldUpdate of(Update update) {
        return new HeldUpdate(update.operation(), Optional.of(update), content(update));
    }

    private static Optional<byte[]> content(Update update) {
        if (update instanceof Update.ItemWritten written) {
            return Optional.of(written.body());
        }
        return pointer(update).map(DPointer::bytes);
    }

    private static Optional<DPointer> pointer(Update update) {
        if (update instanceof Update.FileCreated created) {
            return Optional.of(created.pointer());
        } else if (update instanceof Update.FileRedefined redefined) {
            return Optional.of(redefined.pointer());
        }
        return update instanceof Update.AccountCreated created ? Optional.of(created.pointer()) : Optional.empty();
    }

    /** The file that it changes. */
    public Optional<FilePath> file() {
        return update.map(Update::file);
    }

    /** The item that it writes or deletes. */
    public Optional<ItemId> item() {
        if (update.orElse(null) instanceof Update.ItemWritten written) {
            return Optional.of(written.id());
        }
        return update.orElse(null) instanceof Update.ItemDeleted deleted ? Optional.of(deleted.id()) : Optional.empty();
    }

    /** What it does in the manual's short words (HB-083), and after that the beginning of what it holds. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(update.map(UpdateText::of).orElse(operation));
        content.ifPresent(bytes -> ItemText.lines(bytes).forEach(line -> lines.add("  " + line)));
        return lines;
    }
}
