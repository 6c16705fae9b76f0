package org.hotbackup.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.hotbackup.apply.ItemStates;
import org.hotbackup.apply.Transaction;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Limits;
import org.hotbackup.model.Update;
import org.hotbackup.store.LockManager.Mode;

/**
 * What can be done to the store, in a unit of work: locks first, then SQL at once, then the log. Thread-safe; a unit of
 * work is not.
 */
final class ItemOperations {

    /** A page ends with the item that reaches this many bytes. */
    static final long PAGE_BYTES = 4L * 1024 * 1024;

    private final ItemTable items;
    private final Predicate<FilePath> untouchable;
    private final BiConsumer<UnitOfWork, FilePath> admission;
    private final boolean ofSystem;

    /**
     * Operations of one kind of caller.
     *
     * @param untouchable sections that this kind of caller may not change
     * @param admission refuses an update of a section that cannot be made now; called with the log's lock
     * @param ofSystem whether the caller is the node itself
     */
    ItemOperations(
            ItemTable items,
            Predicate<FilePath> untouchable,
            BiConsumer<UnitOfWork, FilePath> admission,
            boolean ofSystem) {
        this.items = items;
        this.untouchable = untouchable;
        this.admission = admission;
        this.ofSystem = ofSystem;
    }

    private void beginUpdate(UnitOfWork work, FilePath path) {
        if (ofSystem) {
            work.beginOfSystem();
        } else {
            work.beginUpdate();
        }
        admission.accept(work, path);
    }

    private void beginFreeing(UnitOfWork work, FilePath path) {
        if (ofSystem) {
            work.beginOfSystem();
        } else {
            work.beginFreeing();
        }
        admission.accept(work, path);
    }

    void createAccount(UnitOfWork work, String account, DPointer pointer) {
        FilePath path = FilePath.masterDictionary(account);
        guard(path);
        beginUpdate(work, path);
        work.lock(new LockKey.Account(account), Mode.EXCLUSIVE);
        if (work.file(path).isPresent()) {
            throw new Refusal(MessageCode.ACCOUNT_EXISTS, account);
        }
        work.charge(pointer.bytes().length);
        work.created(work.records().insert(path, pointer));
        work.made(new Update.AccountCreated(path, pointer), pointer);
    }

    void deleteAccount(UnitOfWork work, String account) throws SQLException {
        FilePath path = FilePath.masterDictionary(account);
        guard(path);
        beginFreeing(work, path);
        work.lock(new LockKey.Account(account), Mode.EXCLUSIVE);
        FileDefinition masterDictionary = requireAccount(work, account);
        work.charge(0);
        List<FileDefinition> gone = sections(work, account);
        for (FileDefinition file : gone) {
            remove(work, file);
        }
        madeGone(work, new Update.AccountDeleted(path), masterDictionary, gone);
    }

    List<String> accounts(UnitOfWork work) {
        return work.files().stream()
                .map(FileDefinition::path)
                .filter(path -> path.level() == FilePath.Level.MASTER_DICTIONARY)
                .map(FilePath::account)
                .toList();
    }

    FileDefinition createFile(UnitOfWork work, FilePath path, DPointer pointer) throws SQLException {
        guard(path);
        refuseMasterDictionary(path);
        beginUpdate(work, path);
        lockSection(work, path, Mode.EXCLUSIVE);
        requireAccount(work, path.account());
        if (work.file(path).isPresent()) {
            throw new Refusal(MessageCode.FILE_EXISTS, path);
        }
        refuseItemOfThisName(work, path);
        work.charge(pointer.bytes().length);
        if (path.level() == FilePath.Level.DATA) {
            createDictionary(work, path.definedIn(), pointer);
        }
        FileDefinition file = work.records().insert(path, pointer);
        work.created(file);
        work.made(new Update.FileCreated(path, pointer), pointer);
        return file;
    }

    /** Nothing but a D-pointer may stand where one belongs. */
    private void refuseItemOfThisName(UnitOfWork work, FilePath path) throws SQLException {
        Optional<FileDefinition> definedIn = work.file(path.definedIn());
        if (definedIn.isEmpty()) {
            refuseItemOfThisName(work, path.definedIn());
            return;
        }
        String name = path.level() == FilePath.Level.DATA ? path.section() : path.file();
        if (items.read(work.connection(), definedIn.get().number(), ItemId.of(name))
                .isPresent()) {
            throw new Refusal(MessageCode.FILE_NAME_IS_ITEM, name, path.definedIn());
        }
    }

    private static void refuseFileOfThisName(UnitOfWork work, FilePath path, ItemId id) {
        if (Transaction.defines(path, id).flatMap(work::file).isPresent()) {
            throw new Refusal(MessageCode.ITEM_ID_IS_FILE, id, path);
        }
    }

    /** Made the same way on master and slave: the code of the data section, modulo 1. */
    private static void createDictionary(UnitOfWork work, FilePath path, DPointer ofData) {
        work.lock(new LockKey.Section(path), Mode.SHARED);
        if (work.file(path).isPresent()) {
            return;
        }
        work.lock(new LockKey.Section(path), Mode.EXCLUSIVE);
        if (work.file(path).isEmpty()) {
            work.created(work.records().insert(path, DPointer.of(ofData.code(), 1)));
        }
    }

    FileDefinition redefineFile(UnitOfWork work, FilePath path, DPointer pointer) {
        guard(path);
        refuseMasterDictionary(path);
        beginUpdate(work, path);
        lockSection(work, path, Mode.EXCLUSIVE);
        FileDefinition file = requireFile(work, path);
        work.charge(pointer.bytes().length);
        FileDefinition redefined = new FileDefinition(file.number(), path, pointer);
        if (!pointer.equals(file.pointer()) || work.unreadable(path).isPresent()) {
            work.records().redefine(redefined);
            work.created(redefined);
            work.made(new Update.FileRedefined(path, pointer), file.pointer());
        }
        return redefined;
    }

    void deleteFile(UnitOfWork work, FilePath path) throws SQLException {
        guard(path);
        refuseMasterDictionary(path);
        beginFreeing(work, path);
        lockSection(work, path, Mode.EXCLUSIVE);
        FileDefinition file = requireFile(work, path);
        work.charge(0);
        List<FileDefinition> sections = new ArrayList<>();
        if (path.level() == FilePath.Level.DICTIONARY) {
            for (FileDefinition section : sections(work, path.account())) {
                if (section.path().definedIn().equals(path)) {
                    work.lock(new LockKey.Section(section.path()), Mode.EXCLUSIVE);
                    remove(work, section);
                    sections.add(section);
                }
            }
        }
        remove(work, file);
        madeGone(work, new Update.FileDeleted(path), file, sections);
    }

    /** A slave that is not told that an account or file is gone is told that those in it are which it was sent. */
    private static void madeGone(
            UnitOfWork work, Update whole, FileDefinition definition, List<FileDefinition> sections) {
        if (!work.made(whole, definition.pointer())) {
            sections.stream()
                    .filter(section -> !section.equals(definition))
                    .forEach(section -> work.made(new Update.FileDeleted(section.path()), section.pointer()));
        }
    }

    void clearFile(UnitOfWork work, FilePath path) throws SQLException {
        guard(path);
        beginFreeing(work, path);
        lockSection(work, path, Mode.EXCLUSIVE);
        FileDefinition file = requireFile(work, path);
        work.charge(0);
        if (items.clear(work.connection(), file.number()) > 0) {
            work.made(new Update.FileCleared(path), file.pointer());
        }
    }

    /** All sections of an account, sorted by path. */
    List<FileDefinition> files(UnitOfWork work, String account) {
        requireAccount(work, account);
        return work.files().stream()
                .filter(file -> file.path().account().equals(account))
                .toList();
    }

    /** As {@link #files}, with those whose records cannot be read: they go with their account or dictionary, too. */
    private List<FileDefinition> sections(UnitOfWork work, String account) {
        List<FileDefinition> sections = new ArrayList<>(files(work, account));
        work.unreadable().stream()
                .filter(file -> file.path().account().equals(account))
                .forEach(sections::add);
        return sections;
    }

    Optional<byte[]> read(UnitOfWork work, FilePath path, ItemId id) throws SQLException {
        FileDefinition file = requireFile(work, path);
        if (path.equals(SystemAccount.FILE_OF_FILES)) {
            return Optional.ofNullable(FileOfFiles.items(work.files()).get(id));
        }
        return items.read(work.connection(), file.number(), id);
    }

    boolean write(UnitOfWork work, FilePath path, ItemId id, byte[] body) throws SQLException {
        guard(path);
        checkSize(id, body);
        beginUpdate(work, path);
        FileDefinition file = lockItem(work, path, id);
        refuseFileOfThisName(work, path, id);
        work.charge(id.length() + body.length);
        Optional<byte[]> before = inDictionary(work, file, id);
        boolean created = items.write(work.connection(), file.number(), id, body);
        work.made(new Update.ItemWritten(path, id, body), file.pointer(), before);
        return created;
    }

    boolean delete(UnitOfWork work, FilePath path, ItemId id) throws SQLException {
        guard(path);
        beginFreeing(work, path);
        FileDefinition file = lockItem(work, path, id);
        work.charge(id.length());
        Optional<byte[]> before = inDictionary(work, file, id);
        boolean deleted = items.delete(work.connection(), file.number(), id);
        if (deleted) {
            work.made(new Update.ItemDeleted(path, id), file.pointer(), before);
        }
        return deleted;
    }

    /** What an item of a dictionary is before it is changed: perhaps a D-pointer that is logged by its own code. */
    private Optional<byte[]> inDictionary(UnitOfWork work, FileDefinition file, ItemId id) throws SQLException {
        return file.path().level() == FilePath.Level.DATA
                ? Optional.empty()
                : items.read(work.connection(), file.number(), id);
    }

    long itemCount(UnitOfWork work, FilePath path) throws SQLException {
        FileDefinition file = requireFile(work, path);
        if (path.equals(SystemAccount.FILE_OF_FILES)) {
            return work.files().size();
        }
        return items.count(work.connection(), file.number());
    }

    List<StoredItem> items(UnitOfWork work, FilePath path, ItemId after, int limit) throws SQLException {
        if (limit < 1) {
            throw new Refusal(MessageCode.MALFORMED_REQUEST, "limit is " + limit + ", give 1 or more");
        }
        FileDefinition file = requireFile(work, path);
        if (path.equals(SystemAccount.FILE_OF_FILES)) {
            return FileOfFiles.page(work.files(), after, limit);
        }
        return items.page(work.connection(), file.number(), after, limit, PAGE_BYTES);
    }

    /** Items just before an id, in order of their ids; for files of small items, such as the system's own. */
    List<StoredItem> itemsBefore(UnitOfWork work, FilePath path, ItemId before, int limit) throws SQLException {
        return items.pageBefore(work.connection(), requireFile(work, path).number(), before, limit);
    }

    /** Makes updates in their order; all locks are taken first, in one order for everybody. */
    void execute(UnitOfWork work, List<Update> updates) throws SQLException {
        updates.forEach(update -> guard(update.file()));
        work.beginUpdate();
        updates.forEach(update -> admission.accept(work, update.file()));
        lockAll(work, updates);
        ItemStates states = new ItemStates();
        for (Update update : updates) {
            perform(work, update, states);
        }
        writeStates(work, states);
    }

    private void perform(UnitOfWork work, Update update, ItemStates states) throws SQLException {
        if (update instanceof Update.ItemWritten written) {
            checkSize(written.id(), written.body());
            requireFile(work, written.file());
            refuseFileOfThisName(work, written.file(), written.id());
            work.charge(written.id().length() + written.body().length);
            states.written(written.file(), written.id(), written.body());
        } else if (update instanceof Update.ItemDeleted deleted) {
            requireFile(work, deleted.file());
            work.charge(deleted.id().length());
            states.deleted(deleted.file(), deleted.id());
        } else {
            states.drop(emptiedBy(update));
            performOnFile(work, update);
        }
    }

    /** Makes an update of a whole file or account. */
    void performOnFile(UnitOfWork work, Update update) throws SQLException {
        if (update instanceof Update.FileCleared cleared) {
            clearFile(work, cleared.file());
        } else if (update instanceof Update.FileCreated created) {
            createFile(work, created.file(), created.pointer());
        } else if (update instanceof Update.FileRedefined redefined) {
            redefineFile(work, redefined.file(), redefined.pointer());
        } else if (update instanceof Update.FileDeleted deleted) {
            deleteFile(work, deleted.file());
        } else if (update instanceof Update.AccountCreated created) {
            createAccount(work, created.file().account(), created.pointer());
        } else if (update instanceof Update.AccountDeleted deleted) {
            deleteAccount(work, deleted.file().account());
        } else {
            throw new IllegalArgumentException("not an update of a file: " + update);
        }
    }

    /** The sections whose items are gone after an update of a file. */
    private static Predicate<FilePath> emptiedBy(Update update) {
        FilePath path = update.file();
        if (update instanceof Update.AccountDeleted || update instanceof Update.AccountCreated) {
            return other -> other.account().equals(path.account());
        }
        if (update instanceof Update.FileDeleted && path.level() == FilePath.Level.DICTIONARY) {
            return other ->
                    other.account().equals(path.account()) && other.file().equals(path.file());
        }
        if (update instanceof Update.FileRedefined) {
            return other -> false;
        }
        return path::equals;
    }

    /** Writes the last states of items, file by file; what changed something is logged. The locks are held. */
    private void writeStates(UnitOfWork work, ItemStates states) throws SQLException {
        for (Map.Entry<FilePath, SortedMap<ItemId, Optional<byte[]>>> ofFile :
                states.byFile().entrySet()) {
            FilePath path = ofFile.getKey();
            FileDefinition file = requireFile(work, path);
            List<Map.Entry<ItemId, byte[]>> written =
                    new ArrayList<>(ofFile.getValue().size());
            List<ItemId> deleted = new ArrayList<>();
            ofFile.getValue()
                    .forEach((id, state) ->
                            state.ifPresentOrElse(body -> written.add(Map.entry(id, body)), () -> deleted.add(id)));
            Map<ItemId, Optional<byte[]>> before = new TreeMap<>();
            if (path.level() != FilePath.Level.DATA) {
                for (ItemId id : ofFile.getValue().keySet()) {
                    before.put(id, inDictionary(work, file, id));
                }
            }
            items.writeAll(work.connection(), file.number(), written);
            for (Map.Entry<ItemId, byte[]> item : written) {
                ItemId id = item.getKey();
                work.made(new Update.ItemWritten(path, id, item.getValue()), file.pointer(), before(before, id));
            }
            for (ItemId id : items.deleteAll(work.connection(), file.number(), deleted)) {
                work.made(new Update.ItemDeleted(path, id), file.pointer(), before(before, id));
            }
        }
    }

    private static Optional<byte[]> before(Map<ItemId, Optional<byte[]>> before, ItemId id) {
        return before.getOrDefault(id, Optional.empty());
    }

    private static void lockAll(UnitOfWork work, List<Update> updates) {
        TreeSet<String> accounts = new TreeSet<>();
        Map<FilePath, Mode> sections = new TreeMap<>();
        Map<FilePath, TreeSet<ItemId>> ids = new TreeMap<>();
        for (Update update : updates) {
            FilePath path = update.file();
            if (update instanceof Update.AccountCreated || update instanceof Update.AccountDeleted) {
                accounts.add(path.account());
            } else if (update instanceof Update.ItemWritten written) {
                sections.putIfAbsent(path, Mode.SHARED);
                ids.computeIfAbsent(path, p -> new TreeSet<>()).add(written.id());
            } else if (update instanceof Update.ItemDeleted deleted) {
                sections.putIfAbsent(path, Mode.SHARED);
                ids.computeIfAbsent(path, p -> new TreeSet<>()).add(deleted.id());
            } else {
                sections.put(path, Mode.EXCLUSIVE);
            }
        }
        accounts.forEach(account -> work.lock(new LockKey.Account(account), Mode.EXCLUSIVE));
        sections.forEach((path, mode) -> lockSection(work, path, mode));
        ids.forEach((path, ofFile) -> {
            if (sections.get(path) == Mode.SHARED) {
                ofFile.forEach(id -> work.lock(new LockKey.Item(path, id), Mode.EXCLUSIVE));
            }
        });
    }

    static void lockSection(UnitOfWork work, FilePath path, Mode mode) {
        work.lock(new LockKey.Account(path.account()), Mode.SHARED);
        work.lock(new LockKey.Section(path), mode);
        work.refuseHeld(path);
    }

    private static FileDefinition lockItem(UnitOfWork work, FilePath path, ItemId id) {
        lockSection(work, path, Mode.SHARED);
        FileDefinition file = requireFile(work, path);
        work.lock(new LockKey.Item(path, id), Mode.EXCLUSIVE);
        return file;
    }

    private void remove(UnitOfWork work, FileDefinition file) throws SQLException {
        items.clear(work.connection(), file.number());
        work.records().delete(file.number());
        work.deleted(file.path());
    }

    private void guard(FilePath path) {
        if (untouchable.test(path)) {
            throw new Refusal(MessageCode.SYSTEM_FILE, path);
        }
    }

    private static void refuseMasterDictionary(FilePath path) {
        if (path.level() == FilePath.Level.MASTER_DICTIONARY) {
            throw new Refusal(MessageCode.PATH_MALFORMED, path);
        }
    }

    private static void checkSize(ItemId id, byte[] body) {
        if (body.length > Limits.MAX_ITEM_BYTES) {
            throw new Refusal(MessageCode.ITEM_TOO_LARGE, id, body.length, Limits.MAX_ITEM_BYTES);
        }
    }

    private static FileDefinition requireAccount(UnitOfWork work, String account) {
        return work.file(FilePath.masterDictionary(account))
                .orElseThrow(() -> new Refusal(MessageCode.NO_ACCOUNT, account));
    }

    static FileDefinition requireFile(UnitOfWork work, FilePath path) {
        return work.file(path).orElseGet(() -> {
            requireAccount(work, path.account());
            throw new Refusal(MessageCode.NO_FILE, path);
        });
    }
}
