package org.hotbackup.server;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.apply.HelperTask;
import org.hotbackup.control.Job;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.Links;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.store.LogSettings;
import org.hotbackup.store.RejoinDesk;
import org.hotbackup.store.SlaveAppliers;
import org.hotbackup.store.StoreBean;
import org.hotbackup.store.SystemFiles;
import org.hotbackup.store.SystemItem;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;

/**
 * The replication servers of this node, for whoever controls them: they are set up, started, stopped, promoted, brought back
 * and deleted here. Control operations are done one at a time, under the lock of this bean; questions need none.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ReplicationServers {

    private static final Logger LOGGER = Logger.getLogger(ReplicationServers.class.getName());
    /** In the machine's own zone, where midnight is (HB-111). */
    private static final Clock CLOCK = Clock.systemDefaultZone();

    private static final Duration DELIVERED_AGAIN = Duration.ofMinutes(1);
    private static final long REST_PATIENCE_MILLIS = 5_000;

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

    @Inject
    private ErrorsFile errors;

    @Resource
    private TimerService timerService;

    @Resource
    private ManagedThreadFactory threads;

    private final DefinedServers servers = new DefinedServers();
    private PermanentLog log;
    private Helpers helpers;
    private ServerRecords records;
    private Jobs jobs;
    private Phantoms phantoms;
    private NoticeCourier courier;
    private NoticeBoard notices;
    private UpdatesGate gate;
    private Sessions sessions;
    private LinkedQueues linked;
    private MasterQueues queues;
    private ServerTimers timers;
    private ServerRuns runs;
    private ServerSetups setups;
    private SlaveServers slaves;
    private ServerPromotions promotions;
    private Rejoining rejoining;
    private ResyncJournal resync;

    /** Reads the definitions, begins to hand log entries to the queue, and starts the servers that ran before. */
    public synchronized void startUp() throws QueueUnavailableException {
        assemble();
        defineServers();
        sayHowItStarts();
        store.startPump(queue);
        servers.all().stream()
                .filter(server -> server.definition().started())
                .filter(server -> !resync.isOf(server.name()))
                .forEach(runs::begin);
        timers.startUpkeep();
    }

    private void assemble() {
        log = new PermanentLog(files, CLOCK, threads);
        log.start();
        helpers = new Helpers(
                appliers::helperTasks,
                appliers::helperStep,
                name -> servers.find(name).isPresent(),
                threads,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        jobs = new Jobs(files, CLOCK);
        beginJobs();
        courier = new NoticeCourier(
                users::address,
                new MailDelivery(MailSettings.of(configuration.settings()), configuration.name()),
                new WebDelivery(configuration.name(), WebDelivery.PATIENCE),
                log,
                DELIVERED_AGAIN,
                threads);
        courier.start();
        notices = new NoticeBoard(courier::take);
        records = new ServerRecords(files);
        resync = new ResyncJournal(files, store::endResync, configuration.name());
        gate = new UpdatesGate(configuration.name(), store, CLOCK, servers::all);
        sessions = new Sessions(configuration, store, queue, links, appliers, gate, servers::all, records::keep);
        phantoms = new Phantoms(jobs, records, threads, ProcessHandle.current().pid());
        linked = LinkedQueues.read(files);
        queues = new MasterQueues(store, queue, servers, linked);
        slaves = new SlaveServers(servers, records, store, appliers, helpers);
        Upkeep upkeep = new Upkeep(
                servers,
                records,
                helpers,
                new RestingServers(slaves::rest),
                new NodeLog(configuration.home()),
                (code, values) -> log.say(PermanentLog.NODE, code, values));
        timers = new ServerTimers(timerService, servers, queues, upkeep);
        runs = new ServerRuns(phantoms, sessions, timers);
        setups = new ServerSetups(servers, records, queues, store, appliers, log, this::newServer);
        promotions = new ServerPromotions(records, runs, sessions, helpers, store, CLOCK);
        rejoining = new Rejoining(
                servers, records, setups, runs, queues, gate, links, store, queue, rejoinDesk, log, this::newServer);
    }

    private void defineServers() throws QueueUnavailableException {
        Map<String, String> unusable = records.read(definition -> servers.put(newServer(definition)));
        servers.putUnusable(unusable);
        unusable.forEach((name, reason) -> log.say(name, MessageCode.SERVER_UNUSABLE, name, reason));
        boolean inOrder = endMark.begin(configuration.home());
        servers.all().forEach(server -> phantoms.found(server, inOrder));
        queues.defineAll();
        queues.setLogging("");
        if (store.isClearing()) {
            // nobody else can record anything yet
            ErrorsFile.Recording recording = errors.by("start of the node");
            sayOfMasters(MessageCode.QUEUE_CLEARED, clearQueues(lsn -> recording.of(MessageCode.QUEUE_CLEARED, lsn)));
        }
    }

    private void sayHowItStarts() {
        LogSettings logged = store.logSettings();
        sayOfMasters(
                logged.enqueuing() ? MessageCode.LOGGED_AT_START : MessageCode.NOT_ENQUEUED_AT_START,
                logged.allFiles() ? "ALL" : "DL");
        store.tell(this::sayOfAll);
        sayUnreadableFiles();
        store.unreadableSources().forEach(item -> sayOfAll(MessageCode.UPSTREAM_UNREADABLE, item));
        store.unreadableTasks().forEach(item -> sayOfAll(MessageCode.HELPER_TASK_UNREADABLE, item));
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
        for (ReplicationServer server : servers.all()) {
            runs.end(server);
            server.keepTotalNow(records::keep);
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

    /** One of its timers is due: the container keeps them for a bean. */
    @Timeout
    void tick(Timer timer) {
        timers.tick(timer);
    }

    private ReplicationServer newServer(ServerDefinition definition) {
        return new ReplicationServer(definition, log, notices, CLOCK);
    }

    /** Says something in the name of every server, so that each notify list hears of it; of the node if it has none. */
    private void sayOfAll(MessageCode code, Object... values) {
        if (servers.all().isEmpty()) {
            log.say(PermanentLog.NODE, code, values);
        }
        servers.all().forEach(server -> server.say(code, values));
    }

    /** Of which files the record cannot be read (HB-154); a slave server that is going to be started says it itself. */
    private void sayUnreadableFiles() {
        for (int number : store.unreadableFiles()) {
            if (servers.all().isEmpty()) {
                log.say(PermanentLog.NODE, MessageCode.CANNOT_READ_FOF_ITEM, number);
            }
            servers.all().stream()
                    .filter(server ->
                            server.settings().isMaster() || !server.definition().started())
                    .forEach(server -> server.say(MessageCode.CANNOT_READ_FOF_ITEM, number));
        }
    }

    /** Says something in the name of every master server. */
    public void sayOfMasters(MessageCode code, Object... values) {
        servers.masters().forEach(server -> server.say(code, values));
    }

    /**
     * Empties the queue of every master server and linked tape-socket server, and what is on its way there (HB-125).
     *
     * @param done the record that it is cleared up to an LSN, written in the transaction in which it is
     * @return the LSN of the last entry before
     */
    public synchronized long clearQueues(LongFunction<SystemItem> done) {
        return new QueueClearing(store, queue, rejoinDesk, servers.masters(), linked.queues(), CLOCK, done).run();
    }

    /**
     * Gives a tape-socket server that is linked to the transaction logger its queue (TS-008).
     *
     * @throws Refusal if the queue does not do it now
     */
    public synchronized void link(String tapeServer) {
        queues.link(tapeServer);
    }

    /**
     * Takes it away, with what is in it.
     *
     * @throws Refusal if the queue does not do it now
     */
    public synchronized void unlink(String tapeServer) {
        queues.unlink(tapeServer);
    }

    /**
     * Lets an input server of tape-socket apply the log that arrives, from now on.
     *
     * @throws Refusal if another server writes this image
     */
    public synchronized void appliesLog(String tapeServer) {
        linked.applying().ifPresent(other -> {
            throw new Refusal(MessageCode.LOG_APPLIED_BY, other);
        });
        refuseSlaves();
        linked.applies(Optional.of(tapeServer));
    }

    /** It does not any more. */
    public synchronized void appliesLogNoMore() {
        linked.applies(Optional.empty());
    }

    /**
     * Two who write one image leave neither's.
     *
     * @throws Refusal if a slave server writes this image
     */
    public void refuseSlaves() {
        all().stream()
                .filter(server -> !server.settings().isMaster()
                        && server.succession().promotion().isEmpty())
                .findFirst()
                .ifPresent(server -> {
                    throw new Refusal(MessageCode.LOG_TAPE_ON_SLAVE, server.name());
                });
    }

    private void refuseLogAppliers() {
        linked.applying().ifPresent(server -> {
            throw new Refusal(MessageCode.LOG_APPLIED_HERE, server);
        });
    }

    /** The names of the queues of linked tape-socket servers, sorted. */
    public List<String> linkedQueues() {
        return linked.queues();
    }

    /** What the queue of a tape-socket server is called if it has one. */
    public String linkedQueue(String tapeServer) {
        return LinkedQueues.queue(tapeServer);
    }

    /** Tells from now on which servers come and go, beginning with those that are there. */
    public synchronized void onChange(BiConsumer<String, Boolean> listener) {
        servers.onChange(listener);
    }

    /** The permanent log of all servers. */
    public PermanentLog permanentLog() {
        return log;
    }

    /** The jobs of this node (HB-171). */
    public Jobs jobList() {
        return jobs;
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
        return servers.names();
    }

    /** Why the record of this server cannot be used, a sentence; empty if it can, or if there is no such server. */
    public Optional<String> unusable(String name) {
        return servers.unusable(name).map(why -> MessageCode.SERVER_UNUSABLE.text(name, why));
    }

    /** Callers that slave servers turned away before they were let in, since the node started. */
    public long rejectedTotal() {
        return links.rejectedTotal();
    }

    /** Why the records that cannot be used cannot, a sentence each. */
    public List<String> unusable() {
        return servers.unusable().entrySet().stream()
                .map(record -> MessageCode.SERVER_UNUSABLE.text(record.getKey(), record.getValue()))
                .toList();
    }

    /** The helpers that died and have not got on since, a sentence each. */
    public List<String> failingHelpers() {
        return helpers.failing();
    }

    /** The setup of a server, empty if there is none that can be used. */
    public Optional<ServerSettings> settings(String name) {
        return servers.find(name).map(ReplicationServer::settings);
    }

    /** The latest jobs, most recent first (HB-171). */
    public List<Job> jobs(int lines) {
        return jobs.latest(lines);
    }

    /** All servers that can be used, sorted by name. */
    public List<ReplicationServer> all() {
        return List.copyOf(servers.all());
    }

    /**
     * The server of this name.
     *
     * @throws Refusal if there is none, or if its record cannot be used
     */
    public ReplicationServer server(String name) {
        return servers.server(name);
    }

    /** Sets up a new server or changes a stopped one (HB-093). */
    public synchronized OperationReceipt setup(String name, ServerSettings settings) {
        if (configuration.isVmrest()) {
            throw new Refusal(MessageCode.VMREST_HAS_TAPES_ONLY, configuration.name());
        }
        if (!settings.isMaster()) {
            refuseLogAppliers();
        }
        return setups.setup(name, settings);
    }

    /** Deletes a stopped server with its queue and position (HB-094). */
    public synchronized OperationReceipt delete(String name, String confirmName) {
        resync.refuse(name);
        OperationReceipt deleted = setups.delete(name, confirmName);
        if (deleted.outcome() == OperationReceipt.Outcome.DONE) {
            resync.forgetServer(name);
        }
        return deleted;
    }

    /**
     * Deletes a record of {@code dm,hb.log}, also one that cannot be used: the manual's {@code delete hb.log NAME}. A
     * server of that name goes with its queue; what a slave has applied stays known, so that it can be set up again and
     * goes on.
     */
    public synchronized OperationReceipt deleteRecord(String name, String confirmName) {
        resync.refuse(name);
        OperationReceipt deleted = setups.deleteRecord(name, confirmName);
        if (deleted.outcome() == OperationReceipt.Outcome.DONE) {
            resync.leaveProof(name);
        }
        return deleted;
    }

    /**
     * Lets a stopped server begin anew, as if it were set up now (ADR 9): a master's queue from the LSN of this moment on, a slave
     * where the queue of its master begins.
     *
     * @throws Refusal if it runs, is not confirmed, or the queue does not do it now
     */
    public synchronized OperationReceipt beginAnew(String name, String confirmName) {
        return setups.beginAnew(name, confirmName);
    }

    /** Which slave's image is made anew, through restarts. */
    public ResyncJournal resync() {
        return resync;
    }

    /**
     * Stops a slave server whose image is going to be made anew.
     *
     * @throws Refusal if it is none, was promoted, or does not end
     */
    public synchronized void stopForResync(String name) {
        ReplicationServer server = servers.slave(name);
        if (server.succession().promotion().isPresent()) {
            throw new Refusal(MessageCode.RESYNC_OF_PROMOTED, name);
        }
        if (server.isRunning()) {
            OperationReceipt receipt = stop(name, name);
            if (receipt.outcome() != OperationReceipt.Outcome.DONE) {
                throw new Refusal(MessageCode.RESYNC_WAITS, receipt.message());
            }
        }
        DatabaseRest rest = slaves.rest(server);
        if (!rest.isThere()) {
            throw new Refusal(MessageCode.RESYNC_WAITS, rest.text());
        }
    }

    /** Starts a server (HB-072). */
    public synchronized OperationReceipt start(String name) {
        ReplicationServer server = server(name);
        if (server.isRunning()) {
            return OperationReceipt.refused(MessageCode.ALREADY_RUNNING, name, server.pib());
        }
        resync.refuse(name);
        server.note(d -> d.withStarted(true), records::keep);
        return runs.begin(server);
    }

    /**
     * Lets a slave server whose image is restored go on in the log. That it is to run is noted first: whatever is killed then, the
     * node starts it when it comes back, or knows that the image is not whole.
     *
     * @param savedLsn the last LSN of its master's log by now
     * @return what refuses to start it; empty if it runs
     */
    public synchronized Optional<OperationReceipt> startRestored(String name, long savedLsn) {
        ReplicationServer server = server(name);
        server.note(d -> d.withStarted(true), records::keep);
        resync.toBeProved(savedLsn);
        if (server.isRunning()) {
            return Optional.empty();
        }
        return Optional.of(runs.begin(server)).filter(started -> started.outcome() == OperationReceipt.Outcome.REFUSED);
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
            boolean ended = runs.end(server);
            // a promotion that was done meanwhile wanted it to run
            server.note(d -> d.withStarted(false), records::keep);
            if (!ended) {
                return OperationReceipt.accepted(MessageCode.SERVER_STOPPING, name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OperationReceipt.accepted(MessageCode.SERVER_STOPPING, name);
        }
        server.say(MessageCode.SERVER_STOPPED, name);
        return OperationReceipt.done(MessageCode.SERVER_STOPPED, name);
    }

    /** Starts applying updates on a slave server (HB-098): its definition is changed, a running server goes over at once. */
    public OperationReceipt startApplying(String name) {
        return OperationReceipt.done(MessageCode.APPLYING_STARTED, applyUpdates(name, true));
    }

    /**
     * Stops applying updates on a slave server (HB-097): its definition is changed, a running server goes over after the
     * batch under way. Waits up to five seconds for that and its helpers.
     *
     * @return done if the database rests, accepted if something still works on it
     */
    public OperationReceipt stopApplying(String name) {
        applyUpdates(name, false);
        return slaves.rest(servers.slave(name)).await(REST_PATIENCE_MILLIS, () -> pending(name));
    }

    /** Whether the database rests while a slave server does not apply updates, a sentence; empty if it applies them. */
    public Optional<String> rest(String name) {
        ReplicationServer server = server(name);
        return server.appliesUpdates()
                ? Optional.empty()
                : Optional.of(slaves.rest(server).text());
    }

    /** What still changes the database of a slave server that does not apply updates, a sentence; empty if nothing does. */
    public Optional<String> unrest(String name) {
        return slaves.unrest(server(name));
    }

    /** What helpers have to do now. */
    public Collection<HelperTask> helperTasks() {
        return appliers.helperTasks();
    }

    /** Of what a helper died; empty if it did not, or got on since. */
    public Optional<String> helperTrouble(HelperTask task) {
        return helpers.trouble(task.file());
    }

    private synchronized long applyUpdates(String name, boolean apply) {
        return slaves.applyUpdates(name, apply);
    }

    /**
     * How many updates a slave server received and did not apply, running or not (HB-097).
     *
     * @throws Refusal if there is no such server or it is a master
     */
    public long pending(String name) {
        return slaves.pending(name);
    }

    /** Says something in the name of a server, which may be gone. */
    public void say(String server, MessageCode code, Object... values) {
        log.say(server, code, values);
    }

    /** Puts the transaction that is blocked at a slave server into lost+found (HB-181). */
    public synchronized OperationReceipt setAside(String name, long transaction, String confirmName) {
        return slaves.setAside(name, transaction, confirmName);
    }

    /** Closes the files that a slave server opened (HB-099). */
    public synchronized OperationReceipt closeFiles(String name) {
        return slaves.closeFiles(name);
    }

    /**
     * Promotes a slave server whose master is not connected: it applies what it has, then the node takes a new epoch and is
     * open for updates. A server that is stopped is run for it, and goes on running to tell its old master when that calls.
     *
     * @param lose what may be lost, as the refusal of an image that is not whole names it; empty if nothing may
     * @param confirmName its name
     * @param reason why, for the record
     * @param user who asks for it
     * @throws Refusal if it is not confirmed, has no reason, has nothing to promote, its master is connected, or its image is not
     *     that of its master and not just that may be lost
     */
    public OperationReceipt promote(String name, String lose, String confirmName, String reason, String user) {
        ReplicationServer server = servers.slave(name);
        Refusal.unlessConfirmed(name, confirmName);
        PromotionWatch.awaitMasterGone(server);
        return PromotionWatch.outcome(server, beginPromotion(server, lose.strip(), reason, user));
    }

    private synchronized SlaveSession beginPromotion(
            ReplicationServer server, String lose, String reason, String user) {
        String name = server.name();
        Optional<Position> position = appliers.position(name);
        // one that begins anew with its image has no position before it gets the first entry of the log
        Optional<Position> known = position.isEmpty() && resync.knows(name) ? Optional.of(Position.NOWHERE) : position;
        PromotionWatch.refuseUnfit(server, known, reason);
        Optional<SlaveSession> underWay = promotions.underWay(server);
        if (underWay.isPresent()) {
            return underWay.get();
        }
        Optional<ImageLoss> loss = resync.loss(name, position.map(Position::lsn));
        ImageLoss.refuseUnlessAccepted(name, loss, lose);
        if (loss.isPresent()) {
            server.say(MessageCode.PROMOTED_WITH_LOSS, name, user, lose);
            // before it is promoted: what is known to be under way is not started with the node
            resync.giveUp(name);
            return promotions.begin(server, reason, user);
        }
        SlaveSession promoted = promotions.begin(server, reason, user);
        if (resync.isToBeProved(name)) {
            server.say(MessageCode.PROMOTED_UNPROVED, name);
            resync.leaveProof(name);
        }
        return promoted;
    }

    /** That a slave server's image is not its master's since a resync was given up, a sentence; empty if not, or if it was promoted. */
    public String imageTrouble(String name) {
        boolean promoted = servers.find(name)
                .filter(server -> server.succession().promotion().isPresent())
                .isPresent();
        return promoted ? "" : resync.abandoned(name);
    }

    /**
     * What a superseded master server has and the new master has not: entries of its queue behind an LSN, oldest first.
     *
     * @throws Refusal if it was not told that it is superseded, or the queue does not answer
     */
    public List<LogEntry> rejoinEntries(String name, long afterLsn, int limit) {
        return rejoining.of(name).entries(afterLsn, limit);
    }

    /** The same in words, update by update, with how many there are and whether some are known to be missing. */
    public String rejoinList(String name, long afterLsn, int limit) {
        return rejoining.of(name).list(afterLsn, limit);
    }

    /**
     * Brings a superseded master server back: it is stopped, what the new master has not goes to lost+found or is dropped,
     * and it becomes a slave server of the node that was promoted, and is started. The node stays closed for users' updates.
     * Should a crash come in between, or the start fail, the same may be asked again. Slave servers of this node that were
     * promoted over that node have nobody left to tell, and are deleted.
     *
     * @param confirmName its name
     * @param keep whether what the new master has not is kept in lost+found
     * @param port on which the slave server listens
     * @throws Refusal if it is not confirmed, was not told that it is superseded, does not stop, cannot listen on such a
     *     port, or the queue does not answer
     */
    public synchronized OperationReceipt rejoin(String name, String confirmName, boolean keep, int port) {
        refuseLogAppliers();
        return rejoining.run(name, confirmName, keep, port);
    }
}
