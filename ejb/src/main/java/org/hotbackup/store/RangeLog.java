package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.RangeCheck;
import org.hotbackup.model.Update;
import org.hotbackup.store.LockManager.Mode;
import org.hotbackup.txlog.LoggingPolicy;
import org.hotbackup.txlog.LoggingPolicy.Verdict;
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
            work.beginUpdate();
            requireLogging(work);
            work.lockYielding(new LockKey.Log(), Mode.EXCLUSIVE, patienceMillis);
            long begin = System.nanoTime();
            List<FilePath> all = work.files().stream()
                    .map(FileDefinition::path)
                    .filter(path -> !path.account().equals(SystemAccount.NAME))
                    .toList();
            RangeCheck check = FileList.check(number, all, logged(work.files()));
            work.log(List.of(new Update.RangeChecked(FileList.PATH, check)));
            return () -> Optional.of(new Said(work.lsn(), check, System.nanoTime() - begin));
        });
    }

    private Optional<Said> sayRange(FilePath file, RangeRequest request, long patienceMillis) {
        return inTransaction(work -> {
            work.beginUpdate();
            work.lock(new LockKey.Account(file.account()), Mode.SHARED);
            work.lockYielding(new LockKey.Section(file), Mode.EXCLUSIVE, patienceMillis);
            long begin = System.nanoTime();
            Optional<FileDefinition> logged = logged(work, file);
            if (logged.isEmpty()) {
                return () -> Optional.empty();
            }
            RangeCheck check = reader.read(work.connection(), logged.get(), request);
            work.made(new Update.RangeChecked(file, check), logged.get().pointer());
            return () -> Optional.of(new Said(work.lsn(), check, System.nanoTime() - begin));
        });
    }

    @Override
    public List<ItemId> ids(FilePath file, Optional<ItemId> after, int limit) {
        Optional<FileDefinition> there = store.catalogue().file(file);
        if (there.isEmpty()) {
            return List.of();
        }
        try (Connection connection = store.database().connect()) {
            return store
                    .items()
                    .page(connection, there.get().number(), after.orElse(null), limit, ItemOperations.PAGE_BYTES)
                    .stream()
                    .map(StoredItem::id)
                    .toList();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public int resend(FilePath file, List<ItemId> ids) {
        return file.equals(FileList.PATH) ? resendFiles(ids) : resendItems(file, ids);
    }

    /** A section that only the slave has is deleted there; one that only the master has is sent with its definition. */
    private int resendFiles(List<ItemId> ids) {
        List<ItemId> some = ids.subList(0, Math.min(ids.size(), RESENT_ITEMS));
        return inTransaction(work -> {
            work.beginUpdate();
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

    private int resendItems(FilePath file, List<ItemId> ids) {
        return inTransaction(work -> {
            work.beginUpdate();
            ItemOperations.lockSection(work, file, Mode.SHARED);
            Optional<FileDefinition> logged = logged(work, file);
            int sent = 0;
            long bytes = 0;
            while (logged.isPresent() && sent < Math.min(ids.size(), RESENT_ITEMS) && bytes < RESENT_BYTES) {
                ItemId id = ids.get(sent);
                work.lock(new LockKey.Item(file, id), Mode.EXCLUSIVE);
                Optional<byte[]> body =
                        store.items().read(work.connection(), logged.get().number(), id);
                DPointer pointer = logged.get().pointer();
                // a D-pointer without L is not logged, and may stand in the place of one that was: a slave has neither
                Update update = body.<Update>map(there -> new Update.ItemWritten(file, id, there))
                        .filter(written -> work.isLogged(written, pointer))
                        .orElseGet(() -> new Update.ItemDeleted(file, id));
                work.made(update, pointer);
                bytes += body.map(there -> there.length).orElse(0);
                sent++;
            }
            int result = sent;
            return () -> result;
        });
    }

    @Override
    public boolean resendDefinition(FilePath file) {
        return inTransaction(work -> {
            work.beginUpdate();
            ItemOperations.lockSection(work, file, Mode.SHARED);
            Optional<FileDefinition> logged = logged(work, file);
            logged.ifPresent(there -> work.made(
                    file.level() == FilePath.Level.MASTER_DICTIONARY
                            ? new Update.AccountCreated(file, there.pointer())
                            : new Update.FileCreated(file, there.pointer()),
                    there.pointer()));
            return logged::isPresent;
        });
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
        LOG.log(Level.WARNING, "A range could not be compared", e);
        return new Refusal(MessageCode.INTERNAL_ERROR, e.getMessage());
    }

    /** What is done in a transaction; its result is asked for when the log entry has its LSN. */
    private interface Work<T> {
        Result<T> in(UnitOfWork work) throws SQLException;
    }

    /** What came of a transaction. */
    private interface Result<T> {
        T get();
    }

    private <T> T inTransaction(Work<T> body) {
        EntityManager entities = store.entities();
        UnitOfWork work = UnitOfWork.ofUser(store, new EntityAccess(entities));
        boolean committed = false;
        try {
            entities.getTransaction().begin();
            Result<T> result = body.in(work);
            work.beforeCompletion();
            T value = result.get();
            entities.getTransaction().commit();
            committed = true;
            return value;
        } catch (SQLException | PersistenceException e) {
            throw failed(e);
        } finally {
            try {
                if (entities.getTransaction().isActive()) {
                    entities.getTransaction().rollback();
                }
            } finally {
                work.afterCompletion(committed);
                entities.close();
            }
        }
    }
}
