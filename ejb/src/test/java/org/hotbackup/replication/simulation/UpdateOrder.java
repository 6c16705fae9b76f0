package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.AccountCreated;
import org.hotbackup.model.Update.AccountDeleted;
import org.hotbackup.model.Update.FileCleared;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.FileRedefined;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.model.Update.RangeChecked;

/**
 * I3: which transaction was the last to touch each place of a slave (ADR 13): an account, a file, a section, its definition
 * or its content, an item.
 */
final class UpdateOrder {

    /** By place, the names from the account down. */
    private final Map<List<Object>, Long> last;

    UpdateOrder() {
        this(new HashMap<>());
    }

    private UpdateOrder(Map<List<Object>, Long> last) {
        this.last = last;
    }

    UpdateOrder copy() {
        return new UpdateOrder(new HashMap<>(last));
    }

    /** An update takes effect: whatever it touches was touched by older transactions only. */
    void performed(Update update, long transaction) {
        check(!isOvertaken(update, transaction), "I3", "%s of transaction %d is late", update, transaction);
        touched(update).ifPresent(place -> last.merge(place, transaction, Math::max));
    }

    /** Whether something that an update touches was touched by a younger transaction. */
    boolean isOvertaken(Update update, long transaction) {
        return touched(update)
                .filter(place -> last.entrySet().stream()
                        .anyMatch(other -> other.getValue() > transaction && isSame(place, other.getKey())))
                .isPresent();
    }

    /** Whether one contains the other. */
    private static boolean isSame(List<Object> place, List<Object> other) {
        int names = Math.min(place.size(), other.size());
        return place.subList(0, names).equals(other.subList(0, names));
    }

    /** Empty if it changes nothing. */
    private static Optional<List<Object>> touched(Update update) {
        FilePath file = update.file();
        List<Object> section = List.of(file.account(), file.file(), file.section());
        if (update instanceof RangeChecked) {
            return Optional.empty();
        } else if (update instanceof AccountCreated || update instanceof AccountDeleted) {
            return Optional.of(section.subList(0, 1));
        } else if (update instanceof FileDeleted && file.level() == FilePath.Level.DICTIONARY) {
            return Optional.of(section.subList(0, 2));
        } else if (update instanceof FileRedefined) {
            return Optional.of(below(section, "definition"));
        } else if (update instanceof FileCleared) {
            return Optional.of(below(section, "content"));
        } else if (update instanceof ItemWritten written) {
            return Optional.of(below(section, "content", written.id()));
        } else if (update instanceof ItemDeleted deleted) {
            return Optional.of(below(section, "content", deleted.id()));
        }
        return Optional.of(section);
    }

    private static List<Object> below(List<Object> section, Object... names) {
        List<Object> place = new ArrayList<>(section);
        place.addAll(List.of(names));
        return place;
    }
}
