package org.hotbackup.resync;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.ResyncMXBean;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Both nodes work for one command only: for that which they hear of every second, from a thread of its own. Who is killed is
 * heard of no more, and keeps nobody out. Thread-safe but for {@link #take} and {@link #close}.
 */
final class ResyncHold implements AutoCloseable {

    private static final long BEAT_MILLIS = 1_000;

    private final List<ControlDirectory> nodes;
    private final String from;
    private final ResyncWatch watch;
    private final String command = UUID.randomUUID().toString();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile String lostBy = "";

    /**
     * Of nobody yet.
     *
     * @param nodes in the order in which they are asked
     * @param from where the command runs, for people
     */
    ResyncHold(List<ControlDirectory> nodes, String from, ResyncWatch watch) {
        this.nodes = nodes;
        this.from = from;
        this.watch = watch;
    }

    /**
     * Nothing, if no other command is at work; of one that is silent it waits for a sign of life.
     *
     * @throws Refusal if another one is at work
     */
    void refuseIfOthers() {
        nodes.forEach(this::listen);
    }

    private void listen(ControlDirectory node) {
        ResyncMXBean resync = node.resync();
        String holder = resync.getHolder();
        long silent = resync.getHolderSilentMillis();
        while (!holder.isEmpty() && silent >= 0) {
            String name = node.node().getName();
            watch.progress(MessageCode.RESYNC_LISTENS.text(name, holder));
            watch.pause();
            long before = silent;
            silent = resync.getHolderSilentMillis();
            if (silent >= 0 && silent < before) {
                throw new Refusal(MessageCode.RESYNC_HELD, name, holder);
            }
        }
    }

    /**
     * From now on.
     *
     * @throws Refusal if another one is at work; then neither node is held
     */
    void take() {
        try {
            for (ControlDirectory node : nodes) {
                listen(node);
                Answers.done(node.resync().hold(command, from));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        Thread heart = new Thread(this::beat, "resync-hold");
        heart.setDaemon(true);
        heart.start();
    }

    private void beat() {
        try {
            while (!over.await(BEAT_MILLIS, TimeUnit.MILLISECONDS)) {
                nodes.forEach(this::beHeard);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beHeard(ControlDirectory node) {
        try {
            if (!node.resync().holds(command)) {
                lostBy = node.node().getName();
            }
        } catch (RuntimeException e) {
            // the node is away: what the command asks of it says so
        }
    }

    /** What the nodes know it by, and let do its steps. */
    String command() {
        return command;
    }

    /** Whether a node does not work for this command any more. */
    boolean isLost() {
        return !lostBy.isEmpty();
    }

    /**
     * Nothing, as long as both nodes work for this command.
     *
     * @throws Refusal if one does not
     */
    void require() {
        if (isLost()) {
            throw lost();
        }
    }

    /** What is to be said then. */
    Refusal lost() {
        return new Refusal(MessageCode.RESYNC_TAKEN_OVER, lostBy);
    }

    /** For nobody any more. */
    @Override
    public void close() {
        over.countDown();
        for (ControlDirectory node : nodes) {
            try {
                node.resync().release(command);
            } catch (RuntimeException e) {
                // a node that is away works for nobody
            }
        }
    }
}
