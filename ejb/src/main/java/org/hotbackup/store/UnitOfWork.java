package org.hotbackup.store;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.apply.Overtaken;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.DPointer;
import org.hotbackup.model.FileDefinition;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Limits;
import org.hotbackup.model.Update;
import org.hotbackup.replication.Sources;
import org.hotbackup.store.LockManager.Mode;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.LoggingPolicy;
import org.hotbackup.txlog.LoggingPolicy.Verdict;

/**
 * What one database transaction changes (design 1.1): its locks, its updates on their way to the log, its changes of
 * file-of-files. Whoever drives the transaction calls {@link #beforeCompletion} before the commit and {@link
 * #afterCompletion} after it, whatever came of it. For one thread at a time.
 */
final class UnitOfWork {

    private static final Logger LOG = Logger.getLogger(UnitOfWork.class.getName());

    /** The transaction's access to the database. */
    interface Access {
        /** A connection in the transaction; asked for once. */
        Connection connect() throws SQLException;

        /** JPA in the same transaction. */
        EntityManager entities();

        /** Gives the connection back after the transaction has ended; called once, if it was asked for. */
        void release(Connection connection) throws SQLException;
    }

    /** What a slave takes for the D-pointer that cannot be read: logged, since its master sends what is. */
    private static final DPointer OF_UNREADABLE = DPointer.of("DL", 1);

    private final Store store;
    private final Access access;
    private final boolean ofSlave;
    private final boolean logSlaveUpdate;
    private final Optional<Overtaken.Changes> overtaken;
    private final Map<FilePath, Optional<FileDefinition>> files = new TreeMap<>();
    private final List<Update> logged = new ArrayList<>();
    private Connection connection;
    private LogSettings settings;
    private boolean admitted;
    private boolean excluded;
    private boolean missed;
    private boolean gapLeft;
    private long bytes;
    private long updates;
    private long itemsWritten;
    private final List<byte[]> payloads = new ArrayList<>();
    private final List<LogTable.Row> entries = new ArrayList<>();
    private boolean entriesInserted;
    private boolean sealed;
    private String receiver = "";
    private Optional<Sources> sources = Optional.empty();

    private UnitOfWork(
            Store store,
            Access access,
            boolean ofSlave,
            boolean logSlaveUpdate,
            Optional<Overtaken.Changes> overtaken) {
        this.store = store;
        this.access = access;
        this.ofSlave = ofSlave;
        this.logSlaveUpdate = logSlaveUpdate;
        this.overtaken = overtaken;
    }

    /** A user's transaction: limited in size, logged as the settings say. */
    static UnitOfWork ofUser(Store store, Access access) {
        return new UnitOfWork(
                store, access, false, false, Optional.of(store.overtaken().change()));
    }

    /** As a user's, for what is said to the log once more and changes nothing. */
    static UnitOfWork ofLog(Store store, Access access) {
        return new UnitOfWork(store, access, false, false, Optional.empty());
    }

    /**
     * A slave server's transaction: as large as the batch that is applied.
     *
     * @param logSlaveUpdate log for this node's own slaves what {@link #log} is given (HB-015)
     */
    static UnitOfWork ofSlave(Store store, Access access, boolean logSlaveUpdate) {
        return new UnitOfWork(store, access, true, logSlaveUpdate, Optional.empty());
    }

    /**
     * Excludes the whole transaction from logging (docs/data-model.md 4, rule 2).
     *
     * @throws Refusal if something of it was to be logged already
     */
    void exclude() {
        if (missed || !logged.isEmpty()) {
            throw new Refusal(MessageCode.LOGGED_ALREADY);
        }
        excluded = true;
    }

    /** The one connection of the transaction. */
    Connection connection() throws SQLException {
        if (connection == null) {
            connection = access.connect();
        }
        return connection;
    }

    /** file-of-files in the transaction. */
    FileRecords records() {
        return new FileRecords(access.entities());
    }

    /**
     * To be called before anything is changed.
     *
     * @throws Refusal if there is no room on the disk or in the log, the log is held by somebody, or the store is perhaps
     *     not ours any more
     */
    void beginUpdate() {
        if (!admitted) {
            store.diskReserve().check();
        }
        admit();
        begin();
    }

    /**
     * As {@link #beginUpdate}, for what makes room in the end: it may use half of the reserve.
     */
    void beginFreeing() {
        if (!admitted) {
            store.diskReserve().checkFreeing();
        }
        admit();
        begin();
    }

    /**
     * As {@link #beginUpdate}, for the system's own files: they are never logged, need no room in the log, and may use
     * most of the reserve.
     */
    void beginOfSystem() {
        if (!admitted) {
            store.diskReserve().checkOfSystem();
        }
        begin();
    }

    private void admit() {
        if (!admitted && !sealed && isForLog()) {
            store.log().admit();
        }
        admitted = true;
    }

    private boolean isForLog() {
        return !ofSlave || logSlaveUpdate;
    }

    private void begin() {
        if (sealed) {
            throw new IllegalStateException("the transaction is being committed, it takes no more updates");
        }
        if (settings != null) {
            return;
        }
        store.ownership().check();
        if (!isForLog()) {
            settings = LogSettings.OFF;
            return;
        }
        lock(new LockKey.Log(), Mode.SHARED);
        settings = store.log().settings();
    }

    /**
     * To be called under the lock of a section before items of it are changed.
     *
     * @throws Refusal if a helper of a slave server is clearing it: it would take a user's updates with it
     */
    void refuseHeld(FilePath path) {
        if (!ofSlave) {
            Optional<HelperTask> task = store.helperTasks().of(path).filter(HelperTask::holds);
            if (task.isPresent() && file(path).filter(task.get()::isFor).isPresent()) {
                throw new Refusal(MessageCode.HELPER_AT_WORK, path, task.get().server());
            }
        }
    }

    /** Locks until the end of the transaction. */
    void lock(LockKey key, Mode mode) {
        store.locks().acquire(this, key, mode);
    }

    /**
     * Locks until the end of the transaction, giving way to everybody else.
     *
     * @throws Refusal if that was not possible within so many milliseconds
     */
    void lockYielding(LockKey key, Mode mode, long patienceMillis) {
        store.locks().acquireYielding(this, key, mode, patienceMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * Counts an update that is going to be made.
     *
     * @param size of what it carries, in bytes
     * @throws Refusal if the transaction becomes too large
     */
    void charge(long size) {
        updates++;
        bytes += size;
        if (!ofSlave && (bytes > Limits.MAX_TRANSACTION_BYTES || updates > Limits.MAX_TRANSACTION_UPDATES)) {
            throw new Refusal(
                    MessageCode.TRANSACTION_TOO_LARGE, Limits.MAX_TRANSACTION_BYTES, Limits.MAX_TRANSACTION_UPDATES);
        }
    }

    /**
     * Takes an update that was made to the log, if the policy says so; in lost+found it overtakes what touches the same.
     *
     * @param pointer the D-pointer of its section, before it is redefined
     * @return whether it is logged
     */
    boolean made(Update update, DPointer pointer) {
        return made(update, pointer, Optional.empty());
    }

    /** As the other, of an item of a dictionary that was this before. */
    boolean made(Update update, DPointer pointer, Optional<byte[]> before) {
        if (ofSlave) {
            return false;
        }
        if (update instanceof Update.ItemWritten || update instanceof Update.ItemDeleted) {
            itemsWritten++;
        }
        overtaken.ifPresent(lost -> {
            if (update instanceof Update.FileCreated || update instanceof Update.AccountCreated) {
                lost.created(update.file());
            } else {
                lost.updated(update);
            }
        });
        boolean isLogged = isLogged(update, pointer, before);
        if (isLogged) {
            logged.add(update);
        }
        return isLogged;
    }

    /** Whether an update of a section with this D-pointer is logged; remembered if it ought to be but is not. */
    boolean isLogged(Update update, DPointer pointer, Optional<byte[]> before) {
        Verdict verdict = LoggingPolicy.judge(settings.switches(excluded), pointer, update, before);
        missed |= verdict == Verdict.MISSED;
        return verdict == Verdict.LOGGED;
    }

    /** Logs updates as an entry of their own: those of one transaction that a slave server applies. */
    void log(List<Update> updates) {
        payloads.add(LogEntryCodec.encode(updates));
    }

    /**
     * What it does from here on was received by a slave server, and is logged for this node's own slaves or goes past them.
     * Until it ends no master server is set up that would not know which of the two.
     */
    void receivedBy(String server) {
        receiver = server;
        lock(new LockKey.Log(), Mode.SHARED);
    }

    /** Counts items that a slave server wrote or deleted. */
    void countItems(long items) {
        itemsWritten += items;
    }

    /** Whether anything is logged at all; after {@link #beginUpdate}. */
    boolean isLogging() {
        return settings.active();
    }

    /** Whether a section with this D-pointer is one of those that are logged; after {@link #beginUpdate}. */
    boolean logs(FilePath file, DPointer pointer) {
        return LoggingPolicy.judge(settings.switches(excluded), pointer, new Update.FileCleared(file))
                == Verdict.LOGGED;
    }

    /** The LSN of its first log entry, 0 if it has none; after {@link #beforeCompletion}. */
    long lsn() {
        return entries.isEmpty() ? 0 : entries.get(0).lsn();
    }

    /**
     * A section as this transaction sees it. For a slave server also one whose record cannot be read stands where it
     * belongs: what the master did to it reaches its items, wherever they are shown (HB-154).
     */
    Optional<FileDefinition> file(FilePath path) {
        Optional<FileDefinition> changed = files.get(path);
        if (changed != null) {
            return changed;
        }
        Optional<FileDefinition> committed = store.catalogue().file(path);
        return committed.isPresent() || !ofSlave
                ? committed
                : unreadable(path).map(instead -> new FileDefinition(instead.number(), path, OF_UNREADABLE));
    }

    /** The section of a record that cannot be read but for this path: as it is shown instead. */
    Optional<FileDefinition> unreadable(FilePath path) {
        return files.containsKey(path) ? Optional.empty() : store.catalogue().unreadable(path);
    }

    /** All sections whose records cannot be read but for their paths, where they belong, sorted. */
    List<FileDefinition> unreadable() {
        Map<FilePath, FileDefinition> all = new TreeMap<>(store.catalogue().unreadable());
        all.keySet().removeAll(files.keySet());
        List<FileDefinition> belong = new ArrayList<>();
        all.forEach((path, instead) -> belong.add(new FileDefinition(instead.number(), path, OF_UNREADABLE)));
        return belong;
    }

    /** All sections as this transaction sees them, sorted by path. */
    List<FileDefinition> files() {
        List<FileDefinition> committed = store.catalogue().all();
        if (files.isEmpty()) {
            return committed;
        }
        Map<FilePath, FileDefinition> all = new TreeMap<>();
        committed.forEach(file -> all.put(file.path(), file));
        files.forEach((path, change) -> change.ifPresentOrElse(file -> all.put(path, file), () -> all.remove(path)));
        return List.copyOf(all.values());
    }

    /** A section was created. */
    void created(FileDefinition file) {
        files.put(file.path(), Optional.of(file));
    }

    /** A section was deleted. */
    void deleted(FilePath path) {
        files.put(path, Optional.empty());
    }

    /**
     * Adds the log entry to the transaction: the last thing done in it. All locks are held, so the order of LSNs is the
     * order of every two transactions that touch the same item (design 1.2).
     */
    void beforeCompletion() throws SQLException {
        sealed = true;
        if (settings != null) {
            store.ownership().check();
        }
        overtaken.ifPresent(lost -> lost.write(new StoreImage(store, this)));
        if (!logged.isEmpty()) {
            log(logged);
            logged.clear();
        }
        for (byte[] payload : payloads) {
            LogTable.Row entry =
                    new LogTable.Row(store.log().next(), store.clock().millis(), payload);
            entries.add(entry);
            entriesInserted = true;
            store.logTable().insert(connection(), entry);
        }
        payloads.clear();
        if (!receiver.isEmpty()) {
            writeSources();
        }
        if (missed) {
            LogState state = store.log().state();
            if (state.awaitsGap()) {
                gapLeft = true;
                store.logStateItem().write(connection(), state.withGap());
            }
        }
    }

    private void writeSources() throws SQLException {
        Sources before = store.sources().of(receiver);
        Sources now = before;
        if (!entries.isEmpty()) {
            now = before.loggedUpTo(entries.get(entries.size() - 1).lsn());
        } else if (!(ofSlave ? logSlaveUpdate : !excluded)
                && store.log().settings().hasServers()) {
            now = before.withUnlogged(true);
        }
        if (!now.equals(before)) {
            sources = Optional.of(now);
            store.sources().write(connection(), receiver, now);
        }
    }

    /**
     * Ends the unit of work. Returns when a commit is on disk; only then are its log entries handed on, its files visible
     * and its locks free.
     */
    void afterCompletion(boolean committed) {
        sealed = true;
        try {
            close();
            if (gapLeft && (committed || store.isGapCommitted())) {
                store.log().missed();
            }
            if (committed || entriesInserted && store.isCommitted(entries.get(0).lsn())) {
                commit();
            } else {
                entries.forEach(entry -> store.log().rolledBack(entry.lsn()));
            }
        } finally {
            store.locks().releaseAll(this);
        }
    }

    private void commit() {
        if (settings != null) {
            store.durability().await();
            store.catalogue().apply(files);
            store.countCommit(itemsWritten);
        }
        // before anybody can be sent what was received
        sources.ifPresent(now -> store.sources().committed(receiver, now));
        entries.forEach(store.log()::committed);
    }

    private void close() {
        if (connection != null) {
            try {
                access.release(connection);
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "A connection could not be given back: {0}", e.getMessage());
            }
            connection = null;
        }
    }
}
