package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.hotbackup.apply.HelperTasks;
import org.hotbackup.apply.Overtaken;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.replication.Sources;
import org.hotbackup.store.LockManager.Mode;
import org.hotbackup.txlog.LsnOrder;

/** A node's open store. Needs no container. Thread-safe. */
public final class Store implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Store.class.getName());
    private static final long LOCK_SECONDS = 10;
    private static final long LSN_BLOCK = 1_000_000;
    /** Entries have numbers from 1 on. */
    private static final long HEARTBEAT_LSN = -1;

    private static final int RESTORED_PAGE = 1_000;
    private static final long OUTCOME_MILLIS = 30_000;

    /**
     * What a store is opened with.
     *
     * @param nodeId the node that owns it
     * @param own connections outside users' transactions
     * @param single connections outside any pool
     * @param entities file-of-files outside users' transactions, over the same connections
     * @param diskFree bytes left on the store's disk
     * @param reserveMegabytes what has to stay free there
     * @param room for log entries on their way to the queue
     * @param clock for the time of a commit
     * @param threads for the forced writes
     * @param lost called when a forced write failed or the store is no longer ours: has to end the process
     */
    record Opening(
            String nodeId,
            String nodeName,
            DataSource own,
            DataSource single,
            EntityManagerFactory entities,
            LongSupplier diskFree,
            long reserveMegabytes,
            TransactionLog.Room room,
            Clock clock,
            ThreadFactory threads,
            Consumer<Exception> lost) {}

    private final Opening opening;
    private final Database database;
    private final Dialect dialect;
    private final String product;
    private final NodeState state;
    private final StoreOwnership ownership;
    private final FileCatalogue catalogue = new FileCatalogue();
    private final LockManager locks = new LockManager(LOCK_SECONDS, TimeUnit.SECONDS);
    private final LogTable logTable = new LogTable();
    private final LogStateItem logStateItem;
    private final SourcesItems sources;
    private List<String> unreadableSources = List.of();
    private volatile Optional<ReceivedImage> resync = Optional.empty();
    private List<ItemId> unreadableTasks = List.of();
    private final PositionTable positions = new PositionTable();
    private final ItemTable items;
    private final DiskReserve diskReserve;
    private final Durability durability;
    private final LsnBlocks lsnBlocks;
    private final TransactionLog log;
    private final HelperTasks helperTasks = new HelperTasks();
    private final Overtaken overtaken = new Overtaken();
    private final NodeStanding standing;
    private final SlaveMemory slaveMemory = new SlaveMemory(locks, this::reload);
    private final LongAdder transactions = new LongAdder();
    private final LongAdder itemsWritten = new LongAdder();

    private Store(Opening opening, Dialect dialect, String product, NodeState state, StoreOwnership ownership)
            throws SQLException {
        this.opening = opening;
        this.dialect = dialect;
        this.product = product;
        this.state = state;
        this.ownership = ownership;
        standing = new NodeStanding(this, state.standing());
        database = new Database(opening.own());
        items = new ItemTable(dialect);
        diskReserve = new DiskReserve(opening.diskFree(), opening.reserveMegabytes(), System::nanoTime);
        durability = dialect == Dialect.H2
                ? new GroupCheckpoint(
                        GroupCheckpoint.on(opening.own().getConnection()), opening.threads(), opening.lost())
                : Durability.BY_COMMIT;
        loadFiles();
        logStateItem = new LogStateItem(items, catalogue);
        sources = new SourcesItems(items, catalogue);
        long usedBefore = LsnOrder.leaveOut(state.lsnReserved(), new SecureRandom());
        lsnBlocks = new LsnBlocks(
                opening.own(),
                durability,
                task -> opening.threads().newThread(task).start(),
                usedBefore,
                LSN_BLOCK);
        log = restoreLog(usedBefore);
        keepUnreadableSources();
        ownership.watch(opening.threads(), lsnBlocks::isLastIn, opening.lost());
    }

    /**
     * Opens a store, making it if there is none.
     *
     * @throws Refusal if it is open elsewhere, another node's, made by a newer program, or on a database that cannot be
     *     used
     */
    static Store open(Opening opening) throws SQLException {
        StoreOwnership ownership = null;
        boolean opened = false;
        try (Connection connection = opening.own().getConnection()) {
            Dialect dialect = Dialect.of(connection);
            DatabaseCheck.check(dialect, connection);
            ownership = StoreOwnership.take(dialect, opening.single());
            Schema.bringUp(connection, dialect);
            NodeState state = NodeState.open(connection, opening.nodeId());
            connection.commit();
            connection.setAutoCommit(true);
            String product = connection.getMetaData().getDatabaseProductName() + " "
                    + connection.getMetaData().getDatabaseProductVersion();
            Store store = new Store(opening, dialect, product, state, ownership);
            opened = true;
            return store;
        } finally {
            if (!opened && ownership != null) {
                ownership.close();
            }
        }
    }

    private void loadFiles() throws SQLException {
        try (Connection connection = database.connect()) {
            items.open(connection);
        }
        reloadCatalogue();
        createSystemAccount();
        unreadableTasks = reloadHelperTasks();
        SlaveTransaction.read(this, image -> {
            overtaken.load(image);
            return null;
        });
    }

    /** Takes over from the database again what slave servers share in memory. */
    private void reload() throws SQLException {
        reloadCatalogue();
        reloadHelperTasks();
        try (Connection connection = database.connect()) {
            sources.load(connection, log.lastCommitted());
        }
    }

    private List<ItemId> reloadHelperTasks() throws SQLException {
        return SlaveTransaction.read(this, helperTasks::load);
    }

    /** The items of {@code dm,jobs} that said at the start what a helper has to do, and cannot be read. */
    List<ItemId> unreadableTasks() {
        return unreadableTasks;
    }

    /** The numbers of the sections whose record in file-of-files cannot be read (HB-154). */
    List<Integer> unreadableFiles() {
        return catalogue.all().stream()
                .filter(file -> SystemAccount.isMissing(file.path()))
                .map(FileDefinition::number)
                .toList();
    }

    /** Takes file-of-files over from the database again. */
    private void reloadCatalogue() {
        EntityManager entities = entities();
        try {
            catalogue.load(new FileRecords(entities).all(number -> SystemAccount.missing(opening.nodeName(), number)));
        } finally {
            entities.close();
        }
    }

    /**
     * Makes what is missing: everything in a new store, what is new in an older one. A record that cannot be read is repaired,
     * since all such D-pointers are known.
     */
    private void createSystemAccount() {
        FilePath fileOfFiles = SystemAccount.FILE_OF_FILES;
        Map<FilePath, DPointer> missing = new LinkedHashMap<>();
        missing.put(fileOfFiles, SystemAccount.fileOfFilesPointer());
        missing.put(FilePath.masterDictionary(SystemAccount.NAME), SystemAccount.pointer());
        missing.put(fileOfFiles.definedIn(), SystemAccount.fileOfFilesPointer());
        SystemAccount.files().forEach(path -> missing.put(path, SystemAccount.pointer()));
        missing.keySet().removeIf(path -> catalogue.file(path).isPresent());
        if (missing.isEmpty()) {
            return;
        }
        EntityManager entities = entities();
        try {
            entities.getTransaction().begin();
            FileRecords records = new FileRecords(entities);
            missing.forEach((path, pointer) -> catalogue
                    .unreadable(path)
                    .ifPresentOrElse(
                            file -> records.redefine(new FileDefinition(file.number(), path, pointer)),
                            () -> records.insert(path, pointer)));
            entities.getTransaction().commit();
        } finally {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
            entities.close();
        }
        durability.await();
        reloadCatalogue();
    }

    private TransactionLog restoreLog(long usedBefore) throws SQLException {
        LsnOrder order = new LsnOrder(state.lsnPumped(), usedBefore);
        TransactionLog restored = new TransactionLog(
                order, lsnBlocks, opening.room(), Math.max(state.lsnPumped(), 0), opening.clock()::millis);
        try (Connection connection = database.connect()) {
            long last = state.lsnPumped();
            List<LogTable.Row> rows = logTable.after(connection, last, RESTORED_PAGE);
            while (!rows.isEmpty()) {
                rows.forEach(restored::restored);
                last = rows.get(rows.size() - 1).lsn();
                rows = logTable.after(connection, last, RESTORED_PAGE);
            }
            restored.state(logStateItem.read(connection));
            unreadableSources = sources.load(connection, restored.lastCommitted());
        }
        return restored;
    }

    /** From now on they say up to where it is unknown, and not further at the next start. */
    private void keepUnreadableSources() throws SQLException {
        if (unreadableSources.isEmpty()) {
            return;
        }
        database.inTransaction(connection -> {
            for (String server : unreadableSources) {
                sources.write(connection, server, sources.of(server));
            }
            return null;
        });
        durability.await();
    }

    /** The servers of which it could not be read at the start whose updates they receive. */
    List<String> unreadableSources() {
        return unreadableSources;
    }

    /** Operations for users: the system's files are read only, and others while the node is closed for updates. */
    ItemOperations forUsers() {
        return new ItemOperations(items, SystemAccount::isProtected, (work, file) -> standing.admit(file), false);
    }

    /** Operations that make a slave's image anew, as its slave server would, also while the node is closed for updates. */
    ItemOperations forResync() {
        return new ItemOperations(
                items,
                SystemAccount::isProtected,
                (work, file) -> resync.orElseThrow(() -> new Refusal(MessageCode.RESYNC_NONE))
                        .admit(work),
                false);
    }

    /** Whose image is made anew from now on; empty if none is. */
    void resync(Optional<ReceivedImage> of) {
        resync = of;
    }

    /**
     * An image that is made anew.
     *
     * @param server the slave server whose image it is
     * @param passesOn whether the slaves of this node get it (HB-015)
     */
    record ReceivedImage(String server, boolean passesOn) {

        private void admit(UnitOfWork work) {
            work.receivedBy(server);
            if (passesOn) {
                // up to where the log holds them is written with each transaction
                work.lock(new LockKey.Item(SourcesItems.FILE, ItemId.of(server)), Mode.EXCLUSIVE);
            } else {
                work.exclude();
            }
        }
    }

    /** Operations for the node itself. */
    ItemOperations forSystem() {
        return new ItemOperations(items, SystemAccount.FILE_OF_FILES::equals, (work, file) -> {}, true);
    }

    /**
     * Count and SHA-256 of a section's committed image, of one moment.
     *
     * @throws Refusal if there is no such section, or the database cannot be read
     */
    FileDigest digest(FilePath path) {
        FileDefinition file = catalogue.file(path).orElseThrow(() -> missing(path));
        ImageDigest digest = new ImageDigest();
        if (path.equals(SystemAccount.FILE_OF_FILES)) {
            FileOfFiles.page(catalogue.all(), null, Integer.MAX_VALUE).forEach(digest::add);
            return digest.of(path);
        }
        try {
            return database.inSnapshot(dialect, connection -> {
                ItemId last = null;
                List<StoredItem> page;
                do {
                    page = items.page(connection, file.number(), last, Integer.MAX_VALUE, ItemOperations.PAGE_BYTES);
                    for (StoredItem item : page) {
                        digest.add(item);
                        last = item.id();
                    }
                } while (!page.isEmpty());
                return digest.of(path);
            });
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "The digest of {0} could not be computed: {1}", new Object[] {path, e.getMessage()});
            throw new Refusal(MessageCode.STORE_UNREADABLE, path, firstLine(e));
        }
    }

    /** H2 adds the statement to what it says, in lines of their own. */
    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).split("; SQL statement|\\R", 2)[0];
    }

    private Refusal missing(FilePath path) {
        return catalogue.file(FilePath.masterDictionary(path.account())).isPresent()
                ? new Refusal(MessageCode.NO_FILE, path)
                : new Refusal(MessageCode.NO_ACCOUNT, path.account());
    }

    /**
     * Runs work while no transaction is between its first update and its end; writers wait meanwhile.
     *
     * @param work is given the LSN of the last committed entry
     * @throws Refusal if writers do not end within ten seconds
     */
    <T> T betweenTransactions(LongFunction<T> work) {
        recall();
        Object owner = new Object();
        try {
            locks.acquire(owner, new LockKey.Log(), Mode.EXCLUSIVE);
            return work.apply(log.lastCommitted());
        } finally {
            locks.releaseAll(owner);
        }
    }

    /** Whoever has the log's lock cannot ask for it once more to read again what a commit left in doubt. */
    private void recall() {
        try {
            slaveMemory.recall();
        } catch (SQLException e) {
            throw new StoreFailure("what slave servers share could not be read again: " + e.getMessage(), e);
        }
    }

    /**
     * Runs work while no transaction is between its first update and its end, and everything logged is in the transaction
     * log queue; writers wait meanwhile.
     *
     * @param work is given the LSN of the last entry in the queue
     * @throws Refusal if writers do not end, or the queue does not take what is pending, within ten seconds
     */
    <T> T quiesce(LongFunction<T> work) {
        return betweenTransactions(lsn -> {
            if (!log.awaitEnqueued(TimeUnit.SECONDS.toMillis(LOCK_SECONDS))) {
                throw new Refusal(
                        MessageCode.QUEUE_UNAVAILABLE, log.pendingEntries() + " committed entries cannot be enqueued");
            }
            return work.apply(lsn);
        });
    }

    /**
     * Switches what is logged, durably; to be called {@link #betweenTransactions}. Each time that nothing is logged from
     * now on, the first update that is missed leaves a gap in the log, of which every slave is behind.
     */
    void logSettings(LogSettings changed) {
        logSettings(changed, Optional.empty());
    }

    /** As {@link #logSettings(LogSettings)}, with a record of it in the same transaction: there are both or neither. */
    void logSettings(LogSettings changed, Optional<SystemItem> record) {
        LogState now = log.state();
        keep(changed.active() ? now.with(changed) : now.stopped(changed, log.unused()), record);
    }

    private void keep(LogState state, Optional<SystemItem> record) {
        try {
            database.inTransaction(connection -> {
                logStateItem.write(connection, state);
                if (record.isPresent()) {
                    FileDefinition file = catalogue
                            .file(record.get().file())
                            .orElseThrow(() -> missing(record.get().file()));
                    items.write(
                            connection,
                            file.number(),
                            record.get().id(),
                            record.get().body());
                }
                return null;
            });
        } catch (SQLException e) {
            throw new StoreFailure("what is logged could not be switched: " + e.getMessage(), e);
        }
        durability.await();
        log.state(state);
    }

    /**
     * Changes whose updates a slave server receives, durably.
     *
     * @return whether there was anything to change
     */
    boolean sources(String server, UnaryOperator<Sources> change) {
        Lock inUse = slaveMemory.inUse();
        inUse.lock();
        try {
            return changeSources(server, change);
        } finally {
            inUse.unlock();
        }
    }

    private boolean changeSources(String server, UnaryOperator<Sources> change) {
        Sources before = sources.of(server);
        Sources now = change.apply(before);
        if (now.equals(before)) {
            return false;
        }
        try {
            database.inTransaction(connection -> {
                sources.write(connection, server, now);
                return null;
            });
        } catch (SQLException e) {
            throw new StoreFailure("whose updates server " + server + " receives could not be kept", e);
        }
        durability.await();
        sources.committed(server, now);
        return true;
    }

    /**
     * What slave servers apply is logged from now on. If they applied something before that was not logged while there was a
     * master server, its slave goes without it: then a gap is left in the log, so that it is found to be behind.
     *
     * @param servers which slave servers
     * @return whether a gap was left
     * @throws Refusal if writers do not end within ten seconds
     */
    boolean logFromNowOn(Predicate<String> servers) {
        recall();
        List<String> unlogged = sources.unlogged(servers);
        if (unlogged.isEmpty()) {
            return false;
        }
        betweenTransactions(lsn -> {
            keep(log.state().withGapAt(log.unused()), Optional.empty());
            return null;
        });
        unlogged.forEach(server -> sources(server, before -> before.withUnlogged(false)));
        return true;
    }

    /**
     * Forgets durably every entry that the transaction log queue does not have, and remembers that the queue is to be
     * emptied too, until {@link #cleared}; to be called {@link #betweenTransactions}, without a pump.
     *
     * @return how many entries were forgotten
     */
    long beginClearing() {
        LogState clearing = log.state().withClearing(true);
        long last = log.lastCommitted();
        try {
            database.inTransaction(connection -> {
                logTable.delete(connection, 0, last);
                NodeState.pumped(connection, last);
                logStateItem.write(connection, clearing);
                return null;
            });
        } catch (SQLException e) {
            throw new StoreFailure("the log could not be cleared: " + e.getMessage(), e);
        }
        durability.await();
        log.state(clearing);
        return log.forgetPending();
    }

    /** Clearing is over, whatever came of it. */
    void cleared() {
        cleared(Optional.empty());
    }

    /** Clearing is over, with a record of it in the same transaction. */
    void cleared(Optional<SystemItem> record) {
        keep(log.state().withClearing(false), record);
    }

    /** Commits durably what goes through the log's table and leaves nothing in it. */
    void heartbeat() {
        try {
            database.inTransaction(connection -> {
                logTable.insert(connection, new LogTable.Row(HEARTBEAT_LSN, 0, new byte[0]));
                logTable.delete(connection, HEARTBEAT_LSN, HEARTBEAT_LSN);
                return null;
            });
            durability.await();
        } catch (SQLException e) {
            throw new StoreFailure("the store's heartbeat could not be committed", e);
        }
    }

    /**
     * Whether a transaction whose commit failed was committed all the same, as its log entry tells; asks until the
     * database answers. Without an answer the process must not go on.
     */
    boolean isCommitted(long lsn) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(OUTCOME_MILLIS);
        while (true) {
            try (Connection connection = database.connect()) {
                return logTable.contains(connection, lsn);
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    opening.lost().accept(e);
                    throw new StoreFailure("it is not known whether transaction " + lsn + " was committed", e);
                }
                LOG.log(Level.WARNING, "Asking whether LSN {0} was committed: {1}", new Object[] {lsn, e.getMessage()});
            }
        }
    }

    /** Whether the disk knows of a missed update; also if it cannot be asked, since a gap too many is found out. */
    boolean isGapCommitted() {
        try (Connection connection = database.connect()) {
            return logStateItem.read(connection).missed();
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "Asking whether an update was missed: {0}", e.getMessage());
            return true;
        }
    }

    void countCommit(long items) {
        transactions.increment();
        itemsWritten.add(items);
    }

    EntityManager entities() {
        return opening.entities().createEntityManager();
    }

    Database database() {
        return database;
    }

    FileCatalogue catalogue() {
        return catalogue;
    }

    LockManager locks() {
        return locks;
    }

    LogTable logTable() {
        return logTable;
    }

    /** Whose updates slave servers receive, and up to where the log holds them. */
    SourcesItems sources() {
        return sources;
    }

    LogStateItem logStateItem() {
        return logStateItem;
    }

    PositionTable positions() {
        return positions;
    }

    HelperTasks helperTasks() {
        return helperTasks;
    }

    /** What slave servers share in memory. */
    SlaveMemory slaveMemory() {
        return slaveMemory;
    }

    NodeStanding standing() {
        return standing;
    }

    Overtaken overtaken() {
        return overtaken;
    }

    StoreOwnership ownership() {
        return ownership;
    }

    ItemTable items() {
        return items;
    }

    DiskReserve diskReserve() {
        return diskReserve;
    }

    Durability durability() {
        return durability;
    }

    TransactionLog log() {
        return log;
    }

    Clock clock() {
        return opening.clock();
    }

    String nodeId() {
        return state.nodeId();
    }

    String historyId() {
        return state.historyId();
    }

    long lsnPumpedAtStart() {
        return state.lsnPumped();
    }

    String product() {
        return product;
    }

    long transactionsTotal() {
        return transactions.sum();
    }

    long itemsWrittenTotal() {
        return itemsWritten.sum();
    }

    @Override
    public void close() {
        durability.close();
        ownership.close();
    }
}
