package org.hotbackup.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.apply.EntryText;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.NotifyList;
import org.hotbackup.control.settings.ServerSetting;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.BlockedTransaction;
import org.hotbackup.replication.MasterSession;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.replication.Session;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.replication.StandingRefusal;
import org.hotbackup.replication.Traces;
import org.hotbackup.replication.UnacknowledgedTransaction;
import org.hotbackup.verify.CheckReport;

/** A replication server of this node, running or not. Thread-safe. */
public final class ReplicationServer {

    private static final Logger LOGGER = Logger.getLogger(ReplicationServer.class.getName());
    private static final Logger TRACES = Logger.getLogger(Traces.class.getName());

    /** What led to a status is said before the status changes. */
    private static final Duration BEFORE_STATUS = Duration.ofSeconds(5);

    private static final long TOTAL_WRITTEN_AFTER_MILLIS = 60_000;

    private static final UnaryOperator<ServerDefinition> NOTHING_UNKEPT = definition -> definition;

    private final PermanentLog log;
    private final NoticeBoard notices;
    private final Traces traces;
    private volatile ServerDefinition definition;
    private volatile UnaryOperator<ServerDefinition> unkept = NOTHING_UNKEPT;
    private volatile Session session;
    private volatile ServerThread thread;
    private final OpenedFiles openFiles = new OpenedFiles();
    private final Clock clock;
    private final Object definitionLock = new Object();
    private final DailyTotal today;
    private long totalWrittenMillis;
    private boolean retired;
    private volatile Consumer<CheckReport> reports = report -> {};
    private final Since<ServerStatus> status;
    private final Since<Optional<StandingRefusal>> refused;
    private final Since<OptionalLong> blocked;

    ReplicationServer(ServerDefinition definition, PermanentLog log, NoticeBoard notices, Clock clock) {
        this.definition = definition;
        this.log = log;
        this.notices = notices;
        this.clock = clock;
        this.traces = new Traces(clock, EntryText::lines, this::trace);
        this.today = new DailyTotal(clock, definition.total());
        this.totalWrittenMillis = clock.millis();
        this.status = new Since<>(ServerStatus.STOPPED, clock);
        this.refused = new Since<>(Optional.empty(), clock);
        this.blocked = new Since<>(OptionalLong.empty(), clock);
    }

    ServerDefinition definition() {
        return definition;
    }

    /** Changes its definition and keeps it, with what could not be kept before; nothing is changed if it cannot be kept. */
    void redefine(UnaryOperator<ServerDefinition> change, UnaryOperator<ServerDefinition> keep) {
        synchronized (definitionLock) {
            definition = keep.apply(change.apply(unkept.apply(definition)));
            unkept = NOTHING_UNKEPT;
        }
    }

    /** Does something while nobody else changes its definition. */
    <T> T holdingDefinition(Supplier<T> what) {
        synchronized (definitionLock) {
            return what.get();
        }
    }

    /**
     * Changes its setup (HB-093).
     *
     * @throws Refusal if it runs, or the type is another one: its queue, or what it has of its master, would be lost
     */
    void setUp(ServerSettings settings, UnaryOperator<ServerDefinition> keep) {
        if (isRunning()) {
            throw new Refusal(MessageCode.SERVER_EXISTS_RUNNING, name());
        }
        if (settings.isMaster() != settings().isMaster()) {
            throw new Refusal(MessageCode.TYPE_IS_FIXED, name(), settings().get(ServerSetting.TYPE));
        }
        redefine(d -> d.withSettings(settings), keep);
    }

    /**
     * Changes its definition and keeps it, now or as soon as that is possible: for what must not stop a server from
     * starting or ending. Until it is kept the definition stays as its record is.
     */
    void note(UnaryOperator<ServerDefinition> change, UnaryOperator<ServerDefinition> keep) {
        synchronized (definitionLock) {
            boolean first = unkept == NOTHING_UNKEPT;
            try {
                redefine(change, keep);
            } catch (RuntimeException e) {
                UnaryOperator<ServerDefinition> before = unkept;
                unkept = now -> change.apply(before.apply(now));
                if (first) {
                    say(MessageCode.RECORD_NOT_WRITTEN, name(), e instanceof Refusal ? e.getMessage() : e.toString());
                }
            }
        }
    }

    /** Keeps what could not be kept before, if there is such a thing. */
    void keepUnkept(UnaryOperator<ServerDefinition> keep) {
        if (unkept != NOTHING_UNKEPT) {
            note(now -> now, keep);
        }
    }

    /** Does work by which its record is deleted, or another server's. It stays its own should that fail. */
    <T> T retire(Supplier<T> work) {
        retired(true);
        try {
            return work.get();
        } catch (RuntimeException e) {
            retired(false);
            throw e;
        }
    }

    private void retired(boolean now) {
        synchronized (definitionLock) {
            retired = now;
        }
    }

    /** Writes the day's total down if that was not done for a minute: as much of it may be lost in a kill (HB-111). */
    void keepTotal(UnaryOperator<ServerDefinition> keep) {
        synchronized (definitionLock) {
            if (Math.abs(clock.millis() - totalWrittenMillis) >= TOTAL_WRITTEN_AFTER_MILLIS) {
                keepTotalNow(keep);
            }
        }
    }

    /** Writes the day's total down if it has changed. What cannot be written is the next time, so nobody is told. */
    void keepTotalNow(UnaryOperator<ServerDefinition> keep) {
        synchronized (definitionLock) {
            Optional<DayTotal> total = today.toBeWritten(lastBytes());
            if (retired || total.isEmpty() || total.equals(definition.total())) {
                return;
            }
            totalWrittenMillis = clock.millis();
            try {
                redefine(now -> now.withTotal(total.get()), keep);
            } catch (RuntimeException e) {
                LOGGER.log(Level.FINE, e, () -> "The day's total of server " + name() + " is written later");
            }
        }
    }

    private long lastBytes() {
        Session current = session;
        return current == null ? 0 : current.figures().bytes();
    }

    /** What its record says that it runs as; of a server that does not run, what a phantom left behind (HB-141). */
    public Optional<Phantom> phantom() {
        return definition.phantom();
    }

    void runs(ServerThread newThread) {
        session = null;
        thread = newThread;
    }

    synchronized void began(Session newSession) {
        newSession.traceTo(traces);
        openFiles.close();
        today.begin();
        session = newSession;
    }

    void ended() {
        traces.turn(false);
    }

    /** Whether updates that it receives reach this node's own slaves (HB-015). */
    boolean passesOn() {
        ServerDefinition now = definition;
        return now.passesOn()
                && now.succession().promotion().isEmpty()
                && !now.masterNodeId().isEmpty();
    }

    /** The session of a running slave server. */
    Optional<SlaveSession> slaveSession() {
        return session instanceof SlaveSession slave && isRunning() ? Optional.of(slave) : Optional.empty();
    }

    /** What changes of roles it went through. */
    public Succession succession() {
        return definition.succession();
    }

    /** Whether it was a superseded master server that was brought back as the slave server that it is. */
    boolean isRejoined() {
        ServerDefinition now = definition;
        return now.succession().rejoined() && now.succession().promotion().isEmpty();
    }

    /** Whether it was promoted, and its old master was this node. */
    boolean isPromotedFrom(String nodeId) {
        ServerDefinition now = definition;
        return now.succession().promotion().isPresent() && now.masterNodeId().equals(nodeId);
    }

    /** What a promotion of it is doing, empty if none is under way. */
    public String promoting() {
        return slaveSession().map(SlaveSession::promoting).orElse("");
    }

    /** Whether updates are applied, or put aside; those of a master server, and of one that was promoted, are. */
    public boolean appliesUpdates() {
        ServerDefinition now = definition;
        return now.settings().isMaster()
                || now.succession().promotion().isPresent()
                || now.settings().get(ServerSetting.APPLY_UPDATES).equals("on");
    }

    /** Whether a batch is under way that changes files. */
    boolean isChangingFiles() {
        return slaveSession().filter(SlaveSession::isChangingFiles).isPresent();
    }

    /** The transaction that a running slave server cannot apply now. */
    public Optional<BlockedTransaction> head() {
        return slaveSession().flatMap(SlaveSession::head);
    }

    /** The number of the blocked transaction that an operator wants in lost+found, as long as it is not there. */
    public OptionalLong settingAside() {
        return slaveSession()
                .filter(SlaveSession::isSettingAside)
                .flatMap(SlaveSession::head)
                .map(head -> OptionalLong.of(head.transaction().number()))
                .orElse(OptionalLong.empty());
    }

    /**
     * The transaction that cannot be applied now, for people who ask.
     *
     * @throws Refusal if this is a master server, or it does not run: then it is not known whether one could be applied
     */
    public Optional<BlockedTransaction> askHead() {
        if (settings().isMaster()) {
            throw new Refusal(MessageCode.SLAVE_ONLY);
        }
        if (!isRunning()) {
            throw new Refusal(MessageCode.SERVER_NOT_RUNNING, name());
        }
        return head();
    }

    /**
     * How many updates a slave server received and did not apply, running or not.
     *
     * @param stored how many the store has
     */
    long pending(LongSupplier stored) {
        return slaveSession().map(running -> running.figures().pending()).orElseGet(stored::getAsLong);
    }

    /** The files that it opened since it started. */
    public OpenedFiles openFiles() {
        return openFiles;
    }

    private void trace(String line) {
        TRACES.log(Level.INFO, () -> name() + ": " + line);
    }

    /** Its traces; off unless it is running. */
    public Traces traces() {
        return traces;
    }

    /**
     * Turns traces of the running server on (HB-091) or off (HB-092).
     *
     * @throws Refusal if it is not running
     */
    public OperationReceipt turnTraces(boolean on) {
        if (!isRunning()) {
            throw new Refusal(MessageCode.SERVER_NOT_RUNNING, name());
        }
        traces.turn(on);
        MessageCode code = on ? MessageCode.TRACES_ON : MessageCode.TRACES_OFF;
        say(code, name());
        return OperationReceipt.done(code, name());
    }

    ServerThread thread() {
        return thread;
    }

    /** Says something in its name: to its status, the permanent log and its notify list (HB-155). */
    void say(MessageCode code, Object... values) {
        ServerDefinition now = definition;
        NotifyList list = NotifyList.parse(now.settings().get(ServerSetting.NOTIFY));
        notices.post(log.say(now.name(), code, values), code.severity(), list);
    }

    /** Asks for a step of the running session; nothing if it is not running. */
    public void wake() {
        ServerThread running = thread;
        if (running != null) {
            running.wake();
        }
    }

    /** A number that changes as long as the running server gets on: its steps, and what it does within a long one. */
    public long progress() {
        ServerThread running = thread;
        ServerFigures now = lastFigures();
        return (running == null ? 0 : running.steps()) + now.sent() + now.acknowledged() + now.applied() + now.bytes();
    }

    /** Its name. */
    public String name() {
        return definition.name();
    }

    /** Its setup. */
    public ServerSettings settings() {
        return definition.settings();
    }

    /** Whether its thread runs. */
    public boolean isRunning() {
        ServerThread running = thread;
        return running != null && running.isRunning();
    }

    /** Whether it was stopped and is still ending its last transaction. */
    public boolean isStopping() {
        return isRunning() && !definition().started();
    }

    /** Whether it is to run whenever the node does: it was started and not stopped since. */
    public boolean isToRun() {
        return definition.started();
    }

    /** Its figures; of a server that is not running, those of one that is stopped. */
    public ServerFigures figures() {
        Session current = session;
        ServerFigures now = current == null || !isRunning() ? ServerFigures.STOPPED : current.figures();
        observe(now);
        return now;
    }

    /** For how many milliseconds nothing was heard of the other end; -1 if nothing was since the start. */
    public long peerSilenceMillis() {
        long heardAt = figures().heardAt();
        return heardAt == ServerFigures.NEVER ? -1 : Math.max(0, ServerThread.now() - heardAt);
    }

    /** That nothing flows because one side refuses the other; empty if it is not so, or if it does not run. */
    public Optional<StandingRefusal> refusal() {
        Session current = session;
        return current == null || !isRunning() ? Optional.empty() : current.refusal();
    }

    /** The transaction that the slave of a running master server has and does not acknowledge, empty if it gets on. */
    public Optional<UnacknowledgedTransaction> unacknowledged() {
        return session instanceof MasterSession master && isRunning() ? master.unacknowledged() : Optional.empty();
    }

    /** For how many milliseconds that transaction waits. */
    public long waitsMillis(UnacknowledgedTransaction transaction) {
        return Math.max(0, ServerThread.now() - transaction.sinceMillis());
    }

    /**
     * Why what waits does not flow, one sentence: a refusal that stands, a transaction that cannot be applied now, a call or a
     * start that fails; empty if nothing is in the way.
     */
    public Optional<String> trouble() {
        if (!isRunning()) {
            return isToRun() ? lastTrouble() : Optional.empty();
        }
        return refusal()
                .map(StandingRefusal::text)
                .or(() -> head().map(blocked -> MessageCode.TRANSACTION_BLOCKED.text(
                        blocked.transaction().number(), blocked.reason())))
                .or(() -> unacknowledged()
                        .map(waits ->
                                MessageCode.NOT_ACKNOWLEDGED.text(figures().peer(), waits.number())))
                .or(this::linkTrouble);
    }

    /** Why a master does not get through, or a slave cannot listen. */
    private Optional<String> linkTrouble() {
        Session current = session;
        String trouble = "";
        if (current instanceof MasterSession master) {
            trouble = master.callTrouble();
        } else if (current instanceof SlaveSession slave) {
            trouble = slave.listenTrouble();
        }
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    /** How many transactions a running slave server received and has not dealt with; 0 on a master. */
    public long undealt() {
        ServerFigures now = figures();
        return settings().isMaster() ? 0 : Math.max(0, now.currentTransaction() - now.ackedTransaction());
    }

    /** Why its two servers have to begin anew, and with which commands; empty if nothing is known of that. */
    Optional<Refusal> mustBeginAnew() {
        return refusal()
                .filter(StandingRefusal::isOfThePosition)
                .map(refused -> new Refusal(
                        MessageCode.LINK_REFUSED,
                        name(),
                        settings().get(ServerSetting.HOST),
                        settings().get(ServerSetting.PORT),
                        refused.text()));
    }

    /** Its figures, or those it had when it was stopped: the numbers of its last transactions. */
    public ServerFigures lastFigures() {
        Session current = session;
        return current == null ? ServerFigures.STOPPED : current.figures();
    }

    /** Identity of the node at the other end; empty until it has called or answered, of a master also since its last start. */
    public String peerNodeId() {
        ServerDefinition now = definition;
        if (!now.settings().isMaster()) {
            return now.masterNodeId();
        }
        String answered = session instanceof MasterSession master ? master.slaveNodeId() : "";
        return answered.isEmpty()
                ? now.succession().superseded().map(Superseded::nodeId).orElse("")
                : answered;
    }

    /**
     * Since when it is known that its slave misses something that is not in the queue, epoch milliseconds; 0 if it is not
     * known, and on a slave.
     */
    public long behindSinceMillis() {
        long kept = definition.missing().map(Missing::sinceMillis).orElse(0L);
        long found = session instanceof MasterSession master ? master.behindSinceMillis() : 0;
        return kept == 0 || found == 0 ? Math.max(kept, found) : Math.min(kept, found);
    }

    /**
     * Whether it is a master server that misses what is missing in the log at a gap: its queue begins before. No slave gets
     * across a gap, so this stays so until it is set up anew.
     */
    public boolean isBehind(long gapLsn) {
        ServerDefinition current = definition;
        return current.settings().isMaster() && current.definedAtLsn() < gapLsn;
    }

    /** When its status was last seen to change, epoch milliseconds; it is looked at after each step. */
    public synchronized long statusSinceMillis() {
        figures();
        return status.millis();
    }

    /** When the refusal that stands began to, epoch milliseconds; it is looked at after each step. */
    public synchronized long refusalSinceMillis() {
        figures();
        return refused.millis();
    }

    /** Since when the {@link #head} is in the way, epoch milliseconds; it is looked at after each step. */
    public synchronized long blockedSinceMillis() {
        figures();
        return blocked.millis();
    }

    /** After each step and at each question: so a change of the status and midnight are noticed when they come. */
    private synchronized void observe(ServerFigures now) {
        status.is(now.status());
        refused.is(refusal());
        blocked.is(
                head().map(head -> OptionalLong.of(head.transaction().number())).orElse(OptionalLong.empty()));
        if (now != ServerFigures.STOPPED) {
            today.upTo(now.bytes());
        }
    }

    /** The Pick port of a running server: the number of its thread; 0 if it is not running. */
    public long pib() {
        ServerThread running = thread;
        return running == null || !running.isRunning() ? 0 : running.id();
    }

    /** Bytes sent or received since midnight of this machine, whether the server was restarted or not (HB-111). */
    public long bytesToday() {
        return today.upTo(lastBytes());
    }

    /** The last messages, most recent first. */
    public List<String> lastMessages(int lines) {
        return log.latest(definition.name(), lines);
    }

    /** The same, as the permanent log has them. */
    public List<LogMessage> messages(int lines) {
        return log.latestMessages(definition.name(), lines);
    }

    /**
     * The last warning or error that says why the server is in its status; empty if nothing went wrong since shortly before
     * it is.
     */
    public Optional<String> lastTrouble() {
        return log.trouble(
                definition.name(), Instant.ofEpochMilli(statusSinceMillis()).minus(BEFORE_STATUS));
    }

    /** Tells somebody from now on what the slave reports of checks; called on the session's thread. */
    void onReport(Consumer<CheckReport> listener) {
        reports = listener;
    }

    /** The slave reported something of a check. */
    void report(CheckReport report) {
        reports.accept(report);
    }

    /** The LSN up to which the slave of a running master server has everything, 0 if that is not known now. */
    long acknowledgedLsn() {
        return session instanceof MasterSession master && isRunning() ? master.acknowledgedLsn() : 0;
    }

    /**
     * Asks a running master server's slave for its statistics.
     *
     * @return the id under which the answer appears in the figures, 0 if this is no running master
     */
    public long requestStatistics() {
        if (session instanceof MasterSession master && isRunning()) {
            long id = master.requestStatistics();
            wake();
            return id;
        }
        return 0;
    }
}
