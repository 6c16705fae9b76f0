package org.hotbackup.server;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.model.ItemId;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.MasterSession;
import org.hotbackup.replication.MasterSettings;
import org.hotbackup.replication.Session;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.replication.SlaveSettings;
import org.hotbackup.store.LogSettings;
import org.hotbackup.store.SlaveAppliers;
import org.hotbackup.store.StoreBean;
import org.hotbackup.store.SystemFiles;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * The replication servers of this node: their definitions in {@code dm,hb.log}, their threads, and their timers, the
 * TxLog timer (HB-057) and the check period (HB-056). Control operations are done one at a time.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ReplicationServers {

    private static final int HELPER_CHECK_SECONDS = 1;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    @EJB
    private StoreBean store;

    @Inject
    private SystemFiles files;

    @Inject
    private SlaveAppliers appliers;

    @Inject
    private TransactionLogQueue queue;

    @Inject
    private Links links;

    @Inject
    private NodeConfiguration configuration;

    @Resource
    private TimerService timers;

    @Resource
    private ManagedThreadFactory threads;

    private final Map<String, ReplicationServer> servers = new ConcurrentSkipListMap<>();
    private final SecureRandom random = new SecureRandom();
    private BiConsumer<String, Boolean> onChange = (name, present) -> {};
    private PermanentLog log;
    private Helpers helpers;

    /** What a timer does for which server. */
    private enum Tick {
        TXLOG_TIMER,
        CHECK_PERIOD,
        HELPERS
    }

    /** What a timer is for; timers here are not persistent, so it is never serialized. */
    private record Task(Tick tick, String server, QueueCheck check) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Reads the definitions, begins to hand log entries to the queue, and starts the servers that ran before. */
    public synchronized void startUp() throws QueueUnavailableException {
        log = new PermanentLog(files, Clock.systemUTC(), threads);
        log.start();
        helpers = new Helpers(appliers, threads);
        ItemId after = null;
        List<StoredItem> page = files.items(SystemPaths.DEFINITIONS, after, 100);
        while (!page.isEmpty()) {
            for (StoredItem item : page) {
                ServerDefinition definition = ServerDefinition.ofItem(item.id().toString(), item.body());
                servers.put(definition.name(), new ReplicationServer(definition, log));
                after = item.id();
            }
            page = files.items(SystemPaths.DEFINITIONS, after, 100);
        }
        for (ReplicationServer server : servers.values()) {
            if (server.settings().isMaster()) {
                queue.define(server.name());
            }
        }
        setLogging();
        if (store.isClearing()) {
            sayOfMasters(MessageCode.QUEUE_CLEARED, clearQueues());
        }
        LogSettings logged = store.logSettings();
        sayOfMasters(
                logged.enqueuing() ? MessageCode.LOGGED_AT_START : MessageCode.NOT_ENQUEUED_AT_START,
                logged.allFiles() ? "ALL" : "DL");
        store.startPump(queue);
        servers.values().stream().filter(s -> s.definition().started()).forEach(this::launch);
    }

    /** Stops all servers; those that run now start again with the node. */
    public synchronized void shutDown() throws InterruptedException {
        for (ReplicationServer server : servers.values()) {
            end(server);
        }
        if (helpers != null) {
            helpers.stop();
        }
        store.stopPump();
        if (log != null) {
            log.stop();
        }
    }

    /** Logging goes on as long as somebody is there to be sent to. */
    private void setLogging() {
        boolean masters =
                servers.values().stream().anyMatch(server -> server.settings().isMaster());
        store.betweenTransactions(lsn -> {
            LogSettings now = store.logSettings();
            if (now.hasServers() != masters) {
                store.logSettings(now.withServers(masters));
            }
            return lsn;
        });
    }

    /** Says something in the name of every master server. */
    void sayOfMasters(MessageCode code, Object... values) {
        for (ReplicationServer server : servers.values()) {
            if (server.settings().isMaster()) {
                server.say(code, values);
            }
        }
    }

    /**
     * Empties the queue of every master server, and what is on its way there (HB-125).
     *
     * @return the LSN of the last entry before
     */
    synchronized long clearQueues() {
        return store.clearLog(queue, () -> {
            for (ReplicationServer server : servers.values()) {
                if (server.settings().isMaster()) {
                    clear(server);
                }
            }
        });
    }

    private void clear(ReplicationServer server) {
        try {
            queue.clear(server.name());
        } catch (QueueUnavailableException e) {
            throw new Refusal(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        }
    }

    /** Tells from now on which servers come and go, beginning with those that are there. */
    public synchronized void onChange(BiConsumer<String, Boolean> listener) {
        onChange = listener;
        servers.keySet().forEach(name -> listener.accept(name, true));
    }

    /** The names of all servers, sorted. */
    public List<String> names() {
        return List.copyOf(servers.keySet());
    }

    /** All servers, sorted by name. */
    public List<ReplicationServer> all() {
        return List.copyOf(servers.values());
    }

    /**
     * The server of this name.
     *
     * @throws Refusal if there is none
     */
    public ReplicationServer server(String name) {
        ReplicationServer server = servers.get(name);
        if (server == null) {
            throw new Refusal(MessageCode.NO_SERVER, name);
        }
        return server;
    }

    /** Sets up a new server or changes a stopped one (HB-093). */
    public synchronized OperationReceipt setup(String name, ServerSettings settings) {
        ServerSettings.checkedName(name);
        ReplicationServer server = servers.get(name);
        if (server != null && server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name);
        }
        boolean sameType = server != null && server.settings().isMaster() == settings.isMaster();
        if (server != null && sameType) {
            server.define(keep(server.definition().withSettings(settings)));
        } else {
            if (server != null) {
                forget(server);
            }
            ServerDefinition definition =
                    ServerDefinition.of(name, settings, settings.isMaster() ? defineQueue(name) : 0);
            servers.put(name, new ReplicationServer(keep(definition), log));
            setLogging();
            onChange.accept(name, true);
        }
        log.say(name, MessageCode.SERVER_SET_UP, name);
        return OperationReceipt.done(MessageCode.SERVER_SET_UP, name);
    }

    /** The queue begins at a known LSN: no transaction is open meanwhile, and from then on everything is logged. */
    private long defineQueue(String name) {
        return store.quiesce(lsn -> {
            try {
                queue.define(name);
            } catch (QueueUnavailableException e) {
                throw new Refusal(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
            }
            store.logSettings(store.logSettings().withServers(true));
            return lsn;
        });
    }

    private ServerDefinition keep(ServerDefinition definition) {
        files.write(SystemPaths.DEFINITIONS, ItemId.of(definition.name()), definition.toItem());
        return definition;
    }

    /** Deletes a stopped server with its queue and position (HB-094). */
    public synchronized OperationReceipt delete(String name, String confirmName) {
        ReplicationServer server = server(name);
        confirm(name, confirmName);
        if (server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name);
        }
        forget(server);
        onChange.accept(name, false);
        log.say(name, MessageCode.SERVER_DELETED, name);
        return OperationReceipt.done(MessageCode.SERVER_DELETED, name);
    }

    private void forget(ReplicationServer server) {
        String name = server.name();
        files.delete(SystemPaths.DEFINITIONS, ItemId.of(name));
        servers.remove(name);
        setLogging();
        appliers.forget(name);
        try {
            queue.remove(name);
        } catch (QueueUnavailableException e) {
            throw new Refusal(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        }
    }

    private static void confirm(String name, String given) {
        if (!name.equals(given)) {
            throw new Refusal(MessageCode.CONFIRM_BY_NAME, name, given);
        }
    }

    /** Starts a server (HB-072). */
    public synchronized OperationReceipt start(String name) {
        ReplicationServer server = server(name);
        if (server.isRunning()) {
            return OperationReceipt.refused(MessageCode.ALREADY_RUNNING, name, server.pib());
        }
        server.say(MessageCode.WAITING_TO_START, name);
        server.define(keep(server.definition().withStarted(true)));
        return launch(server);
    }

    private OperationReceipt launch(ReplicationServer server) {
        String name = server.name();
        try {
            server.say(MessageCode.WAITING_TO_INITIALIZE, name);
            Session session = server.settings().isMaster() ? masterSession(server) : slaveSession(server);
            ServerThread thread = new ServerThread(name, threads, session::step, session::close);
            server.running(session, thread);
            thread.start();
            startTimers(server);
            server.say(MessageCode.SERVER_STARTED, name);
            if (server.settings().isInsecure()) {
                server.say(MessageCode.INSECURE_LINK, name);
            }
            return OperationReceipt.done(MessageCode.SERVER_STARTED, name);
        } catch (LinkDownException | Refusal e) {
            server.say(MessageCode.START_FAILED, name, e.getMessage());
            return OperationReceipt.refused(MessageCode.START_FAILED, name, e.getMessage());
        }
    }

    private Session masterSession(ReplicationServer server) {
        ServerSettings settings = server.settings();
        String host = settings.get(ServerSetting.HOST);
        int port = settings.number(ServerSetting.PORT);
        long sleep = TimeUnit.SECONDS.toMillis(settings.number(ServerSetting.TXLOG_TIMER));
        return new MasterSession(
                new MasterSettings(
                        server.name(),
                        configuration.id(),
                        store.historyId(),
                        host + ":" + port,
                        server.definition().definedAtLsn(),
                        sleep),
                () -> links.call(host, port, security(settings), server::wake, server::say),
                () -> queue.open(server.name(), server::wake),
                store::lastEnqueuedLsn,
                store::lastLsn,
                System::currentTimeMillis,
                random::nextLong,
                server::say);
    }

    private static Links.Security security(ServerSettings settings) {
        return settings.isInsecure() ? Links.Security.INSECURE : Links.Security.TLS;
    }

    private Session slaveSession(ReplicationServer server) throws LinkDownException {
        ServerSettings settings = server.settings();
        SlaveSession session = new SlaveSession(
                new SlaveSettings(
                        server.name(), configuration.id(), server.definition().masterNodeId()),
                () -> links.listen(
                        server.name(),
                        settings.number(ServerSetting.PORT),
                        security(settings),
                        server::wake,
                        server::say),
                appliers.forServer(
                        server.name(),
                        isOn(settings, ServerSetting.AUTO_CREATE),
                        isOn(settings, ServerSetting.LOG_SLAVE_UPDATE),
                        server.openFiles()),
                nodeId -> server.define(keep(server.definition().withMaster(nodeId))),
                server::say);
        boolean applied = isOn(settings, ServerSetting.APPLY_UPDATES);
        session.applyUpdates(applied);
        session.listen();
        if (!applied) {
            server.say(MessageCode.APPLYING_STOPPED, session.figures().pending());
        }
        return session;
    }

    private static boolean isOn(ServerSettings settings, ServerSetting setting) {
        return settings.get(setting).equals("on");
    }

    /**
     * Stops or starts applying updates on a slave server (HB-097, HB-098): its definition is changed, a running server
     * goes over at once.
     */
    public synchronized OperationReceipt applyUpdates(String name, boolean apply) {
        ReplicationServer server = slave(name);
        ServerSettings changed = server.settings().with(ServerSetting.APPLY_UPDATES, apply ? "on" : "off");
        server.define(keep(server.definition().withSettings(changed)));
        server.slaveSession().ifPresent(session -> session.applyUpdates(apply));
        server.wake();
        MessageCode done = apply ? MessageCode.APPLYING_STARTED : MessageCode.APPLYING_STOPPED;
        server.say(done, server.figures().pending());
        return OperationReceipt.done(done, server.figures().pending());
    }

    /** Puts the transaction that is blocked at a slave server into lost+found (HB-181). */
    public synchronized OperationReceipt setAside(String name, long transaction, String confirmName) {
        ReplicationServer server = slave(name);
        confirm(name, confirmName);
        SlaveSession session =
                server.slaveSession().orElseThrow(() -> new Refusal(MessageCode.SERVER_NOT_RUNNING, name));
        long blocked = session.head()
                .orElseThrow(() -> new Refusal(MessageCode.NOTHING_AT_HEAD, name))
                .transaction()
                .number();
        if (!session.setAside(transaction)) {
            throw new Refusal(MessageCode.HEAD_IS_ANOTHER, blocked, transaction);
        }
        server.wake();
        server.say(MessageCode.HEAD_GOES_TO_LOST_AND_FOUND, transaction);
        return OperationReceipt.accepted(MessageCode.HEAD_GOES_TO_LOST_AND_FOUND, transaction);
    }

    /** Closes the files that a slave server opened (HB-099). */
    public synchronized OperationReceipt closeFiles(String name) {
        ReplicationServer server = slave(name);
        int closed = server.openFiles().close();
        appliers.reopenFiles();
        server.say(MessageCode.FILES_CLOSED, closed);
        return OperationReceipt.done(MessageCode.FILES_CLOSED, closed);
    }

    private ReplicationServer slave(String name) {
        ReplicationServer server = server(name);
        if (server.settings().isMaster()) {
            throw new Refusal(MessageCode.SLAVE_ONLY);
        }
        return server;
    }

    private void startTimers(ReplicationServer server) {
        if (server.settings().isMaster()) {
            timer(Tick.TXLOG_TIMER, server, server.settings().number(ServerSetting.TXLOG_TIMER));
            timer(Tick.CHECK_PERIOD, server, server.settings().number(ServerSetting.CHECK_PERIOD));
        } else {
            timer(Tick.HELPERS, server, HELPER_CHECK_SECONDS);
        }
    }

    private void timer(Tick tick, ReplicationServer server, int seconds) {
        if (seconds > 0) {
            long millis = TimeUnit.SECONDS.toMillis(seconds);
            Task task = new Task(tick, server.name(), new QueueCheck());
            timers.createIntervalTimer(millis, millis, new TimerConfig(task, false));
        }
    }

    /** A timer of a running master server. */
    @Timeout
    void tick(Timer timer) {
        Task task = (Task) timer.getInfo();
        ReplicationServer server = servers.get(task.server());
        if (server == null || !server.isRunning()) {
            return;
        }
        if (task.tick() == Tick.TXLOG_TIMER) {
            server.wake();
            return;
        }
        if (task.tick() == Tick.HELPERS) {
            helpers.look(server.name(), server::say);
            return;
        }
        try {
            task.check()
                    .run(
                            store.logSettings().enqueuing(),
                            queue.state(server.name()).bytes(),
                            server::say);
        } catch (QueueUnavailableException e) {
            server.say(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        }
    }

    /** Stops a server (HB-073); what is queued stays queued. */
    public synchronized OperationReceipt stop(String name, String confirmName) {
        ReplicationServer server = server(name);
        confirm(name, confirmName);
        server.define(keep(server.definition().withStarted(false)));
        if (!server.isRunning()) {
            return OperationReceipt.refused(MessageCode.SERVER_NOT_RUNNING, name);
        }
        try {
            if (!end(server)) {
                return OperationReceipt.accepted(MessageCode.SERVER_STOPPING, name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OperationReceipt.accepted(MessageCode.SERVER_STOPPING, name);
        }
        server.say(MessageCode.SERVER_STOPPED, name);
        return OperationReceipt.done(MessageCode.SERVER_STOPPED, name);
    }

    private boolean end(ReplicationServer server) throws InterruptedException {
        for (Timer timer : timers.getTimers()) {
            if (((Task) timer.getInfo()).server().equals(server.name())) {
                timer.cancel();
            }
        }
        ServerThread thread = server.thread();
        if (thread == null || thread.stop(STOP_PATIENCE)) {
            server.stopped();
            return true;
        }
        return false;
    }
}
