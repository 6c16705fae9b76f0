package org.hotbackup.ordeal;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.hotbackup.client.NodeConnection;
import org.hotbackup.control.ServerMXBean;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.node.NodeHome;
import org.hotbackup.testing.Pair;

/** Looks at the master server all the time: one that says it is idle has nothing waiting (I9). */
final class Watch implements Runnable, AutoCloseable {

    private static final Duration LONGEST_LIE = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Supplier<NodeHome> master;
    private final Journal journal;
    private final Thread thread = new Thread(this, "watch");
    private volatile boolean stopping;
    private Instant idleSince;
    private long acknowledgedThen;

    Watch(Supplier<NodeHome> master, Journal journal) {
        this.master = master;
        this.journal = journal;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        while (!stopping) {
            NodeHome home = master.get();
            idleSince = null;
            try (NodeConnection connection = NodeConnection.to(home)) {
                ServerMXBean server = connection.server(Pair.MASTER);
                while (!stopping && home.equals(master.get())) {
                    look(server);
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            } catch (Refusal | UndeclaredThrowableException e) {
                // the node is down: nobody says anything there
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private void look(ServerMXBean server) {
        long acknowledged = server.getAckedTransaction();
        boolean waiting = server.getLagTransactions() > 0;
        boolean idle = server.getStatus().equals("Idle");
        if (!idle || !waiting || idleSince == null || acknowledged != acknowledgedThen) {
            idleSince = idle && waiting ? Instant.now() : null;
            acknowledgedThen = acknowledged;
        } else if (idleSince.plus(LONGEST_LIE).isBefore(Instant.now())) {
            journal.violation("I9: the master server says Idle for " + LONGEST_LIE.toSeconds() + " s while "
                    + server.getLagTransactions() + " transactions wait");
            idleSince = null;
        }
    }

    @Override
    public void close() {
        stopping = true;
    }
}
