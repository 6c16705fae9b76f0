package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/**
 * One update of a record of lost+found with what it holds; or, of a record without a transaction that can be read, all
 * that it holds.
 *
 * @param operation what it does, in the words of REST's transactions; {@code removed} or {@code unreadable} without one
 * @param update the update, empty without one
 * @param content the item that it writes, or the D-pointer that it gives a file or account; not copied
 */
public record LostContent(String operation, Optional<Update> update, Optional<byte[]> content) {

    /** All that a record holds, in order; at least one. */
    public static List<LostContent> of(LostItem record) {
        List<Update> updates = record.updates();
        if (updates.isEmpty()) {
            String what = record.type().isTransaction() ? "unreadable" : "removed";
            return List.of(new LostContent(what, Optional.empty(), Optional.of(record.body())));
        }
        return updates.stream().map(LostContent::of).toList();
    }

    private static LostContent of(Update update) {
        return new LostContent(operation(update), Optional.of(update), content(update));
    }

    private static String operation(Update update) {
        if (update instanceof Update.ItemWritten) {
            return "write";
        } else if (update instanceof Update.ItemDeleted) {
            return "delete";
        } else if (update instanceof Update.FileCleared) {
            return "clear";
        } else if (update instanceof Update.FileCreated) {
            return "create-file";
        } else if (update instanceof Update.FileRedefined) {
            return "redefine-file";
        } else if (update instanceof Update.FileDeleted) {
            return "delete-file";
        } else if (update instanceof Update.AccountCreated) {
            return "create-account";
        }
        return update instanceof Update.AccountDeleted ? "delete-account" : "compare";
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
