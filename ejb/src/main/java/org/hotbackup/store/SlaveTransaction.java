package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hotbackup.apply.HelperTasks;
import org.hotbackup.apply.Overtaken;
import org.hotbackup.apply.SlaveImage;
import org.hotbackup.apply.Transaction;
import org.hotbackup.model.FilePath;
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
                        return body.in(transaction);
                    }

                    @Override
                    public void committed() {
                        transaction.tasks.commit();
                        transaction.overtaken.commit();
                    }

                    @Override
                    public void doubtful() {
                        store.doubtSlaveState();
                    }
                });
    }

    private static void recall(Store store) throws SQLException {
        try {
            store.recallSlaveState();
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

    /** Takes all locks that transactions need, in one order for everybody. */
    void lock(Iterable<Transaction> transactions) {
        TreeSet<String> accounts = new TreeSet<>();
        TreeSet<FilePath> sections = new TreeSet<>();
        for (Transaction transaction : transactions) {
            for (Update update : transaction.updates()) {
                FilePath path = update.file();
                boolean ofAccount = update instanceof Update.AccountCreated || update instanceof Update.AccountDeleted;
                if (ofAccount
                        || work.file(FilePath.masterDictionary(path.account())).isEmpty()) {
                    accounts.add(path.account());
                }
                if (path.level() == FilePath.Level.DATA && work.file(path).isEmpty()) {
                    sections.add(path.definedIn());
                }
                sections.add(path);
            }
        }
        accounts.forEach(account -> work.lock(new LockKey.Account(account), Mode.EXCLUSIVE));
        sections.forEach(section -> ItemOperations.lockSection(work, section, Mode.EXCLUSIVE));
        store.refuseDoubt();
    }

    /** Locks one section. */
    void lock(FilePath section) {
        ItemOperations.lockSection(work, section, Mode.EXCLUSIVE);
        store.refuseDoubt();
    }
}
