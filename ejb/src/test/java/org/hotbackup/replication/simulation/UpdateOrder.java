package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.model.Update.RangeChecked;

/** I3: which transaction was the last to touch each item and file of a slave. */
final class UpdateOrder {

    private record Whole(long transaction, FilePath file, Predicate<FilePath> files) {}

    private final Map<List<Object>, Long> items;
    private final List<Whole> wholes;

    UpdateOrder() {
        this(new HashMap<>(), new ArrayList<>());
    }

    private UpdateOrder(Map<List<Object>, Long> items, List<Whole> wholes) {
        this.items = items;
        this.wholes = wholes;
    }

    UpdateOrder copy() {
        return new UpdateOrder(new HashMap<>(items), new ArrayList<>(wholes));
    }

    /** An update takes effect: whatever it touches was touched by older transactions only. */
    void performed(Update update, long transaction) {
        check(!isOvertaken(update, transaction), "I3", "%s of transaction %d is late", update, transaction);
        if (update instanceof ItemWritten written) {
            items.put(List.of(update.file(), written.id()), transaction);
        } else if (update instanceof ItemDeleted deleted) {
            items.put(List.of(update.file(), deleted.id()), transaction);
        } else if (!(update instanceof RangeChecked)) {
            wholes.add(new Whole(transaction, update.file(), touched(update)));
        }
    }

    /** Whether something that an update touches was touched by a younger transaction. */
    boolean isOvertaken(Update update, long transaction) {
        FilePath file = update.file();
        if (wholes.stream()
                .anyMatch(whole ->
                        whole.transaction() > transaction && whole.files().test(file))) {
            return true;
        }
        if (update instanceof ItemWritten written) {
            return isYounger(file, written.id(), transaction);
        } else if (update instanceof ItemDeleted deleted) {
            return isYounger(file, deleted.id(), transaction);
        }
        Predicate<FilePath> touched = touched(update);
        if (wholes.stream().anyMatch(whole -> whole.transaction() > transaction && touched.test(whole.file()))) {
            return true;
        }
        return items.entrySet().stream()
                .anyMatch(item -> item.getValue() > transaction
                        && touched.test((FilePath) item.getKey().get(0)));
    }

    private boolean isYounger(FilePath file, ItemId id, long transaction) {
        return items.getOrDefault(List.of(file, id), 0L) > transaction;
    }

    private static Predicate<FilePath> touched(Update update) {
        return update instanceof FileRedefined ? update.file()::equals : Image.goneWith(update);
    }
}
