package org.hotbackup.resync;

import java.util.List;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.TapeServerMXBean;
import org.hotbackup.control.Task;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * What one node has of the tapes of a resync: a tape-socket server, and the work on its pipe.
 *
 * @param node the node
 * @param server the server's name, and that of its pipe
 * @param task what kind of task works on it
 */
record TapeEnd(ControlDirectory node, String server, String task, String reason, ResyncWatch watch) {

    private static final int MOST_TASKS = 1_000;
    private static final long PATIENCE_MILLIS = 60_000;

    static TapeEnd ofMaster(ControlDirectory node, String reason, ResyncWatch watch) {
        return new TapeEnd(node, "rsyncout", "resync-save", reason, watch);
    }

    static TapeEnd ofSlave(ControlDirectory node, String reason, ResyncWatch watch) {
        return new TapeEnd(node, "rsyncin", "resync-restore", reason, watch);
    }

    private boolean isThere() {
        return node.tapeSocket().getServerNames().contains(server);
    }

    /** Stops and deletes the server, if it is there, and answers whether it was. */
    boolean delete() {
        if (!isThere()) {
            return false;
        }
        try {
            stopAndDelete();
        } catch (RuntimeException e) {
            // whoever does the same at this moment may have been faster
            if (isThere()) {
                throw e;
            }
        }
        return true;
    }

    private void stopAndDelete() {
        TapeServerMXBean running = node.tapeServer(server);
        long until = watch.millis() + PATIENCE_MILLIS;
        if (running.isRunning()) {
            running.stop(server);
        }
        while (running.isRunning() && watch.millis() < until) {
            watch.pause();
        }
        Answers.done(node.tapeSocket().deleteServer(server, server, reason));
    }

    /** Ends what a call before this one, or this one, left at work. */
    void cancel() {
        List<Task> left = node.tasks().list(MOST_TASKS).stream()
                .filter(one -> one.underWay() && one.kind().equals(task))
                .toList();
        left.forEach(one -> node.tasks().cancel(one.id(), one.id()));
        long until = watch.millis() + PATIENCE_MILLIS;
        for (Task one : left) {
            while (node.tasks().receipt(one.id()).outcome() == OperationReceipt.Outcome.ACCEPTED) {
                if (watch.millis() > until) {
                    throw new Refusal(MessageCode.RESYNC_WAITS, one.message());
                }
                watch.pause();
            }
        }
    }
}
