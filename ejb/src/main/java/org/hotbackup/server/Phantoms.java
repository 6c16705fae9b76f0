package org.hotbackup.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.Session;

/**
 * Runs servers as phantoms (HB-010): each on a thread of its own, as a job in {@code dm,jobs} (HB-171), and its record in
 * {@code dm,hb.log} says under which PIB and PID. That these cannot be written down keeps no server from starting or
 * ending: a master that does not start makes no room. For one caller at a time.
 */
final class Phantoms {

    private static final Logger LOGGER = Logger.getLogger(Phantoms.class.getName());
    private static final Duration INITIALIZE_PATIENCE = Duration.ofSeconds(30);

    /** Initializes a server's session. */
    @FunctionalInterface
    interface Beginning {
        /** On the server's thread. */
        Session begin() throws LinkDownException;
    }

    private final Jobs jobs;
    private final ServerRecords records;
    private final ThreadFactory threads;
    private final long pid;
    private volatile boolean nodeStops;

    /**
     * For a node.
     *
     * @param pid its process
     */
    Phantoms(Jobs jobs, ServerRecords records, ThreadFactory threads, long pid) {
        this.jobs = jobs;
        this.records = records;
        this.threads = threads;
        this.pid = pid;
    }

    /**
     * Looks at a record that was just read: whatever it says, the server does not run in a process that has only begun
     * (HB-141, HB-142).
     *
     * @param inOrder whether the process that it names was told to stop; its database was gone before the record could say so
     */
    void found(ReplicationServer server, boolean inOrder) {
        server.phantom().ifPresent(left -> {
            if (!inOrder) {
                server.say(MessageCode.NOT_A_PHANTOM, left.pib(), left.pid());
                server.say(MessageCode.TERMINATED_ABNORMALLY);
            }
            over(server, left.job(), inOrder ? Jobs.Status.LOGGED_OFF : Jobs.Status.ERROR);
        });
    }

    /** Starts a server that does not run (HB-072, HB-144 to HB-147). */
    OperationReceipt start(ReplicationServer server, Beginning beginning) {
        server.say(MessageCode.WAITING_TO_START, server.name());
        try {
            return start(server, jobs.queue("hot-backup start server=" + server.name()), beginning);
        } catch (LinkDownException | Refusal e) {
            return failed(server, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OperationReceipt.accepted(MessageCode.WAITING_TO_INITIALIZE, server.name());
        }
    }

    private OperationReceipt start(ReplicationServer server, String job, Beginning beginning)
            throws LinkDownException, InterruptedException {
        String name = server.name();
        ServerThread thread;
        try {
            thread = new ServerThread(name, threads, new Run(server, job, beginning));
            long pib = thread.id();
            jobs.run(job, pib, pid);
            server.note(d -> d.withPhantom(Optional.of(new Phantom(job, pib, pid))), records::keep);
            server.runs(thread);
            thread.start();
        } catch (IllegalStateException | RejectedExecutionException | OutOfMemoryError e) {
            LOGGER.log(Level.SEVERE, "The phantom of server " + name + " cannot be started", e);
            over(server, job, Jobs.Status.ERROR);
            server.say(MessageCode.CANNOT_START_PHANTOM);
            return OperationReceipt.refused(MessageCode.CANNOT_START_PHANTOM);
        }
        server.say(MessageCode.WAITING_TO_INITIALIZE, name);
        try {
            if (!thread.awaitBegun(INITIALIZE_PATIENCE)) {
                return OperationReceipt.accepted(MessageCode.WAITING_TO_INITIALIZE, name);
            }
        } catch (Refusal e) {
            throw e;
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "Server " + name + " cannot be initialized", e);
            return failed(server, MessageCode.INTERNAL_ERROR.text(e.getClass().getSimpleName()));
        }
        server.say(MessageCode.SERVER_STARTED, name);
        return OperationReceipt.done(MessageCode.SERVER_STARTED, name);
    }

    /** Says the cause for the status, then the manual's words; the caller is told both. */
    private static OperationReceipt failed(ReplicationServer server, String reason) {
        MessageCode code = MessageCode.START_FAILED;
        server.say(MessageCode.CANNOT_INITIALIZE, server.name(), reason);
        server.say(code, server.name());
        return new OperationReceipt(
                OperationReceipt.Outcome.REFUSED, code.id(), code.text(server.name()) + ": " + reason);
    }

    /** From now on a server that is stopped is logged off with its node. */
    void logOff() {
        nodeStops = true;
    }

    private void over(ReplicationServer server, String job, Jobs.Status how) {
        jobs.end(job, how);
        server.note(d -> d.withPhantom(Optional.empty()), records::keep);
    }

    /** One run of a server. */
    private final class Run implements ServerThread.Work {

        private final ReplicationServer server;
        private final String job;
        private final Beginning beginning;
        private Session session;

        Run(ReplicationServer server, String job, Beginning beginning) {
            this.server = server;
            this.job = job;
            this.beginning = beginning;
        }

        @Override
        public void begin() throws LinkDownException {
            session = beginning.begin();
            server.began(session);
        }

        @Override
        public long step(long now) {
            long next = session.step(now);
            server.figures();
            return next;
        }

        @Override
        public void end(boolean asked) {
            try {
                if (session != null) {
                    session.close();
                }
            } finally {
                server.ended();
                if (!asked && session != null) {
                    server.say(MessageCode.TERMINATED_ABNORMALLY);
                }
                Jobs.Status stopped = nodeStops ? Jobs.Status.LOGGED_OFF : Jobs.Status.COMPLETED;
                over(server, job, asked ? stopped : Jobs.Status.ERROR);
            }
        }
    }
}
