package org.hotbackup.saves;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hotbackup.control.ItemStore;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.tape.SaveSource;
import org.hotbackup.tape.Saved;

/**
 * The accounts of a store, as they are saved while users go on working: each item as it is when its turn comes. What is the
 * node's own is left out.
 */
public final class StoredAccounts implements SaveSource, AutoCloseable {

    private static final int PAGE = 1_000;

    private final ItemStore store;
    private final Predicate<FilePath> own;
    private final TapeWork work;
    private final Background<List<StoredItem>> ahead;
    private Optional<Supplier<SavedLog>> log = Optional.empty();

    /**
     * The accounts of a store.
     *
     * @param own which files are the node's own
     * @param work is told what begins, and what was deleted meanwhile
     * @param threads on which items are read while those before them are written to the tape
     */
    public StoredAccounts(ItemStore store, Predicate<FilePath> own, TapeWork work, ThreadFactory threads) {
        this.store = store;
        this.own = own;
        this.work = work;
        this.ahead = new Background<>(threads);
    }

    void standsInLog(Supplier<SavedLog> where) {
        log = Optional.of(where);
    }

    /** The names of all accounts that hold anything but what is the node's own. */
    public List<String> accounts() {
        return store.accounts().stream()
                .filter(account -> !own.test(FilePath.masterDictionary(account))
                        || !files(account).isEmpty())
                .toList();
    }

    /** Tells the work how many items these accounts hold, to begin with. */
    public void count(List<String> accounts) {
        for (String account : accounts) {
            for (FileDefinition file : files(account)) {
                sayUnlessWhole(file);
                try {
                    work.expect(store.itemCount(file.path()));
                } catch (Refusal e) {
                    unlessGone(e);
                }
            }
        }
    }

    private void sayUnlessWhole(FileDefinition file) {
        switch (Saved.of(file.pointer())) {
            case NOTHING -> work.say(MessageCode.TAPE_FILE_NOT_SAVED, file.path());
            case POINTER -> work.say(MessageCode.TAPE_FILE_EMPTY_SAVED, file.path());
            case WHOLE -> {
                // nothing to say
            }
        }
    }

    @Override
    public Optional<DPointer> account(String account) {
        Optional<DPointer> pointer =
                store.file(FilePath.masterDictionary(account)).map(FileDefinition::pointer);
        if (pointer.isEmpty()) {
            work.note(MessageCode.TAPE_ACCOUNT_VANISHED, account);
        }
        return pointer;
    }

    @Override
    public List<FileDefinition> files(String account) {
        try {
            return store.files(account).stream()
                    .filter(file -> !own.test(file.path()))
                    .toList();
        } catch (Refusal e) {
            unlessGone(e);
            return List.of();
        }
    }

    @Override
    public void items(FilePath file, Visitor visitor) {
        if (own.test(file)) {
            return;
        }
        work.file(file.toString());
        List<StoredItem> page = page(file, null);
        while (!page.isEmpty()) {
            ItemId last = page.get(page.size() - 1).id();
            ahead.begin(() -> page(file, last));
            page.stream()
                    .filter(item -> !UnfinishedRestore.isMark(file, item.id()))
                    .forEach(item -> visitor.item(item.id(), item.body()));
            page = ahead.await();
        }
    }

    @Override
    public void systemItems(Visitor visitor) {
        log.ifPresent(known -> visitor.item(SavedLog.ID, known.get().item()));
    }

    private List<StoredItem> page(FilePath file, ItemId after) {
        try {
            return store.items(file, after, PAGE);
        } catch (Refusal e) {
            unlessGone(e);
            work.note(MessageCode.TAPE_FILE_VANISHED, file);
            return List.of();
        }
    }

    private static void unlessGone(Refusal e) {
        if (e.code() != MessageCode.NO_FILE && e.code() != MessageCode.NO_ACCOUNT) {
            throw e;
        }
    }

    /** Nothing is read any more. */
    @Override
    public void close() {
        ahead.close();
    }
}
