package org.hotbackup.server;

import java.time.Duration;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;

/**
 * Begins and ends the runs of this node's servers: each is a phantom with its session, and has its timers as long as it
 * runs. For one caller at a time, who holds the lock of {@link ReplicationServers}.
 */
final class ServerRuns {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Phantoms phantoms;
    private final Sessions sessions;
    private final ServerTimers timers;

    ServerRuns(Phantoms phantoms, Sessions sessions, ServerTimers timers) {
        this.phantoms = phantoms;
        this.sessions = sessions;
        this.timers = timers;
    }

    /** Begins a run of a server that does not run, as what its setup says. */
    OperationReceipt begin(ReplicationServer server) {
        return begin(server, () -> server.settings().isMaster() ? sessions.master(server) : sessions.slave(server));
    }

    /** Begins a run of a server that does not run, with a session of its own. */
    OperationReceipt begin(ReplicationServer server, Phantoms.Beginning beginning) {
        timers.cancel(server);
        OperationReceipt receipt = phantoms.start(server, beginning);
        if (server.isRunning()) {
            timers.start(server);
            if (server.settings().isInsecure()) {
                server.say(MessageCode.INSECURE_LINK, server.name());
            }
        }
        return receipt;
    }

    /**
     * Ends the run of a server, if there is one.
     *
     * @return false if it has not ended after half a minute: it does later
     */
    boolean end(ReplicationServer server) throws InterruptedException {
        timers.cancel(server);
        ServerThread thread = server.thread();
        return thread == null || thread.stop(STOP_PATIENCE);
    }
}
