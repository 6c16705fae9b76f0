package org.hotbackup.server;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.LogMessage;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.NotifyList;
import org.hotbackup.control.settings.TapeSetting;
import org.hotbackup.control.settings.TapeSettings;
import org.hotbackup.pipe.LogTapeSink;
import org.hotbackup.pipe.LogTapeSource;
import org.hotbackup.tapesocket.OutputSession;
import org.hotbackup.tapesocket.TapeFigures;
import org.hotbackup.tapesocket.TapeSession;
import org.hotbackup.tapesocket.TapeTraces;

/** A tape-socket server of this node, running or not. Thread-safe. */
public final class TapeServer implements TapeTraces {

    /** How many lines of traces are kept. */
    public static final int TRACES_KEPT = 1_000;

    private static final Logger LOGGER = Logger.getLogger(TapeServer.class.getName());

    private final PermanentLog log;
    private final NoticeBoard notices;
    private final Clock clock;
    private final Deque<String> traces = new ArrayDeque<>();
    private volatile TapeDefinition definition;
    private volatile TapeSession session;
    private volatile LogTapeSource logTape;
    private volatile LogTapeSink applied;
    private volatile ServerThread thread;
    private volatile boolean traced;

    TapeServer(TapeDefinition definition, PermanentLog log, NoticeBoard notices, Clock clock) {
        this.definition = definition;
        this.log = log;
        this.notices = notices;
        this.clock = clock;
    }

    TapeDefinition definition() {
        return definition;
    }

    /** Changes its definition and keeps it; nothing is changed if it cannot be kept. */
    synchronized void redefine(UnaryOperator<TapeDefinition> change, UnaryOperator<TapeDefinition> keep) {
        definition = keep.apply(change.apply(definition));
    }

    /** The same for what must not keep a server from starting or ending. */
    void note(UnaryOperator<TapeDefinition> change, UnaryOperator<TapeDefinition> keep) {
        try {
            redefine(change, keep);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the record of tape-socket server " + name() + " was not written");
        }
    }

    /** Its name. */
    public String name() {
        return definition.name();
    }

    /** Its setup. */
    public TapeSettings settings() {
        return definition.settings();
    }

    void runs(ServerThread newThread) {
        session = null;
        logTape = null;
        applied = null;
        thread = newThread;
    }

    void began(TapeSession newSession) {
        session = newSession;
    }

    void reads(LogTapeSource log) {
        logTape = log;
    }

    void applies(LogTapeSink log) {
        applied = log;
    }

    /** What a running input server applies that is linked to the transaction logger; empty of all others. */
    public Optional<LogTapeSink> appliedLog() {
        return isRunning() ? Optional.ofNullable(applied) : Optional.empty();
    }

    /** If it is linked, ends its log tape as soon as the other side has taken it. */
    void beginToFinishLog() {
        LogTapeSource log = logTape;
        if (log != null) {
            log.finish();
            wake();
        }
    }

    /**
     * The same, and waits until it is taken.
     *
     * @return whether no log tape is under way any more
     */
    boolean finishLog(Duration patience) throws InterruptedException {
        LogTapeSource log = logTape;
        if (log == null || !isRunning()) {
            return true;
        }
        beginToFinishLog();
        return log.awaitFinished(patience);
    }

    /** Whether the tape of a linked output server that ran was taken to its end. */
    boolean isLogFinished() {
        LogTapeSource log = logTape;
        return log == null || log.isFinished();
    }

    ServerThread thread() {
        return thread;
    }

    /** Whether its thread runs. */
    public boolean isRunning() {
        ServerThread running = thread;
        return running != null && running.isRunning();
    }

    /** Under which number it runs. */
    public long pib() {
        ServerThread running = thread;
        return running == null ? 0 : running.id();
    }

    /** Asks for a step of the running session. */
    void wake() {
        ServerThread running = thread;
        if (running != null) {
            running.wake();
        }
    }

    /** The session of a running output server. */
    Optional<OutputSession> outputSession() {
        return session instanceof OutputSession output && isRunning() ? Optional.of(output) : Optional.empty();
    }

    /** Its figures; of one that does not run, those of its last run. */
    public TapeFigures figures() {
        TapeSession current = session;
        if (current == null) {
            return TapeFigures.STOPPED;
        }
        return isRunning() ? current.figures() : current.figures().stopped();
    }

    /** Why nothing flows because one side refuses the other; empty if it is not so. */
    public Optional<String> refusal() {
        TapeSession current = session;
        return current == null || !isRunning() ? Optional.empty() : current.refusal();
    }

    /** The last messages, most recent first. */
    public List<String> lastMessages(int lines) {
        return log.latest(name(), lines);
    }

    /** The same, as the permanent log has them. */
    public List<LogMessage> messages(int lines) {
        return log.latestMessages(name(), lines);
    }

    /** Says something in its name: to its status, the permanent log and its notify list. */
    void say(MessageCode code, Object... values) {
        TapeDefinition now = definition;
        NotifyList list = NotifyList.parse(now.settings().get(TapeSetting.NOTIFY));
        notices.post(log.say(now.name(), code, values), code.severity(), list);
    }

    /** Whether traces are on. */
    public boolean isTraced() {
        return traced;
    }

    void turnTraces(boolean on) {
        traced = on;
    }

    @Override
    public void trace(Supplier<String> line) {
        if (traced) {
            String text = line.get();
            LOGGER.info(() -> name() + ": " + text);
            synchronized (traces) {
                traces.addLast(clock.instant() + "  " + text);
                if (traces.size() > TRACES_KEPT) {
                    traces.removeFirst();
                }
            }
        }
    }

    /** The last lines of the traces, oldest first. */
    public List<String> traces(int lines) {
        synchronized (traces) {
            return traces.stream().skip(Math.max(0, traces.size() - lines)).toList();
        }
    }
}
