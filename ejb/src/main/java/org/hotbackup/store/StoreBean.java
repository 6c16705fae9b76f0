package org.hotbackup.store;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hotbackup.control.FileDigest;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NodeSetting;
import org.hotbackup.control.settings.NodeSettings;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.replication.Epochs;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.txlog.TransactionLogQueue;
import org.hotbackup.verify.ComparedStore;

/**
 * The node's store, open from start to stop, and its figures. Opens it as {@code hotbackup.store.*} says; without a store
 * the application does not start. Thread-safe.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@DataSourceDefinition(
        name = StoreBean.USERS_CONNECTIONS,
        className = "org.hotbackup.store.StoreDataSource",
        url = "${MPCONFIG=hotbackup.store.url}",
        user = "${MPCONFIG=hotbackup.store.user}",
        minPoolSize = 8,
        maxPoolSize = 72)
@DataSourceDefinition(
        name = StoreBean.OWN_CONNECTIONS,
        className = "org.hotbackup.store.StoreDataSource",
        url = "${MPCONFIG=hotbackup.store.url}",
        user = "${MPCONFIG=hotbackup.store.user}",
        minPoolSize = 2,
        maxPoolSize = 16,
        transactional = false)
public class StoreBean {

    /** Connections in the caller's JTA transaction; together with the others below PostgreSQL's usual limit of 100. */
    static final String USERS_CONNECTIONS = "java:app/jdbc/hot-backup";

    /** Connections with transactions of their own. */
    static final String OWN_CONNECTIONS = "java:app/jdbc/hot-backup-own";

    private static final Logger LOG = Logger.getLogger(StoreBean.class.getName());
    private static final int HALTED = 3;

    @Resource(lookup = OWN_CONNECTIONS)
    private DataSource own;

    @PersistenceUnit(unitName = "hot-backup-own")
    private EntityManagerFactory entities;

    private Store store;
    private volatile LogPump pump;
    private ServerMessages messages = (code, values) -> {};

    @PostConstruct
    void open() {
        Config config = ConfigProvider.getConfig();
        NodeSettings settings = NodeSettings.of(key -> config.getOptionalValue(key, String.class));
        try {
            store = Store.open(new Store.Opening(
                    settings.text(NodeSetting.NODE_ID),
                    settings.text(NodeSetting.NODE_NAME),
                    own,
                    single(settings),
                    entities,
                    new DiskSpace(Path.of(settings.text(NodeSetting.NODE_HOME))),
                    settings.number(NodeSetting.DISK_RESERVE_MB),
                    TransactionLog.Room.DEFAULT,
                    Clock.systemUTC(),
                    task -> daemon(task, "hot-backup-store"),
                    StoreBean::halt));
        } catch (Refusal e) {
            LOG.log(Level.SEVERE, "{0} {1}", new Object[] {e.code().id(), e.getMessage()});
            throw e;
        } catch (SQLException e) {
            LOG.log(Level.SEVERE, "The store cannot be opened: {0}", e.getMessage());
            throw new Refusal(
                    MessageCode.STORE_UNUSABLE,
                    settings.find(NodeSetting.STORE_URL).orElse("?"),
                    e.getMessage());
        }
    }

    private static StoreDataSource single(NodeSettings settings) {
        StoreDataSource single = new StoreDataSource();
        single.setUrl(settings.text(NodeSetting.STORE_URL));
        single.setUser(settings.text(NodeSetting.STORE_USER));
        single.setPassword(settings.text(NodeSetting.STORE_PASSWORD));
        return single;
    }

    @PreDestroy
    void close() {
        stopPump();
        if (store != null) {
            store.close();
        }
    }

    /** Who is told, on threads of the store, what is the matter with it and when that is over. */
    public synchronized void tell(ServerMessages listener) {
        messages = listener;
        store.ownership().tell(listener);
    }

    /** Begins to hand committed log entries to the queue, on a thread of its own. */
    public synchronized void startPump(TransactionLogQueue queue) {
        if (pump == null) {
            pump = new LogPump(store, queue, task -> daemon(task, "hot-backup-log-pump"), messages);
            pump.start();
        }
    }

    /** Ends handing over; returns when no call to the queue is under way. */
    public synchronized void stopPump() {
        if (pump != null) {
            pump.stop();
            pump = null;
        }
    }

    /** Switches what is logged, for good; to be called in {@link #betweenTransactions} or {@link #quiesce}. */
    public void logSettings(LogSettings settings) {
        store.logSettings(settings);
    }

    /** As {@link #logSettings(LogSettings)}, with a record of it in the same transaction: there are both or neither. */
    public void logSettings(LogSettings settings, SystemItem record) {
        store.logSettings(settings, Optional.of(record));
    }

    /** What is logged. */
    public LogSettings logSettings() {
        return store.log().settings();
    }

    /** Whether an update was missed since nothing is logged: no slave may go on without a new image. */
    public boolean missedUpdates() {
        return store.log().state().missed();
    }

    /**
     * The LSN of the last gap in the log: a queue that begins before it misses something; 0 if nothing was ever missed.
     */
    public long gapLsn() {
        return store.log().state().gapLsn();
    }

    /** Since when, at the latest, that gap is there, epoch milliseconds; after a start, since then; 0 if there is none. */
    public long gapSinceMillis() {
        return store.log().gapSinceMillis();
    }

    /** The nodes whose updates may be among those that a slave server receives or delayed, its master first (HB-015). */
    public List<String> received(String server) {
        return store.sources().of(server).received();
    }

    /** The servers of which it could not be read at the start whose updates they receive. */
    public List<String> unreadableSources() {
        return store.unreadableSources();
    }

    /** The items of {@code dm,jobs} that said at the start what a helper has to do, and cannot be read. */
    public List<ItemId> unreadableTasks() {
        return store.unreadableTasks();
    }

    /** The nodes of which the log may hold an update after this LSN, which a slave server received (HB-015). */
    public List<String> loggedAfter(long lsn) {
        return store.sources().loggedAfter(lsn);
    }

    /**
     * What slave servers apply is logged from now on. If they applied something before that was not logged while there was a
     * master server, a gap is left in the log, for good: no slave may go on without a new image.
     *
     * @param servers which slave servers
     * @return whether a gap was left
     * @throws Refusal if writers do not end within ten seconds
     */
    public boolean logFromNowOn(Predicate<String> servers) {
        return store.logFromNowOn(servers);
    }

    /** Whether a crash came in between while the queue was cleared. */
    public boolean isClearing() {
        return store.log().state().clearing();
    }

    /**
     * Clears the log (HB-125): forgets what the queue does not have yet, then empties the queue. No unit of work is open
     * and nothing is handed over meanwhile. Should a crash come in between, {@link #isClearing} tells so at the next start.
     *
     * @return the LSN of the last entry before
     * @throws Refusal if writers do not end within ten seconds
     */
    public synchronized long clearLog(TransactionLogQueue queue, LogClearing clearing) {
        return store.betweenTransactions(lsn -> {
            boolean pumping = pump != null;
            stopPump();
            try {
                clearing.before(lsn, store.log().pendingEntries());
                clearLog(clearing, lsn);
            } finally {
                if (pumping) {
                    startPump(queue);
                }
            }
            return lsn;
        });
    }

    private void clearLog(LogClearing clearing, long lsn) {
        Optional<SystemItem> record = Optional.empty();
        try {
            store.beginClearing();
            clearing.empty();
            record = Optional.of(clearing.record(lsn));
        } finally {
            store.cleared(record);
        }
    }

    /**
     * Runs work while no unit of work is open; writers wait meanwhile, so be quick.
     *
     * @param work is given the LSN of the last log entry, 0 if there never was one
     * @throws Refusal if writers do not end within ten seconds
     */
    public <T> T betweenTransactions(LongFunction<T> work) {
        return store.betweenTransactions(work);
    }

    /**
     * Runs work while no unit of work is open and everything logged is in the transaction log queue; writers wait
     * meanwhile, so be quick.
     *
     * @param work is given the LSN of the last log entry, 0 if there never was one
     * @throws Refusal if writers do not end, or the queue does not take what is pending, within ten seconds
     */
    public <T> T quiesce(LongFunction<T> work) {
        return store.quiesce(work);
    }

    /** The node's epoch, and whether it is open for updates. */
    public Standing standing() {
        return store.standing().current();
    }

    /** The node's epoch, for servers. */
    public Epochs epochs() {
        return new StoreEpochs(store);
    }

    /**
     * Changes what the node is and writes a system file's item, in one durable database transaction.
     *
     * @throws Refusal if there is no room on the disk; nothing was changed then
     */
    public void stand(UnaryOperator<Standing> change, FilePath file, ItemId id, byte[] body) {
        stand(change, transaction -> {
            TreeMap<ItemId, Optional<byte[]>> written = new TreeMap<>();
            written.put(id, Optional.of(body));
            transaction.image().write(file, written);
            return null;
        });
    }

    /**
     * Changes what the node is, durably.
     *
     * @throws Refusal if there is no room on the disk; nothing was changed then
     */
    public void stand(UnaryOperator<Standing> change) {
        stand(change, transaction -> null);
    }

    private void stand(UnaryOperator<Standing> change, SlaveTransaction.Work<Void> work) {
        try {
            store.standing().change(change, work);
        } catch (SQLException e) {
            throw new StoreFailure("the node's epoch and state could not be written: " + e.getMessage(), e);
        }
    }

    /** The numbers of the sections whose record in file-of-files cannot be read (HB-154). */
    public List<Integer> unreadableFiles() {
        return store.unreadableFiles();
    }

    /** Who owns the store. */
    public String nodeId() {
        return store.nodeId();
    }

    /** Identity of the history of the store's log. */
    public String historyId() {
        return store.historyId();
    }

    /** The database, with its version. */
    public String product() {
        return store.product();
    }

    /** Transactions that changed something, committed since the start. */
    public long transactionsTotal() {
        return store.transactionsTotal();
    }

    /** Items written or deleted by committed transactions since the start. */
    public long itemsWrittenTotal() {
        return store.itemsWrittenTotal();
    }

    /** LSN of the last committed log entry, 0 if there never was one. */
    public long lastLsn() {
        return store.log().lastCommitted();
    }

    /** LSN of the last log entry that the transaction log queue has. */
    public long lastEnqueuedLsn() {
        return store.log().lastEnqueued();
    }

    /** Entries that the transaction log queue took since the start. */
    public long enqueuedTotal() {
        return store.log().enqueuedTotal();
    }

    /** Committed log entries that the transaction log queue does not have yet. */
    public long pendingLogEntries() {
        return store.log().pendingEntries();
    }

    /** When the first of them was committed, epoch milliseconds; 0 if there are none. */
    public long oldestPendingMillis() {
        return store.log().oldestPendingMillis();
    }

    /** Committed log entries that a queue has not given up, wherever they are; see {@link TransactionLog#unacknowledged}. */
    public long unacknowledged(LongSupplier queueDepth) {
        return store.log().unacknowledged(queueDepth);
    }

    /** What is the matter with the store or the way to the transaction log queue, one sentence; empty if nothing is. */
    public String trouble() {
        String lock = lockTrouble();
        if (!lock.isEmpty()) {
            return MessageCode.STORE_LOCK_LOST.text(lock);
        }
        String handingOver = pumpTrouble();
        return handingOver.isEmpty() ? "" : MessageCode.LOG_NOT_HANDED_ON.text(handingOver);
    }

    /** Why updates are refused because the store may be another node's, one clause; empty if that is not so. */
    public String lockTrouble() {
        return store.ownership().trouble();
    }

    /** Why nothing is handed to the transaction log queue at the moment, one clause; empty if that goes well. */
    public String pumpTrouble() {
        LogPump running = pump;
        return running == null ? "" : running.trouble();
    }

    /** Lets the pump look for entries now. */
    public void wakePump() {
        store.log().wakePump();
    }

    /**
     * How far the pump has come: entries that the queue took; while there are none for it, or the queue takes none, how often
     * it looked. Changes as long as the pump gets on.
     */
    public long pumpProgress() {
        LogPump running = pump;
        boolean handsOver = pendingLogEntries() > 0 && pumpTrouble().isEmpty();
        return handsOver || running == null ? enqueuedTotal() : running.rounds();
    }

    /**
     * Commits durably what goes through the log's table and leaves nothing in it: what every logged update does.
     *
     * @throws StoreFailure if the database does not do it
     */
    public void heartbeat() {
        store.heartbeat();
    }

    /** How much of the room for what the queue does not have yet is taken, in percent; from 100 on updates are refused. */
    public int logFilledPercent() {
        return store.log().filledPercent();
    }

    /** Bytes left on the disk of the node's home. */
    public long diskFreeBytes() {
        return store.diskReserve().freeBytes();
    }

    /** What has to stay free there: with less updates are refused. */
    public long diskReserveBytes() {
        return store.diskReserve().reserveBytes();
    }

    /**
     * Count and SHA-256 of a section's committed image.
     *
     * @throws Refusal if there is no such section, or the database cannot be read
     */
    public FileDigest digest(FilePath path) {
        return store.digest(path);
    }

    /** The store as a comparison with a slave sees it; makes transactions of its own. */
    public ComparedStore comparedStore() {
        return new RangeLog(store);
    }

    /**
     * From now on {@link ResyncStore} writes the image of this slave server.
     *
     * @param passesOn whether the slaves of this node get it (HB-015)
     */
    public void beginResync(String server, boolean passesOn) {
        store.resync(Optional.of(new Store.ReceivedImage(server, passesOn)));
    }

    /** From now on {@link ResyncStore} writes nothing. */
    public void endResync() {
        store.resync(Optional.empty());
    }

    /** Names of all accounts, sorted. */
    public List<String> accounts() {
        return store.catalogue().accounts();
    }

    /** The store itself, for the beans of this package. */
    public Store store() {
        return store;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** No stop in order: nothing that is in memory may reach the disk or a slave any more. */
    private static void halt(Exception cause) {
        LOG.log(Level.SEVERE, "The store cannot be trusted any more, the node stops at once: {0}", cause.getMessage());
        Runtime.getRuntime().halt(HALTED);
    }

    /** Asks the file system; the folder exists as long as the node runs. */
    private record DiskSpace(Path home) implements java.util.function.LongSupplier {
        @Override
        public long getAsLong() {
            try {
                return Files.getFileStore(home).getUsableSpace();
            } catch (IOException e) {
                throw new StoreFailure("the free space of " + home + " cannot be found out", e);
            }
        }
    }
}
