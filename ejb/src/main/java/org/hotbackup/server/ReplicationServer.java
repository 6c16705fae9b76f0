package org.hotbackup.server;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.MasterSession;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.ServerStatus;
import org.hotbackup.replication.Session;
import org.hotbackup.replication.SlaveSession;

/** A replication server of this node, running or not. Thread-safe. */
public final class ReplicationServer {

    private final PermanentLog log;
    private volatile ServerDefinition definition;
    private volatile Session session;
    private volatile ServerThread thread;
    private final OpenedFiles openFiles = new OpenedFiles();
    private final Clock clock;
    private final Object definitionLock = new Object();
    private ServerStatus status = ServerStatus.STOPPED;
    private long statusSinceMillis;
    private LocalDate day;
    private long bytesBeforeToday;

    ReplicationServer(ServerDefinition definition, PermanentLog log, Clock clock) {
        this.definition = definition;
        this.log = log;
        this.clock = clock;
        this.statusSinceMillis = clock.millis();
        this.day = today();
    }

    ServerDefinition definition() {
        return definition;
    }

    /** Changes its definition and keeps it; nothing is changed if it cannot be kept. */
    void redefine(UnaryOperator<ServerDefinition> change, UnaryOperator<ServerDefinition> keep) {
        synchronized (definitionLock) {
            definition = keep.apply(change.apply(definition));
        }
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
        openFiles.close();
        session = newSession;
        day = today();
        bytesBeforeToday = 0;
    }

    /** The session of a running slave server. */
    Optional<SlaveSession> slaveSession() {
        return session instanceof SlaveSession slave && isRunning() ? Optional.of(slave) : Optional.empty();
    }

    /** The transaction that a running slave server cannot apply now. */
    public Optional<SlaveSession.Head> head() {
        return slaveSession().flatMap(SlaveSession::head);
    }

    /** The files that it opened since it started. */
    public OpenedFiles openFiles() {
        return openFiles;
    }

    ServerThread thread() {
        return thread;
    }

    /** Says something in its name. */
    void say(MessageCode code, Object... values) {
        log.say(definition.name(), code, values);
    }

    /** Asks for a step of the running session; nothing if it is not running. */
    void wake() {
        ServerThread running = thread;
        if (running != null) {
            running.wake();
        }
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

    /** Its figures; of a server that is not running, those of one that is stopped. */
    public ServerFigures figures() {
        Session current = session;
        ServerFigures now = current == null || !isRunning() ? ServerFigures.STOPPED : current.figures();
        observe(now);
        return now;
    }

    /** Its figures, or those it had when it was stopped: the numbers of its last transactions. */
    public ServerFigures lastFigures() {
        Session current = session;
        return current == null ? ServerFigures.STOPPED : current.figures();
    }

    /**
     * Since when it is known that its slave misses something that is not in the queue, epoch milliseconds; 0 if it is not
     * known, and on a slave.
     */
    public long behindSinceMillis() {
        return session instanceof MasterSession master ? master.behindSinceMillis() : 0;
    }

    /** When its status was last seen to change, epoch milliseconds; it is looked at after each step. */
    public synchronized long statusSinceMillis() {
        figures();
        return statusSinceMillis;
    }

    /** After each step and at each question: so a change of the status and midnight are noticed when they come. */
    private synchronized void observe(ServerFigures now) {
        if (status != now.status()) {
            status = now.status();
            statusSinceMillis = clock.millis();
        }
        LocalDate date = today();
        if (!date.equals(day)) {
            day = date;
            bytesBeforeToday = now.bytes();
        }
    }

    /** The Pick port of a running server: the number of its thread; 0 if it is not running. */
    public long pib() {
        ServerThread running = thread;
        return running == null || !running.isRunning() ? 0 : running.id();
    }

    /** Bytes sent or received since midnight of this machine, or since the start if that was later (HB-111). */
    public synchronized long bytesToday() {
        return Math.max(0, figures().bytes() - bytesBeforeToday);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
    }

    /** The last messages, most recent first. */
    public List<String> lastMessages(int lines) {
        return log.latest(definition.name(), lines);
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
