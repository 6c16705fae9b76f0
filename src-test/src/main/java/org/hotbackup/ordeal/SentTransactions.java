package org.hotbackup.ordeal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hotbackup.model.Update;

/**
 * Transactions that must be in the log, in the order of their answers, which is the log's for each item. Not thread-safe.
 */
final class SentTransactions {

    private final List<List<Update>> sent = new ArrayList<>();

    void add(List<Update> updates) {
        sent.add(List.copyOf(updates));
    }

    /**
     * Those that are left without some that did not get through: of several that are the same the last ones did not.
     *
     * @param unsent what did not get through
     * @param unknown gets those of them that are not among these at all
     */
    List<List<Update>> without(List<List<Update>> unsent, Consumer<List<Update>> unknown) {
        Map<Collection<String>, Deque<Integer>> places = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            places.computeIfAbsent(text(sent.get(i)), text -> new ArrayDeque<>())
                    .push(i);
        }
        List<List<Update>> left = new ArrayList<>(sent);
        for (List<Update> updates : unsent) {
            Deque<Integer> same = places.getOrDefault(text(updates), new ArrayDeque<>());
            if (same.isEmpty()) {
                unknown.accept(updates);
            } else {
                left.set(same.pop(), List.of());
            }
        }
        left.removeIf(List::isEmpty);
        return left;
    }

    /** What a transaction does; the order of its updates does not matter, each is of another item. */
    private static Collection<String> text(List<Update> updates) {
        TreeSet<String> texts = new TreeSet<>();
        updates.forEach(update -> texts.add(text(update)));
        return texts;
    }

    private static String text(Update update) {
        String where = update.getClass().getSimpleName() + " " + update.file() + " ";
        if (update instanceof Update.ItemWritten written) {
            return where + written.id() + " " + Fingerprint.of(written.body()).sha256();
        } else if (update instanceof Update.ItemDeleted deleted) {
            return where + deleted.id();
        } else if (update instanceof Update.FileCreated created) {
            return where + Fingerprint.of(created.pointer().bytes()).sha256();
        } else if (update instanceof Update.FileRedefined redefined) {
            return where + Fingerprint.of(redefined.pointer().bytes()).sha256();
        } else if (update instanceof Update.AccountCreated created) {
            return where + Fingerprint.of(created.pointer().bytes()).sha256();
        }
        return where;
    }
}
