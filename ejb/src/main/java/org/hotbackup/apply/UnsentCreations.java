package org.hotbackup.apply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.model.Update;
import org.hotbackup.verify.RangeSum;

/**
 * Accounts and files whose creation is among the transactions that a new master does not have, and what these transactions
 * left in them: of what holds nothing else every item is in those transactions. A repair sends the creation of what has been
 * there for long, too, perhaps without having sent its items yet. For one thread.
 */
public final class UnsentCreations {

    /** Of more items than this in all it is not known whether they are all there is: what is remembered has to fit a small heap. */
    private static final int MOST_ITEMS = 100_000;

    private final Set<FilePath> accounts = new LinkedHashSet<>();
    private final Set<FilePath> files = new LinkedHashSet<>();
    private final Set<FilePath> dictionaries = new HashSet<>();
    private final Map<FilePath, Map<ItemId, ItemSum>> bodies = new HashMap<>();
    private final int mostItems;
    private int items;

    /** None so far. */
    public UnsentCreations() {
        this(MOST_ITEMS);
    }

    UnsentCreations(int mostItems) {
        this.mostItems = mostItems;
    }

    /** The next transaction, in the order of the log. */
    public void add(List<Update> transaction) {
        for (Update update : transaction) {
            if (update instanceof Update.AccountCreated) {
                accounts.add(update.file());
            } else if (update instanceof Update.FileCreated) {
                files.add(update.file());
                dictionaries.add(update.file().definedIn());
            } else if (update instanceof Update.ItemWritten written && isCreated(written.file()) && items < mostItems) {
                ItemSum before = bodies.computeIfAbsent(written.file(), file -> new HashMap<>())
                        .put(written.id(), RangeSum.of(written.body()));
                items += before == null ? 1 : 0;
            }
        }
    }

    private boolean isCreated(FilePath file) {
        return files.contains(file)
                || dictionaries.contains(file)
                || accounts.contains(FilePath.masterDictionary(file.account()));
    }

    /** The accounts, by their master dictionaries. */
    public List<FilePath> accounts() {
        return List.copyOf(accounts);
    }

    /** The files, last created first: the sections of a dictionary before itself. */
    public List<FilePath> files() {
        List<FilePath> latestFirst = new ArrayList<>(files);
        Collections.reverse(latestFirst);
        return latestFirst;
    }

    /** Whether an item is as the last of the transactions that wrote it left it. */
    public boolean hold(FilePath file, ItemId id, byte[] body) {
        return RangeSum.of(body).equals(bodies.getOrDefault(file, Map.of()).get(id));
    }
}
