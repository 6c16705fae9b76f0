package org.hotbackup.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.model.Update;
import org.hotbackup.store.LockManager.Mode;
import org.hotbackup.txlog.LoggingPolicy;
import org.hotbackup.txlog.LoggingPolicy.Verdict;
import org.hotbackup.verify.ComparedItems;
import org.hotbackup.verify.ComparedStore;
import org.hotbackup.verify.FileList;
import org.hotbackup.verify.RangeRequest;

/**
 * {@link ComparedStore} over a store. A range is read under its section's exclusive lock, in the same transaction as the
 * log entry that says what it amounts to: every update before it is committed and has a smaller LSN, every later one gets
 * a greater one. The lock gives way to writers. Thread-safe.
 */
final class RangeLog implements ComparedStore {

    private static final Logger LOG = Logger.getLogger(RangeLog.class.getName());

    private static final int RESENT_ITEMS = 200;
    private static final long RESENT_BYTES = 1024 * 1024;
    private static final long PATIENCE_MILLIS = 500;

    private final Store store;
    private final RangeReader reader;

    RangeLog(Store store) {
        this.store = store;
        reader = new RangeReader(store.items());
    }

    @Override
    public List<FilePath> files() {
        List<FilePath> files = new ArrayList<>(logged(store.catalogue().all()));
        files.add(FileList.PATH);
        return files;
    }

    private List<FilePath> logged(List<FileDefinition> files) {
        LogSettings settings = store.log().settings();
        return files.stream()
                .filter(file -> isLogged(settings, file))
                .map(FileDefinition::path)
                .filter(path -> !SystemAccount.isProtected(path))
                .toList();
    }

    /** Whether it is one of those that are logged, whether or not updates are enqueued now. */
    private static boolean isLogged(LogSettings settings, FileDefinition file) {
        Update any = new Update.FileCleared(file.path());
        return LoggingPolicy.judge(settings.switches(false), file.pointer(), any) != Verdict.LEFT_OUT;
    }

    @Override
    public Optional<Said> say(FilePath file, RangeRequest request, long patienceMillis) {
        return file.equals(FileList.PATH)
                ? sayFiles(request.number(), patienceMillis)
                : sayRange(file, request, patienceMillis);
    }

    /** While no transaction is open: none of them can create or delete a file. */
    private Optional<Said> sayFiles(long number, long patienceMillis) {
        return inTransaction(work -> {
            requireLogging(work);
            work.lockYielding(new LockKey.Log(), Mode.EXCLUSIVE, patienceMillis);
            long begin = System.nanoTime();
            List<FilePath> all = work.files().stream()
                    .map(FileDefinition::path)
                    .filter(RangeLog::isListed)
                    .toList();
            RangeCheck check = FileList.check(number, all, logged(work.files()));
            work.log(List.of(new Update.RangeChecked(FileList.PATH, check)));
            long nanos = System.nanoTime() - begin;
            return () -> Optional.of(new Said(work.lsn(), check, nanos));
        });
    }

    /** The account dm itself is there on every node: a slave may have files in it that the master has not. */
    private static boolean isListed(FilePath path) {
        return path.level() == FilePath.Level.MASTER_DICTIONARY || !SystemAccount.isProtected(path);
    }

    private Optional<Said> sayRange(FilePath file, RangeRequest request, long patienceMillis) {
        return inTransaction(work -> {
            work.lock(new LockKey.Account(file.account()), Mode.SHARED);
            work.lockYielding(new LockKey.Section(file), Mode.EXCLUSIVE, patienceMillis);
            long begin = System.nanoTime();
            Optional<FileDefinition> logged = logged(work, file);
            if (logged.isEmpty()) {
                return () -> Optional.empty();
            }
            requireSettled(file);
            RangeCheck check = reader.read(work.connection(), logged.get(), request);
            work.made(new Update.RangeChecked(file, check), logged.get().pointer());
            long nanos = System.nanoTime() - begin;
            return () -> Optional.of(new Said(work.lsn(), check, nanos));
        });
    }

    @Override
    public List<ItemId> ids(FilePath file, Optional<ItemId> after, int limit) {
        Optional<FileDefinition> there = store.catalogue().file(file);
        if (there.isEmpty()) {
            return List.of();
        }
        try (Connection connection = store.database().connect()) {
            ItemId last = after.orElse(null);
            List<ItemId> ids = new ArrayList<>();
            List<StoredItem> page;
            do {
                page = store.items().page(connection, there.get().number(), last, limit, ItemOperations.PAGE_BYTES);
                for (StoredItem item : page) {
                    last = item.id();
                    if (isSent(file, item.id(), item.body())) {
                        ids.add(item.id());
                    }
                }
            } while (ids.isEmpty() && !page.isEmpty());
            return ids;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Whether writing it is logged: of a dictionary's items that are D-pointers only those with an L, unless all files are. */
    private boolean isSent(FilePath file, ItemId id, byte[] body) {
        return store.log().settings().allFiles() || ComparedItems.holds(file, id, body);
    }

    @Override
    public int resend(FilePath file, List<ItemId> ids) {
        return file.equals(FileList.PATH) ? resendFiles(ids) : resendItems(file, ids);
    }

    /** A section that only the slave has is deleted there; one that only the master has is sent with its definition. */
    private int resendFiles(List<ItemId> ids) {
        List<ItemId> some = ids.subList(0, Math.min(ids.size(), RESENT_ITEMS));
        List<Integer> unreadable = store.unreadableFiles();
        if (!unreadable.isEmpty()) {
            throw new Refusal(MessageCode.FILES_UNREADABLE, unreadable);
        }
        return inTransaction(work -> {
            requireLogging(work);
            for (ItemId id : some) {
                FilePath path = FilePath.parse(id.toString());
                ItemOperations.lockSection(work, path, Mode.EXCLUSIVE);
                boolean mayBeDeleted =
                        path.level() != FilePath.Level.MASTER_DICTIONARY && !SystemAccount.isProtected(path);
                if (work.file(path).isEmpty() && mayBeDeleted) {
                    work.log(List.of(new Update.FileDeleted(path)));
                }
            }
            return some::size;
        });
    }

    /** As many as can be had without waiting: what users are at work on comes with the next transaction. */
    private int resendItems(FilePath file, List<ItemId> ids) {
        return inTransaction(work -> {
            ItemOperations.lockSection(work, file, Mode.SHARED);
            Optional<FileDefinition> logged = logged(work, file);
            requireSettled(file);
            int sent = 0;
            long bytes = 0;
            while (logged.isPresent()
                    && sent < Math.min(ids.size(), RESENT_ITEMS)
                    && bytes < RESENT_BYTES
                    && lockNext(work, new LockKey.Item(file, ids.get(sent)), sent > 0)) {
                bytes += resendItem(work, logged.get(), ids.get(sent));
                sent++;
            }
            int result = sent;
            return () -> result;
        });
    }

    /** Whether it has the lock; without patience if something is locked already, which others may wait for. */
    private static boolean lockNext(UnitOfWork work, LockKey key, boolean locksBefore) {
        try {
            work.lockYielding(key, Mode.EXCLUSIVE, locksBefore ? 0 : PATIENCE_MILLIS);
            return true;
        } catch (Refusal e) {
            if (locksBefore && e.code() == MessageCode.LOCKED) {
                return false;
            }
            throw e;
        }
    }

    /** An item that is not logged as it is now, and was when the slave got it, is none of those that the slave should have. */
    private long resendItem(UnitOfWork work, FileDefinition file, ItemId id) throws SQLException {
        Optional<byte[]> body = store.items()
                .read(work.connection(), file.number(), id)
                .filter(there -> isSent(file.path(), id, there));
        work.made(
                body.<Update>map(there -> new Update.ItemWritten(file.path(), id, there))
                        .orElseGet(() -> new Update.ItemDeleted(file.path(), id)),
                file.pointer());
        return body.map(there -> there.length).orElse(0);
    }

    /**
     * {@inheritDoc}
     *
     * <p>While nobody writes to the section: whatever is in it then has a smaller LSN, and is among the {@link #ids} that are
     * asked for afterwards.
     */
    @Override
    public boolean resendDefinition(FilePath file) {
        boolean ofAccount = file.level() == FilePath.Level.MASTER_DICTIONARY;
        return inTransaction(work -> {
            work.lockYielding(
                    new LockKey.Account(file.account()), ofAccount ? Mode.EXCLUSIVE : Mode.SHARED, PATIENCE_MILLIS);
            work.lockYielding(new LockKey.Section(file), Mode.EXCLUSIVE, PATIENCE_MILLIS);
            Optional<FileDefinition> logged = logged(work, file);
            requireSettled(file);
            logged.ifPresent(there -> work.made(
                    ofAccount
                            ? new Update.AccountCreated(file, there.pointer())
                            : new Update.FileCreated(file, there.pointer()),
                    there.pointer()));
            return logged::isPresent;
        });
    }

    @Override
    public void resendPointer(FilePath file) {
        inTransaction(work -> {
            ItemOperations.lockSection(work, file, Mode.SHARED);
            logged(work, file)
                    .ifPresent(there -> work.made(new Update.FileRedefined(file, there.pointer()), there.pointer()));
            return () -> null;
        });
    }

    /** What a helper of a slave server has still to write to the section is with this node's own slaves already. */
    private void requireSettled(FilePath file) {
        if (store.helperTasks().of(file).filter(HelperTask::holds).isPresent()) {
            throw new Refusal(MessageCode.FILE_NOT_SETTLED, file);
        }
    }

    private static Optional<FileDefinition> logged(UnitOfWork work, FilePath file) {
        requireLogging(work);
        return work.file(file).filter(there -> work.logs(file, there.pointer()));
    }

    private static void requireLogging(UnitOfWork work) {
        if (!work.isLogging()) {
            throw new Refusal(MessageCode.NOT_ENQUEUED);
        }
    }

    private static Refusal failed(Exception e) {
        LOG.log(Level.FINE, "A range could not be read or written", e);
        return new Refusal(MessageCode.RANGE_FAILED, e.getMessage());
    }

    /** What is done in a transaction; its result is asked for when it is committed and has its LSN. */
    private interface Work<T> {
        Supplier<T> in(UnitOfWork work) throws SQLException;
    }

    private <T> T inTransaction(Work<T> body) {
        try {
            return OwnTransaction.run(store, access -> UnitOfWork.ofLog(store, access), body::in)
                    .get();
        } catch (SQLException | StoreFailure e) {
            throw failed(e);
        }
    }
}
