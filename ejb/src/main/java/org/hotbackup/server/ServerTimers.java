package org.hotbackup.server;

import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.settings.ServerSetting;

/**
 * The timers of this node: for each running master server the TxLog timer (HB-057) and the check period (HB-056), and one
 * for the {@link Upkeep}, which goes on while servers are stopped. The container keeps them, and lets them go with the
 * bean that they belong to. Thread-safe; {@link #tick} comes on the container's threads.
 */
final class ServerTimers {

    private static final int UPKEEP_SECONDS = 1;

    private final TimerService timers;
    private final DefinedServers servers;
    private final MasterQueues queues;
    private final Upkeep upkeep;
    private final TimedWork timedWork = new TimedWork();

    /** What a timer does for which server. */
    private enum Tick {
        TXLOG_TIMER,
        CHECK_PERIOD,
        UPKEEP
    }

    /** What a timer is for; timers here are not persistent, so it is never serialized. */
    private record Task(Tick tick, String server, QueueCheck check) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * No timer yet.
     *
     * @param timers those of the bean that hands each {@link #tick} on
     */
    ServerTimers(TimerService timers, DefinedServers servers, MasterQueues queues, Upkeep upkeep) {
        this.timers = timers;
        this.servers = servers;
        this.queues = queues;
        this.upkeep = upkeep;
    }

    /** Begins the upkeep of the node. */
    void startUpkeep() {
        begin(Tick.UPKEEP, "", UPKEEP_SECONDS);
    }

    /** Begins those of a server that was started. */
    void start(ReplicationServer server) {
        if (server.settings().isMaster()) {
            begin(Tick.TXLOG_TIMER, server.name(), server.settings().number(ServerSetting.TXLOG_TIMER));
            begin(Tick.CHECK_PERIOD, server.name(), server.settings().number(ServerSetting.CHECK_PERIOD));
        }
    }

    private void begin(Tick tick, String server, int seconds) {
        if (seconds > 0) {
            long millis = TimeUnit.SECONDS.toMillis(seconds);
            Task task = new Task(tick, server, new QueueCheck());
            timers.createIntervalTimer(millis, millis, new TimerConfig(task, false));
        }
    }

    /** Ends those of a server. */
    void cancel(ReplicationServer server) {
        for (Timer timer : timers.getTimers()) {
            if (((Task) timer.getInfo()).server().equals(server.name())) {
                timer.cancel();
            }
        }
    }

    /** One of them is due. */
    void tick(Timer timer) {
        Task task = (Task) timer.getInfo();
        if (task.tick() == Tick.UPKEEP) {
            upkeep.look();
            return;
        }
        servers.find(task.server()).filter(ReplicationServer::isRunning).ifPresent(server -> tick(task, server));
    }

    private void tick(Task task, ReplicationServer server) {
        if (task.tick() == Tick.TXLOG_TIMER) {
            server.wake();
        } else {
            timedWork.run(
                    "the check of the queue of server " + server.name(), () -> queues.check(server, task.check()));
        }
    }
}
