package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hotbackup.apply.HelperTasks;
import org.hotbackup.apply.Overtaken;
import org.hotbackup.apply.SlaveFiles;
import org.hotbackup.apply.SlaveImage;
import org.hotbackup.apply.Transaction;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.store.LockManager.Mode;

/** One database transaction on the slave's image, with what slave servers share in memory. For one thread. */
final class SlaveTransaction {

    /** What is done in it. */
    interface Work<T> {
        T in(SlaveTransaction transaction) throws SQLException;
    }

    private final Store store;
    private final UnitOfWork work;
    private final StoreImage image;
    private final HelperTasks.Changes tasks;
    private final Overtaken.Changes overtaken;
    private final LocalDateTime now;

    private SlaveTransaction(Store store, UnitOfWork work) {
        this.store = store;
        this.work = work;
        image = new StoreImage(store, work);
        tasks = store.helperTasks().change();
        overtaken = store.overtaken().change();
        now = LocalDateTime.ofInstant(store.clock().instant(), ZoneOffset.UTC);
    }

    /**
     * Does work and commits it durably, or changes nothing.
     *
     * @throws SQLException or another exception if it failed; a commit that failed may have happened nevertheless, and
     *     the store's memory is read again before it is used next
     */
    static <T> T run(Store store, boolean logSlaveUpdate, Work<T> body) throws SQLException {
        return run(store, logSlaveUpdate, UnitOfWork::beginUpdate, body);
    }

    /** As {@link #run(Store, boolean, Work)}, for what makes room in the end. */
    static <T> T free(Store store, boolean logSlaveUpdate, Work<T> body) throws SQLException {
        return run(store, logSlaveUpdate, UnitOfWork::beginFreeing, body);
    }

    private static <T> T run(Store store, boolean logSlaveUpdate, Consumer<UnitOfWork> begin, Work<T> body)
            throws SQLException {
        recall(store);
        Lock inUse = store.slaveMemory().inUse();
        inUse.lock();
        try {
            return inStep(store, logSlaveUpdate, begin, body);
        } finally {
            inUse.unlock();
        }
    }

    private static <T> T inStep(Store store, boolean logSlaveUpdate, Consumer<UnitOfWork> begin, Work<T> body)
            throws SQLException {
        return OwnTransaction.run(
                store, access -> UnitOfWork.ofSlave(store, access, logSlaveUpdate), new OwnTransaction.Body<>() {
                    private SlaveTransaction transaction;

                    @Override
                    public void begin(UnitOfWork work) {
                        begin.accept(work);
                    }

                    @Override
                    public T in(UnitOfWork work) throws SQLException {
                        transaction = new SlaveTransaction(store, work);
                        T result = body.in(transaction);
                        transaction.overtaken.write(transaction.image);
                        return result;
                    }

                    @Override
                    public void committed() {
                        transaction.tasks.commit();
                    }

                    @Override
                    public void doubtful() {
                        store.slaveMemory().doubt();
                    }
                });
    }

    private static void recall(Store store) throws SQLException {
        try {
            store.slaveMemory().recall();
        } catch (RuntimeException e) {
            throw EntityAccess.translated(e);
        }
    }

    /** Reads the slave's image; changes nothing, and needs no room for changes. */
    static <T> T read(Store store, Function<SlaveImage, T> body) throws SQLException {
        EntityManager entities = store.entities();
        UnitOfWork work = UnitOfWork.ofSlave(store, new EntityAccess(entities), false);
        try {
            entities.getTransaction().begin();
            return body.apply(new StoreImage(store, work));
        } catch (RuntimeException e) {
            throw EntityAccess.translated(e);
        } finally {
            try {
                entities.getTransaction().rollback();
            } finally {
                work.afterCompletion(false);
                entities.close();
            }
        }
    }

    UnitOfWork work() {
        return work;
    }

    StoreImage image() {
        return image;
    }

    HelperTasks.Changes tasks() {
        return tasks;
    }

    Overtaken.Changes overtaken() {
        return overtaken;
    }

    LocalDateTime now() {
        return now;
    }

    /**
     * Takes all locks that transactions need, in one order for everybody. Which ones depends on which sections there are, and
     * that is certain only when they are locked: so it looks again until nothing is missing.
     */
    void lock(Iterable<Transaction> transactions) {
        Set<String> wholeAccounts = new HashSet<>();
        Set<FilePath> wholeFiles = new HashSet<>();
        Set<FilePath> paths = new HashSet<>();
        for (Transaction transaction : transactions) {
            for (Update update : transaction.updates()) {
                FilePath path = update.file();
                paths.add(path);
                if (update instanceof Update.AccountCreated || update instanceof Update.AccountDeleted) {
                    wholeAccounts.add(path.account());
                } else if (update instanceof Update.FileDeleted && path.level() == FilePath.Level.DICTIONARY) {
                    wholeFiles.add(path);
                }
            }
        }
        Set<String> lockedAccounts = new HashSet<>();
        Set<FilePath> lockedSections = new HashSet<>();
        boolean missing = true;
        while (missing) {
            TreeSet<String> accounts = accounts(paths);
            accounts.addAll(wholeAccounts);
            accounts.removeAll(lockedAccounts);
            accounts.forEach(account -> work.lock(new LockKey.Account(account), Mode.EXCLUSIVE));
            TreeSet<FilePath> sections = sections(paths, wholeFiles);
            sections.removeAll(lockedSections);
            sections.forEach(this::lock);
            missing = lockedAccounts.addAll(accounts) | lockedSections.addAll(sections);
        }
    }

    /** The accounts that have to be created. */
    private TreeSet<String> accounts(Set<FilePath> paths) {
        return paths.stream()
                .map(FilePath::account)
                .filter(account -> work.file(FilePath.masterDictionary(account)).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The sections themselves; the dictionary in which one has to be created; what is deleted with a dictionary. */
    private TreeSet<FilePath> sections(Set<FilePath> paths, Set<FilePath> wholeFiles) {
        TreeSet<FilePath> sections = new TreeSet<>(paths);
        for (FilePath path : paths) {
            if (path.level() == FilePath.Level.DATA && work.file(path).isEmpty()) {
                sections.add(path.definedIn());
            }
        }
        if (!wholeFiles.isEmpty()) {
            for (FileDefinition file : work.files()) {
                if (file.path().level() == FilePath.Level.DATA
                        && wholeFiles.contains(file.path().definedIn())) {
                    sections.add(file.path());
                }
            }
        }
        return sections;
    }

    /** Locks one section. */
    void lock(FilePath section) {
        ItemOperations.lockSection(work, section, Mode.EXCLUSIVE);
        store.slaveMemory().refuseDoubt();
    }

    /** Locks a record of lost+found. */
    void lockRecord(ItemId record) {
        work.lock(new LockKey.Item(SlaveFiles.LOST_AND_FOUND, record), Mode.EXCLUSIVE);
    }
}
