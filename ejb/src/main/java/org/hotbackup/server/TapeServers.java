package org.hotbackup.server;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.ItemStore.StoredItem;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.control.settings.TapeSettings;
import org.hotbackup.model.ItemId;
import org.hotbackup.pipe.NamedPipe;
import org.hotbackup.pipe.PipeFiles;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Links;
import org.hotbackup.store.StoreBean;
import org.hotbackup.store.SystemFiles;
import org.hotbackup.tapesocket.OutputSession;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;

/**
 * The tape-socket servers of this node, for whoever controls them (TS-001 to TS-009). Control operations are done one at a time,
 * under the lock of this bean; questions need none.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class TapeServers {

    private static final Logger LOGGER = Logger.getLogger(TapeServers.class.getName());
    private static final Clock CLOCK = Clock.systemDefaultZone();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FINISHING = Duration.ofSeconds(5);
    private static final int PAGE = 1_000;

    /** The check period that the manual recommends. */
    private static final long CHECK_MILLIS = Duration.ofSeconds(300).toMillis();

    @EJB
    private ReplicationServers replication;

    @EJB
    private StoreBean store;

    @EJB
    private LogTapeRestores restores;

    @Inject
    private TransactionLogQueue queue;

    @Inject
    private SystemFiles files;

    @Inject
    private Links links;

    @Inject
    private NodeConfiguration configuration;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private TimerService timers;

    private final Map<String, TapeServer> servers = new ConcurrentSkipListMap<>();
    private final Map<String, QueueCheck> checks = new ConcurrentHashMap<>();
    private final TimedWork work = new TimedWork();
    private BiConsumer<String, Boolean> onChange = (name, present) -> {};
    private PermanentLog log;
    private volatile boolean nodeStops;

    /** Reads the definitions and starts the servers that ran before; a tape that was under way goes on. */
    public synchronized void startUp() {
        log = new PermanentLog(SystemPaths.TAPE_LOG, files, CLOCK, threads);
        log.start();
        for (StoredItem item : files.items(SystemPaths.TAPE_DEFINITIONS, null, PAGE)) {
            String name = item.id().toString();
            try {
                put(TapeDefinition.ofItem(name, item.body()));
            } catch (Refusal e) {
                log.say(name, MessageCode.TAPE_SERVER_UNUSABLE, name, e.getMessage());
            }
        }
        timers.createIntervalTimer(CHECK_MILLIS, CHECK_MILLIS, new TimerConfig(null, false));
        all().stream()
                .filter(server -> server.definition().started())
                .forEach(server -> start(server, TapeOptions.GOES_ON));
    }

    /** What waits for linked servers is looked at as the queues of master servers are (HB-056, HB-150), whether they run or not. */
    @Timeout
    void check() {
        for (TapeServer server : all()) {
            if (server.settings().isLinked() && server.settings().isOutput()) {
                work.run("the check of the queue of tape-socket server " + server.name(), () -> check(server));
            }
        }
        checks.keySet().retainAll(servers.keySet());
    }

    private void check(TapeServer server) {
        QueueCheck check = checks.computeIfAbsent(server.name(), name -> new QueueCheck());
        try {
            check.run(
                    store.logSettings().enqueuing(),
                    queue.state(queueOf(server)).bytes(),
                    server::say);
        } catch (QueueUnavailableException e) {
            server.say(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
        }
    }

    /** Stops all servers; those that run now start again with the node. */
    public synchronized void shutDown() throws InterruptedException {
        nodeStops = true;
        for (TapeServer server : all()) {
            end(server);
        }
        if (log != null) {
            log.stop();
        }
    }

    private TapeServer put(TapeDefinition definition) {
        TapeServer server = new TapeServer(definition, log, replication.noticeBoard(), CLOCK);
        servers.put(server.name(), server);
        return server;
    }

    private TapeDefinition keep(TapeDefinition definition) {
        files.write(SystemPaths.TAPE_DEFINITIONS, ItemId.of(definition.name()), definition.toItem());
        return definition;
    }

    /** Tells from now on which servers come and go, beginning with those that are there. */
    public synchronized void onChange(BiConsumer<String, Boolean> listener) {
        onChange = listener;
        servers.keySet().forEach(name -> listener.accept(name, true));
    }

    /** All servers, sorted by name. */
    public List<TapeServer> all() {
        return List.copyOf(servers.values());
    }

    /** The server of this name, if there is one. */
    Optional<TapeServer> find(String name) {
        return Optional.ofNullable(servers.get(name));
    }

    /**
     * The server of this name.
     *
     * @throws Refusal if there is none
     */
    public TapeServer server(String name) {
        return find(name).orElseThrow(() -> new Refusal(MessageCode.NO_TAPE_SERVER, name));
    }

    /** The name of the transaction log queue of a linked output server. */
    public String queueOf(TapeServer server) {
        return LinkedQueues.queue(server.name());
    }

    /** Where the pipe of a server is, whether it is there or not. One that is linked to the transaction logger has none. */
    public Path pipe(TapeServer server) {
        return pipes().path(server);
    }

    private ServerPipes pipes() {
        return new ServerPipes(configuration.pipes());
    }

    private Path positions() {
        return configuration.home().resolve("tape");
    }

    /** The last messages of all servers, oldest first. */
    public List<String> log(int lines) {
        return messages(lines).stream().map(TapeServers::line).toList();
    }

    /** The same, as ts.log,log has them. */
    public List<LogMessage> messages(int lines) {
        return log.file().back("", lines).messages();
    }

    private static String line(LogMessage message) {
        return message.time() + "  " + message.server() + "  " + message.text();
    }

    /** Sets up a new server or changes a stopped one. */
    public synchronized OperationReceipt setup(String name, String settings) {
        ServerSettings.checkedName(name);
        TapeServer there = servers.get(name);
        if (there == null) {
            add(new TapeDefinition(name, TapeSettings.parse(settings), false));
            onChange.accept(name, true);
        } else {
            refuseTurned(there, settings);
            change(there, there.settings().changedBy(settings));
        }
        log.say(name, MessageCode.SERVER_SET_UP, name);
        return OperationReceipt.done(MessageCode.SERVER_SET_UP, name);
    }

    /** A queue that belongs to nobody would be harmless; a linked server without one would not. */
    private void add(TapeDefinition definition) {
        if (definition.settings().isLinked()) {
            if (definition.settings().isOutput()) {
                replication.link(definition.name());
            } else {
                replication.appliesLog(definition.name());
            }
        }
        put(keep(definition));
    }

    /** Asked before anything else: of the other direction other settings would be missing. */
    private static void refuseTurned(TapeServer server, String settings) {
        if (server.settings().isTurnedBy(settings)) {
            throw new Refusal(
                    MessageCode.DIRECTION_IS_FIXED,
                    server.name(),
                    server.settings().get(TapeSetting.DIRECTION));
        }
    }

    private void change(TapeServer server, TapeSettings settings) {
        refuseRunning(server);
        if (settings.isLinked() != server.settings().isLinked()) {
            throw new Refusal(
                    MessageCode.LINKED_IS_FIXED,
                    server.name(),
                    server.settings().get(TapeSetting.LINKED));
        }
        server.redefine(definition -> definition.withSettings(settings), this::keep);
    }

    private static void refuseRunning(TapeServer server) {
        if (server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, server.name());
        }
    }

    /** Deletes a stopped server with what it read and could not send. */
    public synchronized OperationReceipt delete(String name, String confirmName) {
        TapeServer server = server(name);
        Refusal.unlessConfirmed(name, confirmName);
        refuseRunning(server);
        files.delete(SystemPaths.TAPE_DEFINITIONS, ItemId.of(name));
        PipeFiles.forget(positions().resolve(name));
        servers.remove(name);
        if (server.settings().isLinked() && server.settings().isOutput()) {
            replication.unlink(name);
        } else if (server.settings().isLinked()) {
            replication.appliesLogNoMore();
        }
        onChange.accept(name, false);
        log.say(name, MessageCode.SERVER_DELETED, name);
        return OperationReceipt.done(MessageCode.SERVER_DELETED, name);
    }

    /** Says something in the name of a server, which may be gone. */
    public void say(String server, MessageCode code, Object... values) {
        log.say(server, code, values);
    }

    /**
     * Starts a server.
     *
     * @param letters the options c, s and v
     */
    public synchronized OperationReceipt start(String name, String letters) {
        TapeOptions options = TapeOptions.of(letters);
        TapeServer server = server(name);
        if (server.isRunning()) {
            return OperationReceipt.refused(MessageCode.ALREADY_RUNNING, name, server.pib());
        }
        return start(server, options);
    }

    /** The same, if it is a server of this direction. */
    public OperationReceipt start(String name, boolean output, String letters) {
        TapeServer server = server(name);
        if (server.settings().isOutput() != output) {
            throw new Refusal(
                    MessageCode.OTHER_DIRECTION, name, server.settings().get(TapeSetting.DIRECTION));
        }
        return start(name, letters);
    }

    /** Starts all servers that do not run. */
    public synchronized OperationReceipt startAll(String letters) {
        TapeOptions options = TapeOptions.of(letters);
        List<String> failed = new ArrayList<>();
        int started = 0;
        for (TapeServer server : all()) {
            if (!server.isRunning()) {
                OperationReceipt receipt = OperationReceipt.of(() -> start(server, options));
                if (receipt.outcome() == OperationReceipt.Outcome.REFUSED) {
                    failed.add(receipt.message());
                } else {
                    started++;
                }
            }
        }
        return failed.isEmpty()
                ? OperationReceipt.done(MessageCode.TAPE_SERVERS_STARTED, started)
                : OperationReceipt.refused(MessageCode.TAPE_SERVERS_FAILED, started, String.join(" ", failed));
    }

    /** The same for who has the lock. */
    OperationReceipt start(TapeServer server, TapeOptions options) {
        String name = server.name();
        String job = replication.jobList().queue("tape-socket start server=" + name);
        try {
            if (!begin(server, options, job)) {
                return OperationReceipt.accepted(MessageCode.WAITING_TO_INITIALIZE, name);
            }
        } catch (LinkDownException | Refusal | IllegalStateException e) {
            replication.jobList().end(job, Jobs.Status.ERROR);
            server.say(MessageCode.CANNOT_INITIALIZE, name, e.getMessage());
            return new OperationReceipt(
                    OperationReceipt.Outcome.REFUSED,
                    MessageCode.START_FAILED.id(),
                    MessageCode.START_FAILED.text(name) + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OperationReceipt.accepted(MessageCode.WAITING_TO_INITIALIZE, name);
        }
        server.say(MessageCode.SERVER_STARTED, name);
        if (server.settings().isInsecure()) {
            server.say(MessageCode.INSECURE_LINK, name);
        }
        return OperationReceipt.done(MessageCode.SERVER_STARTED, name);
    }

    /** Whether it has begun within the time that its user has patience for. */
    private boolean begin(TapeServer server, TapeOptions options, String job)
            throws LinkDownException, InterruptedException {
        Optional<NamedPipe> pipe =
                server.settings().isLinked() ? Optional.empty() : Optional.of(pipes().open(server, all()));
        server.note(definition -> definition.withStarted(true), this::keep);
        TapeRun run = new TapeRun(server, options, pipe, parts(server), ending(server, job));
        ServerThread thread = new ServerThread(server.name(), threads, run);
        replication.jobList().run(job, thread.id(), ProcessHandle.current().pid());
        server.runs(thread);
        thread.start();
        return thread.awaitBegun(PATIENCE);
    }

    private TapeRun.Parts parts(TapeServer server) {
        return new TapeRun.Parts(
                configuration.id(),
                positions(),
                configuration.tapes(),
                configuration.diskReserveBytes(),
                links,
                threads,
                log(server));
    }

    private TapeRun.Ending ending(TapeServer server, String job) {
        // a bean may not answer any more when the node stops
        Jobs jobs = replication.jobList();
        return new TapeRun.Ending() {
            @Override
            public void byItself() {
                over(server);
            }

            @Override
            public void ended(boolean asked) {
                Jobs.Status stopped = nodeStops ? Jobs.Status.LOGGED_OFF : Jobs.Status.COMPLETED;
                jobs.end(job, asked ? stopped : Jobs.Status.ERROR);
                if (server.settings().appliesLog()) {
                    restores.arrivesNoMore();
                }
            }
        };
    }

    /** What a linked server reads: its queue, and whose log that is; or what it applies with. */
    private TapeRun.Log log(TapeServer server) {
        if (server.settings().appliesLog()) {
            return new TapeRun.Arriving(() -> restores.arrivesAt(server.name()), restores::admit);
        }
        String queueName = LinkedQueues.queue(server.name());
        return new TapeRun.Leaving(
                () -> queue.open(queueName, server::wake),
                previousLsn -> new Origin(
                        configuration.name(),
                        store.historyId(),
                        store.standing().epoch(),
                        server.name(),
                        previousLsn));
    }

    /** It ends by itself: both servers stop, or it gave up. On its own thread, so without the lock of this bean. */
    private void over(TapeServer server) {
        server.note(definition -> definition.withStarted(false), this::keep);
        server.thread().end();
    }

    /** Stops a server; a tape that is under way can go on later. */
    public synchronized OperationReceipt stop(String name, String confirmName) {
        TapeServer server = server(name);
        Refusal.unlessConfirmed(name, confirmName);
        if (!server.isRunning()) {
            server.note(definition -> definition.withStarted(false), this::keep);
            return OperationReceipt.refused(MessageCode.SERVER_NOT_RUNNING, name);
        }
        return stop(server);
    }

    /** The same for who has the lock. */
    OperationReceipt stop(TapeServer server) {
        server.note(definition -> definition.withStarted(false), this::keep);
        try {
            if (!server.finishLog(FINISHING)) {
                server.say(MessageCode.LOG_TAPE_UNFINISHED, server.name());
            }
            if (!end(server)) {
                return OperationReceipt.accepted(MessageCode.SERVER_STOPPING, server.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OperationReceipt.accepted(MessageCode.SERVER_STOPPING, server.name());
        }
        server.say(MessageCode.SERVER_STOPPED, server.name());
        return OperationReceipt.done(MessageCode.SERVER_STOPPED, server.name());
    }

    private static boolean end(TapeServer server) throws InterruptedException {
        ServerThread thread = server.thread();
        return thread == null || thread.stop(PATIENCE);
    }

    /** Stops all servers that run. */
    public synchronized OperationReceipt stopAll(String confirm) {
        Refusal.unlessConfirmed("all", confirm);
        int stopped = 0;
        for (TapeServer server : all()) {
            if (server.isRunning()) {
                stop(server);
                stopped++;
            }
        }
        return OperationReceipt.done(MessageCode.TAPE_SERVERS_STOPPED, stopped);
    }

    /** Stops an output server and its input server, as soon as no tape is under way. */
    public OperationReceipt shutdown(String name, String confirmName) {
        TapeServer server = server(name);
        Refusal.unlessConfirmed(name, confirmName);
        refuseWithoutOtherSide(server);
        OutputSession session =
                server.outputSession().orElseThrow(() -> new Refusal(MessageCode.SERVER_NOT_RUNNING, name));
        session.shutdown();
        server.beginToFinishLog();
        server.wake();
        server.say(MessageCode.TAPE_SHUTTING_DOWN, name);
        try {
            if (server.thread().awaitEnd(Duration.ofSeconds(3))) {
                return OperationReceipt.done(MessageCode.TAPE_BOTH_STOPPED, name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return OperationReceipt.accepted(MessageCode.TAPE_SHUTTING_DOWN, name);
    }

    private static void refuseWithoutOtherSide(TapeServer server) {
        if (!server.settings().isOutput()) {
            throw new Refusal(MessageCode.OUTPUT_ONLY);
        } else if (server.settings().keepsLog()) {
            throw new Refusal(MessageCode.KEEPS_LOG_HERE, server.name());
        }
    }

    /**
     * Writes the transaction log to tapes of this node from now on, {@code startlog}; if that is done already, ends the tape and
     * begins the next one.
     *
     * @param tape their name, without numbers
     */
    public synchronized OperationReceipt startLog(String tape) {
        return new LogOnTapes(this).start(tape);
    }

    /**
     * Ends the tape and writes the log to none any more, {@code stoplog}.
     *
     * @param confirmName the node's name
     */
    public synchronized OperationReceipt stopLog(String confirmName) {
        Refusal.unlessConfirmed(configuration.name(), confirmName);
        return new LogOnTapes(this).stop();
    }

    /** Empties the pipe of a stopped server and gives up the tape that was under way. */
    public synchronized OperationReceipt drain(String name, String confirmName) {
        TapeServer server = server(name);
        Refusal.unlessConfirmed(name, confirmName);
        refuseRunning(server);
        if (server.settings().isLinked()) {
            throw new Refusal(MessageCode.LINKED_HAS_NO_PIPE, name);
        }
        NamedPipe pipe = pipes().open(server, all());
        PipeFiles.forget(positions().resolve(name));
        long drained = pipe.drain();
        server.say(MessageCode.PIPE_CLEARED, pipe.path(), drained);
        return OperationReceipt.done(MessageCode.PIPE_CLEARED, pipe.path(), drained);
    }

    /** Turns traces of a running server on or off. */
    public OperationReceipt turnTraces(String name, boolean on) {
        TapeServer server = server(name);
        if (!server.isRunning()) {
            throw new Refusal(MessageCode.SERVER_NOT_RUNNING, name);
        }
        server.turnTraces(on);
        MessageCode code = on ? MessageCode.TRACES_ON : MessageCode.TRACES_OFF;
        server.say(code, name);
        return OperationReceipt.done(code, name);
    }

    /**
     * What the input server of an output server says of itself.
     *
     * @throws Refusal if it does not answer, or this is an input server
     */
    public String check(String name) {
        TapeServer server = server(name);
        TapeSettings settings = server.settings();
        refuseWithoutOtherSide(server);
        String host = settings.get(TapeSetting.HOST);
        int port = settings.number(TapeSetting.PORT);
        try {
            return TapeCheck.ask(wake -> links.call(
                    host,
                    port,
                    TapeRun.security(settings),
                    wake,
                    (code, values) -> LOGGER.log(Level.FINE, () -> code.text(values))));
        } catch (LinkDownException e) {
            throw new Refusal(MessageCode.TAPE_NO_ANSWER, host + ":" + port, e.getMessage());
        }
    }
}
