package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.txlog.LogEntry;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A store in a test, without a container: transactions are made by hand. */
final class OpenStore implements AutoCloseable {

    static final LogSettings DL_ONLY = new LogSettings(true, false, true);
    static final LogSettings ALL = new LogSettings(true, true, true);

    private static final int MOST_CONNECTIONS = 40;

    final StoreDataSource source;
    final AtomicLong diskFree = new AtomicLong(Long.MAX_VALUE);
    final AtomicReference<Exception> lost = new AtomicReference<>();
    private final TransactionLog.Room room;
    private final boolean pooled;
    private JdbcConnectionPool pool;
    private EntityManagerFactory entities;
    Store store;
    ItemOperations users;
    ItemOperations system;

    private OpenStore(StoreDataSource source, TransactionLog.Room room, boolean pooled) throws SQLException {
        this.source = source;
        this.room = room;
        this.pooled = pooled;
        open("node-1");
    }

    static OpenStore create(TestDatabase database, Path folder) throws SQLException {
        return create(database, folder, TransactionLog.Room.DEFAULT);
    }

    static OpenStore create(TestDatabase database, Path folder, TransactionLog.Room room) throws SQLException {
        return new OpenStore(database.create(folder), room, database == TestDatabase.POSTGRESQL);
    }

    static OpenStore on(StoreDataSource source) throws SQLException {
        return new OpenStore(source, TransactionLog.Room.DEFAULT, false);
    }

    /** What is done in one transaction. */
    interface Work<T> {
        T in(UnitOfWork work) throws SQLException;
    }

    /** Commits it, or rolls it back if it throws. */
    <T> T commit(Work<T> body) throws SQLException {
        return run(body, true);
    }

    void rollBack(Work<?> body) throws SQLException {
        run(body, false);
    }

    private <T> T run(Work<T> body, boolean commit) throws SQLException {
        try (EntityManager manager = entities.createEntityManager()) {
            UnitOfWork work = UnitOfWork.ofUser(store, new EntityAccess(manager));
            boolean committed = false;
            manager.getTransaction().begin();
            try {
                T result = body.in(work);
                work.beforeCompletion();
                if (commit) {
                    manager.getTransaction().commit();
                    committed = true;
                }
                return result;
            } finally {
                if (manager.getTransaction().isActive()) {
                    manager.getTransaction().rollback();
                }
                work.afterCompletion(committed);
            }
        }
    }

    void createAccount(String account) throws SQLException {
        commit(work -> {
            users.createAccount(work, account, DPointer.of("DL", 1));
            return null;
        });
    }

    FilePath createFile(String path, String code) throws SQLException {
        FilePath file = FilePath.parse(path);
        commit(work -> users.createFile(work, file, DPointer.of(code, 7)));
        return file;
    }

    boolean write(FilePath file, String id, byte[] body) throws SQLException {
        return commit(work -> users.write(work, file, ItemId.of(id), body));
    }

    boolean delete(FilePath file, String id) throws SQLException {
        return commit(work -> users.delete(work, file, ItemId.of(id)));
    }

    byte[] read(FilePath file, String id) throws SQLException {
        return commit(work -> users.read(work, file, ItemId.of(id))).orElse(null);
    }

    List<StoredItem> items(FilePath file, ItemId after, int limit) throws SQLException {
        return commit(work -> users.items(work, file, after, limit));
    }

    long count(FilePath file) throws SQLException {
        return commit(work -> users.itemCount(work, file));
    }

    List<FileDefinition> files(String account) throws SQLException {
        return commit(work -> users.files(work, account));
    }

    void execute(List<Update> updates) throws SQLException {
        commit(work -> {
            users.execute(work, updates);
            return null;
        });
    }

    /** Switches what is logged, while nobody writes. */
    void logSettings(LogSettings settings) {
        store.betweenTransactions(lsn -> {
            store.logSettings(settings);
            return lsn;
        });
    }

    /** What the pump would take now, and takes it. */
    List<LogEntry> takeLogged() throws InterruptedException {
        List<LogEntry> taken = store.log().take(10_000, 0);
        store.log().enqueued();
        return taken;
    }

    /** Closes the store and opens it again, as a node does that is stopped and started. */
    void reopen() throws SQLException {
        close();
        open("node-1");
    }

    void open(String nodeId) throws SQLException {
        DataSource own = pooled ? openPool() : source;
        entities = Persistence.createEntityManagerFactory(
                "hot-backup-own", Map.of("jakarta.persistence.nonJtaDataSource", own));
        boolean opened = false;
        try {
            store = Store.open(new Store.Opening(
                    nodeId,
                    "pick0",
                    own,
                    source,
                    entities,
                    diskFree::get,
                    1,
                    room,
                    Clock.systemUTC(),
                    task -> {
                        Thread thread = new Thread(task, "store");
                        thread.setDaemon(true);
                        return thread;
                    },
                    lost::set));
            opened = true;
        } finally {
            if (!opened) {
                closeConnections();
            }
        }
        users = store.forUsers();
        system = store.forSystem();
    }

    @Override
    public void close() {
        store.close();
        closeConnections();
    }

    /** A connection to PostgreSQL is a process there: they are used again, as the container's pool does it. */
    private DataSource openPool() {
        PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
        connections.setURL(source.getUrl());
        connections.setUser(source.getUser());
        pool = JdbcConnectionPool.create(connections);
        pool.setMaxConnections(MOST_CONNECTIONS);
        return pool;
    }

    private void closeConnections() {
        entities.close();
        if (pool != null) {
            pool.dispose();
        }
    }
}
