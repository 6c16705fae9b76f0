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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.store.LogSettings;
import org.hotbackup.store.RejoinDesk;
import org.hotbackup.store.SlaveAppliers;
import org.hotbackup.store.StoreBean;
import org.hotbackup.store.SystemFiles;
import org.hotbackup.txlog.LogEntry;
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
    private static final Logger LOGGER = Logger.getLogger(ReplicationServers.class.getName());
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    /** In the machine's own zone, where midnight is (HB-111). */
    private static final Clock CLOCK = Clock.systemDefaultZone();

    private static final Duration DELIVERED_AGAIN = Duration.ofMinutes(1);

    @EJB
    private StoreBean store;

    @Inject
    private SystemFiles files;

    @Inject
    private SlaveAppliers appliers;

    @Inject
    private RejoinDesk rejoinDesk;

    @Inject
    private TransactionLogQueue queue;

    @Inject
    private Links links;

    @Inject
    private NodeConfiguration configuration;

    @Inject
    private EndMark endMark;

    @Inject
    private Users users;

    @Resource
    private TimerService timers;

    @Resource
    private ManagedThreadFactory threads;

    private final Map<String, ReplicationServer> servers = new ConcurrentSkipListMap<>();
    private final Map<String, String> corrupt = new ConcurrentSkipListMap<>();
    private final TimedWork timedWork = new TimedWork();
    private BiConsumer<String, Boolean> onChange = (name, present) -> {};
    private PermanentLog log;
    private Helpers helpers;
    private ServerRecords records;
    private NodeLog nodeLog;
    private Jobs jobs;
    private Phantoms phantoms;
    private NoticeCourier courier;
    private NoticeBoard notices;
    private UpdatesGate gate;
    private Sessions sessions;

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
        log = new PermanentLog(files, CLOCK, threads);
        log.start();
        helpers = new Helpers(
                appliers::helperTasks,
                appliers::helperStep,
                threads,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        jobs = new Jobs(files, CLOCK);
        beginJobs();
        courier = new NoticeCourier(
                users::address,
                new MailDelivery(MailSettings.of(ConfigProvider.getConfig()), configuration.name()),
                new WebDelivery(configuration.name(), WebDelivery.PATIENCE),
                log,
                DELIVERED_AGAIN,
                threads);
        courier.start();
        notices = new NoticeBoard(courier::take);
        records = new ServerRecords(files);
        gate = new UpdatesGate(configuration.name(), store, CLOCK, servers::values);
        sessions = new Sessions(configuration, store, queue, links, appliers, gate, servers::values, records::keep);
        nodeLog = new NodeLog(configuration.home());
        phantoms = new Phantoms(jobs, records, threads, ProcessHandle.current().pid());
        corrupt.putAll(records.read(
                definition -> servers.put(definition.name(), new ReplicationServer(definition, log, notices, CLOCK))));
        corrupt.forEach((name, reason) -> log.say(name, MessageCode.SERVER_UNUSABLE, name, reason));
        boolean inOrder = endMark.begin(configuration.home());
        servers.values().forEach(server -> phantoms.found(server, inOrder));
        for (ReplicationServer server : servers.values()) {
            if (server.settings().isMaster()) {
                queue.define(server.name());
            }
        }
        setLogging("");
        if (store.isClearing()) {
            sayOfMasters(MessageCode.QUEUE_CLEARED, clearQueues());
        }
        LogSettings logged = store.logSettings();
        sayOfMasters(
                logged.enqueuing() ? MessageCode.LOGGED_AT_START : MessageCode.NOT_ENQUEUED_AT_START,
                logged.allFiles() ? "ALL" : "DL");
        store.tell(this::sayOfAll);
        store.unreadableFiles().forEach(number -> sayOfAll(MessageCode.CANNOT_READ_FOF_ITEM, number));
        store.startPump(queue);
        servers.values().stream().filter(s -> s.definition().started()).forEach(this::launch);
        timer(Tick.HELPERS, "", HELPER_CHECK_SECONDS);
    }

    private void beginJobs() {
        try {
            jobs.begin();
        } catch (Refusal e) {
            LOGGER.log(Level.WARNING, "jobs that ended with the last process cannot be closed", e);
        }
    }

    /** Stops all servers; those that run now start again with the node. */
    public synchronized void shutDown() throws InterruptedException {
        if (phantoms != null) {
            phantoms.logOff();
        }
        for (ReplicationServer server : servers.values()) {
            end(server);
        }
        if (helpers != null) {
            helpers.stop();
        }
        store.stopPump();
        if (courier != null) {
            courier.stop();
        }
        if (log != null) {
            log.stop();
        }
    }

    /**
     * Logging goes on as long as somebody is there to be sent to: a record that cannot be read may be a master's.
     *
     * @param leaving the name of a server that does not count any more, empty if all do
     */
    private void setLogging(String leaving) {
        boolean masters = !corrupt.isEmpty()
                || servers.values().stream()
                        .anyMatch(server ->
                                server.settings().isMaster() && !server.name().equals(leaving));
        if (store.logSettings().hasServers() != masters) {
            store.betweenTransactions(lsn -> {
                store.logSettings(store.logSettings().withServers(masters));
                return lsn;
            });
        }
    }

    /** Says something in the name of every server, so that each notify list hears of it; of the node if it has none. */
    private void sayOfAll(MessageCode code, Object... values) {
        if (servers.isEmpty()) {
            log.say(PermanentLog.NODE, code, values);
        }
        servers.values().forEach(server -> server.say(code, values));
    }

    /** Says something in the name of every master server. */
    public void sayOfMasters(MessageCode code, Object... values) {
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
    public synchronized long clearQueues() {
        List<ReplicationServer> masters = servers.values().stream()
                .filter(server -> server.settings().isMaster())
                .toList();
        return new QueueClearing(store, queue, rejoinDesk, masters, CLOCK).run();
    }

    /** Tells from now on which servers come and go, beginning with those that are there. */
    public synchronized void onChange(BiConsumer<String, Boolean> listener) {
        onChange = onChange.andThen(listener);
        names().forEach(name -> listener.accept(name, true));
    }

    /** The permanent log of all servers. */
    public PermanentLog permanentLog() {
        return log;
    }

    /** Where the servers' notices hang. */
    public NoticeBoard noticeBoard() {
        return notices;
    }

    /** What opens and closes the node for users' updates. */
    public UpdatesGate updatesGate() {
        return gate;
    }

    /** The names of all servers, sorted; also of those whose record cannot be used. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>(servers.keySet());
        corrupt.keySet().stream().filter(ServerSettings::isName).forEach(names::add);
        return List.copyOf(names);
    }

    /** Why the record of this server cannot be used, a sentence; empty if it can, or if there is no such server. */
    public Optional<String> unusable(String name) {
        return Optional.ofNullable(corrupt.get(name)).map(why -> MessageCode.SERVER_UNUSABLE.text(name, why));
    }

    /** The setup of a server, empty if there is none that can be used. */
    public Optional<ServerSettings> settings(String name) {
        return Optional.ofNullable(servers.get(name)).map(ReplicationServer::settings);
    }

    /** The latest jobs, most recent first, a line each (HB-171). */
    public List<String> jobs(int lines) {
        return jobs.latest(lines);
    }

    /** All servers that can be used, sorted by name. */
    public List<ReplicationServer> all() {
        return List.copyOf(servers.values());
    }

    /**
     * The server of this name.
     *
     * @throws Refusal if there is none, or if its record cannot be used
     */
    public ReplicationServer server(String name) {
        ReplicationServer server = servers.get(name);
        refuseUnusable(name);
        if (server == null) {
            throw new Refusal(MessageCode.NO_SERVER, name);
        }
        return server;
    }

    private void refuseUnusable(String name) {
        String reason = corrupt.get(name);
        if (reason != null) {
            throw new Refusal(MessageCode.SERVER_UNUSABLE, name, reason);
        }
    }

    /** Sets up a new server or changes a stopped one (HB-093). */
    public synchronized OperationReceipt setup(String name, ServerSettings settings) {
        ServerSettings.checkedName(name);
        refuseUnusable(name);
        ReplicationServer server = servers.get(name);
        if (server != null) {
            server.setUp(settings, records::keep);
        } else {
            ServerDefinition definition = ServerDefinition.of(
                            name, settings, settings.isMaster() ? defineQueue(name) : 0)
                    .withSuccession(Succession.in(store.standing().epoch()));
            servers.put(name, new ReplicationServer(records.keep(definition), log, notices, CLOCK));
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

    /** Deletes a stopped server with its queue and position (HB-094). */
    public synchronized OperationReceipt delete(String name, String confirmName) {
        ReplicationServer server = server(name);
        Refusal.unlessConfirmed(name, confirmName);
        if (server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name);
        }
        long dropped = forget(server);
        onChange.accept(name, false);
        log.say(name, MessageCode.SERVER_DELETED, name);
        return dropped == 0
                ? OperationReceipt.done(MessageCode.SERVER_DELETED, name)
                : OperationReceipt.done(MessageCode.DELAYED_DROPPED, name, dropped);
    }

    /**
     * Deletes a record of {@code dm,hb.log}, also one that cannot be used: the manual's {@code delete hb.log NAME}. A
     * server of that name goes with its queue; what a slave has applied stays known, so that it can be set up again and
     * goes on.
     */
    public synchronized OperationReceipt deleteRecord(String name, String confirmName) {
        if (servers.containsKey(name)) {
            ReplicationServer server = server(name);
            return server.isRunning()
                    ? OperationReceipt.refused(MessageCode.ALREADY_RUNNING, name, server.pib())
                    : delete(name, confirmName);
        }
        if (!corrupt.containsKey(name)) {
            throw new Refusal(MessageCode.NO_SERVER, name);
        }
        Refusal.unlessConfirmed(name, confirmName);
        removeQueue(name);
        records.delete(name);
        corrupt.remove(name);
        setLogging("");
        if (ServerSettings.isName(name)) {
            onChange.accept(name, false);
        }
        log.say(name, MessageCode.RECORD_DELETED, name);
        return OperationReceipt.done(MessageCode.RECORD_DELETED, name);
    }

    private long forget(ReplicationServer server) {
        String name = server.name();
        long dropped = appliers.forget(name);
        setLogging(name);
        records.delete(name);
        servers.remove(name);
        removeQueue(name);
        if (dropped > 0) {
            log.say(name, MessageCode.DELAYED_DROPPED, name, dropped);
        }
        return dropped;
    }

    private void removeQueue(String name) {
        try {
            queue.remove(name);
        } catch (QueueUnavailableException e) {
            throw new Refusal(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        }
    }

    /** Starts a server (HB-072). */
    public synchronized OperationReceipt start(String name) {
        ReplicationServer server = server(name);
        if (server.isRunning()) {
            return OperationReceipt.refused(MessageCode.ALREADY_RUNNING, name, server.pib());
        }
        server.note(d -> d.withStarted(true), records::keep);
        return launch(server);
    }

    private OperationReceipt launch(ReplicationServer server) {
        return launch(server, () -> server.settings().isMaster() ? sessions.master(server) : sessions.slave(server));
    }

    private OperationReceipt launch(ReplicationServer server, Phantoms.Beginning beginning) {
        cancelTimers(server);
        OperationReceipt receipt = phantoms.start(server, beginning);
        if (server.isRunning()) {
            startTimers(server);
            if (server.settings().isInsecure()) {
                server.say(MessageCode.INSECURE_LINK, server.name());
            }
        }
        return receipt;
    }

    /**
     * Stops or starts applying updates on a slave server (HB-097, HB-098): its definition is changed, a running server
     * goes over at once.
     */
    public synchronized OperationReceipt applyUpdates(String name, boolean apply) {
        ReplicationServer server = slave(name);
        ServerSettings changed = server.settings().with(ServerSetting.APPLY_UPDATES, apply ? "on" : "off");
        server.redefine(d -> d.withSettings(changed), records::keep);
        server.slaveSession().ifPresent(session -> session.applyUpdates(apply));
        server.wake();
        MessageCode done = apply ? MessageCode.APPLYING_STARTED : MessageCode.APPLYING_STOPPED;
        long pending = pending(name);
        server.say(done, pending);
        return OperationReceipt.done(done, pending);
    }

    /**
     * How many updates a slave server received and did not apply, running or not (HB-097).
     *
     * @throws Refusal if there is no such server or it is a master
     */
    public long pending(String name) {
        return slave(name).pending(() -> appliers.pending(name));
    }

    /** Says something in the name of a server, which may be gone. */
    public void say(String server, MessageCode code, Object... values) {
        log.say(server, code, values);
    }

    /** Puts the transaction that is blocked at a slave server into lost+found (HB-181). */
    public synchronized OperationReceipt setAside(String name, long transaction, String confirmName) {
        ReplicationServer server = slave(name);
        Refusal.unlessConfirmed(name, confirmName);
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

    /**
     * Promotes a slave server whose master is not connected: it applies what it has, then the node takes a new epoch and is
     * open for updates. A server that is stopped is run for it, without listening.
     *
     * @param confirmName its name
     * @param reason why, for the record
     * @param user who asks for it
     * @throws Refusal if it is not confirmed, has no reason, has nothing to promote, or its master is connected
     */
    public OperationReceipt promote(String name, String confirmName, String reason, String user) {
        ReplicationServer server = slave(name);
        Refusal.unlessConfirmed(name, confirmName);
        PromotionWatch.awaitMasterGone(server);
        return PromotionWatch.outcome(server, beginPromotion(name, reason, user));
    }

    private synchronized SlaveSession beginPromotion(String name, String reason, String user) {
        ReplicationServer server = slave(name);
        PromotionWatch.refuseUnfit(server, appliers.position(name), reason);
        Optional<SlaveSession> running = server.slaveSession();
        if (running.isEmpty() && server.isRunning()) {
            throw new Refusal(MessageCode.WAITING_TO_INITIALIZE, name);
        }
        if (running.isPresent() && !running.get().promoting().isEmpty()) {
            return running.get();
        }
        SlaveSession session = running.orElseGet(() -> sessions.newSlave(server));
        server.say(MessageCode.PROMOTION_BEGUN, name, user, reason);
        session.promote(new ServerPromoter(server, store, appliers, records, CLOCK, user, reason));
        if (running.isEmpty()) {
            session.withoutListening();
            session.onPromotionOver(() -> server.thread().end());
            OperationReceipt launched = launch(server, () -> session);
            if (launched.outcome() == OperationReceipt.Outcome.REFUSED) {
                throw new Refusal(MessageCode.START_FAILED, name);
            }
        }
        server.wake();
        return session;
    }

    /**
     * What a superseded master server has and the new master has not: entries of its queue behind an LSN, oldest first.
     *
     * @throws Refusal if it was not told that it is superseded, or the queue does not answer
     */
    public List<LogEntry> rejoinEntries(String name, long afterLsn, int limit) {
        return rejoin(name).entries(afterLsn, limit);
    }

    /** The same in words, update by update, with how many there are and whether some are known to be missing. */
    public String rejoinList(String name, long afterLsn, int limit) {
        return rejoin(name).list(afterLsn, limit);
    }

    private Rejoin rejoin(String name) {
        return new Rejoin(server(name), store, queue, rejoinDesk);
    }

    /**
     * Brings a superseded master server back: it is stopped, what the new master has not goes to lost+found or is dropped,
     * and it becomes a slave server of the node that was promoted, and is started. The node stays closed for users' updates.
     * Should a crash come in between, the same may be asked again.
     *
     * @param confirmName its name
     * @param keep whether what the new master has not is kept in lost+found
     * @param port on which the slave server listens
     * @throws Refusal if it is not confirmed, was not told that it is superseded, does not stop, cannot listen on such a
     *     port, or the queue does not answer
     */
    public synchronized OperationReceipt rejoin(String name, String confirmName, boolean keep, int port) {
        ReplicationServer server = server(name);
        Rejoin rejoin = rejoin(name);
        Refusal.unlessConfirmed(name, confirmName);
        ServerDefinition slave = rejoin.slave(port);
        stopForRejoin(server);
        if (store.standing().isOpen()) {
            gate.close("it is brought back as a slave", "rejoin of server " + name);
        }
        String newMaster = server.succession().superseded().orElseThrow().nodeId();
        boolean alone =
                servers.values().stream().allMatch(other -> other.settings().isMaster());
        UnsentTransactions.Summary unsent = rejoin.run(keep, alone, slave);
        ReplicationServer rejoined = new ReplicationServer(slave, log, notices, CLOCK);
        servers.put(name, rejoined);
        onChange.accept(name, true);
        setLogging("");
        String fate = unsent.count() + " transactions, " + (keep ? "kept in lost+found" : "dropped");
        Object[] values = {name, newMaster, port, fate};
        rejoined.say(MessageCode.REJOINED, values);
        if (!unsent.missing().isEmpty()) {
            rejoined.say(MessageCode.REJOIN_ENTRIES_MISSING, name, unsent.missing());
        }
        OperationReceipt started = launch(rejoined);
        return started.outcome() == OperationReceipt.Outcome.REFUSED
                ? started
                : OperationReceipt.done(MessageCode.REJOINED, values);
    }

    private void stopForRejoin(ReplicationServer server) {
        try {
            if (!end(server)) {
                throw new Refusal(MessageCode.REJOIN_STOPS, server.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(MessageCode.REJOIN_STOPS, server.name());
        }
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
            timer(Tick.TXLOG_TIMER, server.name(), server.settings().number(ServerSetting.TXLOG_TIMER));
            timer(Tick.CHECK_PERIOD, server.name(), server.settings().number(ServerSetting.CHECK_PERIOD));
        }
    }

    private void timer(Tick tick, String server, int seconds) {
        if (seconds > 0) {
            long millis = TimeUnit.SECONDS.toMillis(seconds);
            Task task = new Task(tick, server, new QueueCheck());
            timers.createIntervalTimer(millis, millis, new TimerConfig(task, false));
        }
    }

    /** A timer of a running master server, or that which looks after the helpers: they go on while their server is stopped. */
    @Timeout
    void tick(Timer timer) {
        Task task = (Task) timer.getInfo();
        if (task.tick() == Tick.HELPERS) {
            timedWork.run("beginning node.log anew", nodeLog::bound);
            for (ReplicationServer server : servers.values()) {
                timedWork.run(
                        "looking after the helpers of server " + server.name(),
                        () -> helpers.look(server.name(), server::say));
                timedWork.run("writing the record of server " + server.name(), () -> server.keepUnkept(records::keep));
            }
            return;
        }
        ReplicationServer server = servers.get(task.server());
        if (server == null || !server.isRunning()) {
            return;
        }
        if (task.tick() == Tick.TXLOG_TIMER) {
            server.wake();
            return;
        }
        timedWork.run("the check of the queue of server " + server.name(), () -> check(task, server));
    }

    private void check(Task task, ReplicationServer server) {
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

    /** Starts a server with traces on (HB-006, option V). */
    public synchronized OperationReceipt startWithTraces(String name) {
        ReplicationServer server = server(name);
        boolean before = server.traces().isOn();
        server.traces().turn(true);
        OperationReceipt receipt = start(name);
        if (receipt.outcome() == OperationReceipt.Outcome.REFUSED) {
            server.traces().turn(before);
        } else {
            server.say(MessageCode.TRACES_ON, name);
        }
        return receipt;
    }

    /** Stops a server (HB-073); what is queued stays queued. */
    public synchronized OperationReceipt stop(String name, String confirmName) {
        ReplicationServer server = server(name);
        Refusal.unlessConfirmed(name, confirmName);
        server.note(d -> d.withStarted(false), records::keep);
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
        cancelTimers(server);
        ServerThread thread = server.thread();
        return thread == null || thread.stop(STOP_PATIENCE);
    }

    private void cancelTimers(ReplicationServer server) {
        for (Timer timer : timers.getTimers()) {
            if (((Task) timer.getInfo()).server().equals(server.name())) {
                timer.cancel();
            }
        }
    }
}
