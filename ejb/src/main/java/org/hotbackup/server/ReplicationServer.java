package org.hotbackup.server;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hotbackup.apply.OpenedFiles;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.ServerSettings;
import org.hotbackup.replication.MasterSession;
import org.hotbackup.replication.ServerFigures;
import org.hotbackup.replication.Session;
import org.hotbackup.replication.SlaveSession;
import org.hotbackup.verify.CheckReport;

/** A replication server of this node, running or not. Thread-safe. */
public final class ReplicationServer {

    private final PermanentLog log;
    private volatile ServerDefinition definition;
    private volatile Session session;
    private volatile ServerThread thread;
    private final OpenedFiles openFiles = new OpenedFiles();
    private volatile Consumer<CheckReport> reports = report -> {};
    private volatile long statusSinceMillis = System.currentTimeMillis();
    private LocalDate day = today();
    private long bytesBeforeToday;

    ReplicationServer(ServerDefinition definition, PermanentLog log) {
        this.definition = definition;
        this.log = log;
    }

    ServerDefinition definition() {
        return definition;
    }

    void define(ServerDefinition changed) {
        definition = changed;
    }

    void running(Session newSession, ServerThread newThread) {
        session = newSession;
        openFiles.close();
        thread = newThread;
        statusSinceMillis = System.currentTimeMillis();
        synchronized (this) {
            day = today();
            bytesBeforeToday = 0;
        }
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
        return current == null || !isRunning() ? ServerFigures.STOPPED : current.figures();
    }

    /** Its figures, or those it had when it was stopped: the numbers of its last transactions. */
    public ServerFigures lastFigures() {
        Session current = session;
        return current == null ? ServerFigures.STOPPED : current.figures();
    }

    /** When it was started or stopped last, epoch milliseconds. */
    public long statusSinceMillis() {
        return statusSinceMillis;
    }

    void stopped() {
        thread = null;
        statusSinceMillis = System.currentTimeMillis();
    }

    /** The Pick port of a running server: the number of its thread; 0 if it is not running. */
    public long pib() {
        ServerThread running = thread;
        return running == null ? 0 : running.id();
    }

    /** Bytes sent or received since midnight of this machine, or since the start if that was later (HB-111). */
    public synchronized long bytesToday() {
        long bytes = figures().bytes();
        LocalDate now = today();
        if (!now.equals(day)) {
            day = now;
            bytesBeforeToday = bytes;
        }
        return Math.max(0, bytes - bytesBeforeToday);
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.systemDefault());
    }

    /** The last messages, most recent first. */
    public List<String> lastMessages(int lines) {
        return log.latest(definition.name(), lines);
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
