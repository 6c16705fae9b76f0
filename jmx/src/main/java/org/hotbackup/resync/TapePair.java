package org.hotbackup.resync;

import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.Task;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/** The tape-socket pair of a resync: an output server on the master's node and an input server on the slave's. */
final class TapePair {

    /** Its servers, and the pipes of the same names. */
    private static final String OUT = "rsyncout";

    private static final String IN = "rsyncin";

    private static final int BLOCK_BYTES = 32_768;
    private static final int MOST_TASKS = 1_000;
    private static final long PATIENCE_MILLIS = 60_000;

    private final ControlDirectory master;
    private final ControlDirectory slave;
    private final String reason;
    private final ResyncWatch watch;

    TapePair(ControlDirectory master, ControlDirectory slave, String reason, ResyncWatch watch) {
        this.master = master;
        this.slave = slave;
        this.reason = reason;
        this.watch = watch;
    }

    /**
     * Sets it up and starts it, in the place of one that was left behind.
     *
     * @param host at which the master's node calls
     * @param calledPort and the port
     * @param port on which the slave's node listens
     */
    void open(String host, int calledPort, int port, boolean insecure) {
        close();
        String security = insecure ? " insecure=on" : "";
        done(slave.tapeSocket().setup(IN, "direction=input port=" + port + " pipe=" + IN + security));
        done(slave.tapeServer(IN).start(""));
        done(master.tapeSocket()
                .setup(
                        OUT,
                        "direction=output host=" + host + " port=" + calledPort + " pipe=" + OUT + " block-size="
                                + BLOCK_BYTES + security));
        done(master.tapeServer(OUT).start("s"));
    }

    /** Why nothing comes through; empty if one side does not refuse the other. */
    String refusal() {
        String refused = master.tapeServer(OUT).getRefusal();
        return refused.isEmpty() ? slave.tapeServer(IN).getRefusal() : refused;
    }

    /** Ends both servers and what works on their pipes, and deletes them. */
    void close() {
        cancel(master, "resync-save");
        cancel(slave, "resync-restore");
        delete(master, OUT);
        delete(slave, IN);
    }

    /** As {@link #close}, as far as that is possible: a node may be gone. */
    void giveUp() {
        List.<Runnable>of(
                        () -> cancel(master, "resync-save"),
                        () -> cancel(slave, "resync-restore"),
                        () -> delete(master, OUT),
                        () -> delete(slave, IN))
                .forEach(step -> {
                    try {
                        step.run();
                    } catch (RuntimeException e) {
                        // what failed before is told, and the next call does this first
                    }
                });
    }

    private void delete(ControlDirectory node, String name) {
        if (!node.tapeSocket().getServerNames().contains(name)) {
            return;
        }
        TapeServerMXBean server = node.tapeServer(name);
        long until = watch.millis() + PATIENCE_MILLIS;
        if (server.isRunning()) {
            server.stop(name);
        }
        while (server.isRunning() && watch.millis() < until) {
            watch.pause();
        }
        done(node.tapeSocket().deleteServer(name, name, reason));
    }

    /** Ends what a call before this one, or this one, left at work. */
    private void cancel(ControlDirectory node, String kind) {
        List<Task> left = node.tasks().list(MOST_TASKS).stream()
                .filter(task -> task.underWay() && task.kind().equals(kind))
                .toList();
        left.forEach(task -> node.tasks().cancel(task.id(), task.id()));
        long until = watch.millis() + PATIENCE_MILLIS;
        for (Task task : left) {
            while (node.tasks().receipt(task.id()).outcome() == OperationReceipt.Outcome.ACCEPTED) {
                if (watch.millis() > until) {
                    throw new Refusal(MessageCode.RESYNC_WAITS, task.message());
                }
                watch.pause();
            }
        }
    }

    private static void done(OperationReceipt receipt) {
        Answers.done(receipt);
    }
}
