package org.hotbackup.ordeal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hotbackup.apply.LostItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;

/** Where the slave's image may differ from what is expected: what lost+found names, and what the ordeal itself spoilt. */
final class Excuses {

    private boolean inTheWay;
    private final List<LostItem> discarded = new ArrayList<>();
    private final Set<Long> setAside = new HashSet<>();
    private final Set<FilePath> sections = new HashSet<>();
    private final Set<FilePath> files = new HashSet<>();
    private final Set<String> accounts = new HashSet<>();
    private final Map<FilePath, Set<ItemId>> items = new HashMap<>();

    /** The account with all its files. */
    void account(String account) {
        accounts.add(account);
    }

    /** The whole section; of a dictionary also its data sections. */
    void file(FilePath file) {
        files.add(file);
    }

    /** The section and, of a dictionary, nothing below it. */
    void section(FilePath file) {
        sections.add(file);
    }

    void item(FilePath file, ItemId id) {
        items.computeIfAbsent(file, f -> new HashSet<>()).add(id);
    }

    /** What an update that was not performed would have changed. */
    void update(Update update) {
        if (update instanceof Update.ItemWritten written) {
            item(written.file(), written.id());
        } else if (update instanceof Update.ItemDeleted deleted) {
            item(deleted.file(), deleted.id());
        } else if (update instanceof Update.AccountCreated || update instanceof Update.AccountDeleted) {
            account(update.file().account());
        } else {
            file(update.file());
            if (update instanceof Update.FileCreated) {
                // its dictionary would have come with it
                section(update.file().definedIn());
            }
        }
    }

    /**
     * What an update in lost+found would have changed, and what the slave would have had to guess for it: the dictionary of
     * a data section and the account.
     *
     * @param guessed sections that the slave was never told of
     */
    void lost(Update update, Set<FilePath> guessed) {
        update(update);
        FilePath path = update.file();
        if (path.level() == FilePath.Level.DATA && guessed.contains(path)) {
            section(path.definedIn());
        }
        FilePath account = FilePath.masterDictionary(path.account());
        if (guessed.contains(account)) {
            section(account);
        }
    }

    /** Whether everything about a section may differ. */
    boolean excuses(FilePath file) {
        return accounts.contains(file.account())
                || files.contains(file)
                || sections.contains(file)
                || file.level() == FilePath.Level.DATA && files.contains(file.definedIn());
    }

    /**
     * Whether a section need not be there: the slave was never told of it and may not create it, and whatever was done in
     * it is in lost+found.
     *
     * @param slave as it would be if it had created the section
     */
    boolean excusesAbsence(FilePath file, SlaveModel slave) {
        return slave.guessed().contains(file)
                && touches(file)
                && slave.sections().get(file).items().keySet().stream().allMatch(id -> excuses(file, id));
    }

    /** Whether an item may differ. */
    boolean excuses(FilePath file, ItemId id) {
        return excuses(file) || items.getOrDefault(file, Set.of()).contains(id);
    }

    /** Whether a transaction that touches this section may be in lost+found because of what the ordeal did. */
    boolean touches(FilePath file) {
        return excuses(file) || items.containsKey(file);
    }

    /** An item was put where a D-pointer belongs. */
    void inTheWay(FilePath dictionary, ItemId id) {
        inTheWay = true;
        item(dictionary, id);
    }

    /** Whether something was ever put where a D-pointer belongs; it may stay there for long. */
    boolean wasInTheWay() {
        return inTheWay;
    }

    /** The transaction of this number was sent to lost+found by the ordeal. */
    void setAside(long transaction) {
        setAside.add(transaction);
    }

    /** Whether the ordeal sent it to lost+found. */
    boolean wasSetAside(long transaction) {
        return setAside.contains(transaction);
    }

    /** Whether something of an account may differ, and so what the correlatives in it refer to. */
    boolean touchesAccount(String account) {
        return accounts.contains(account)
                || files.stream().anyMatch(file -> file.account().equals(account))
                || items.keySet().stream().anyMatch(file -> file.account().equals(account));
    }

    /** The ordeal takes a record out of lost+found, perhaps before anybody judged it. */
    void discard(LostItem record) {
        discarded.add(record);
    }

    /** What was discarded since this was asked for. */
    List<LostItem> takeDiscarded() {
        List<LostItem> taken = List.copyOf(discarded);
        discarded.clear();
        return taken;
    }

    /** From now on nothing is excused any more. */
    void forget() {
        files.clear();
        sections.clear();
        accounts.clear();
        items.clear();
    }
}
