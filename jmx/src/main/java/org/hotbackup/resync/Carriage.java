package org.hotbackup.resync;

import java.util.List;
import java.util.Optional;
import org.hotbackup.client.HostPort;
import org.hotbackup.control.ControlDirectory;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.Task;

/**
 * Carries one account or file after the other from the master's node to the slave's, each on a tape of its own, through one pair of
 * tape-socket servers. For one thread.
 */
final class Carriage {

    private static final int MOST = 1_000;

    private final ControlDirectory master;
    private final ControlDirectory slave;
    private final ServerPair pair;
    private final ResyncRequest request;
    private final String command;
    private final ResyncWatch watch;
    private final TapePair tapes;

    /**
     * Of a pair of servers.
     *
     * @param command that for which both nodes work
     */
    Carriage(
            ControlDirectory master,
            ControlDirectory slave,
            ServerPair pair,
            ResyncRequest request,
            String command,
            ResyncWatch watch) {
        this.master = master;
        this.slave = slave;
        this.pair = pair;
        this.request = request;
        this.command = command;
        this.watch = watch;
        this.tapes = new TapePair(master, slave, request.reason(), watch);
    }

    /** Carries what is wanted and not there, and leaves nothing of the tapes. */
    void carry() {
        List<String> wanted = slave.resync().getWanted();
        List<String> there = slave.resync().getRestored();
        if (!there.containsAll(wanted)) {
            HostPort called = request.call().orElse(new HostPort(pair.host(), request.port()));
            tapes.open(called.host(), called.port(), request.port(), pair.insecure());
        }
        for (int i = 0; i < wanted.size(); i++) {
            String unit = wanted.get(i);
            if (!there.contains(unit)) {
                carry(unit, (i + 1) + " of " + wanted.size() + ", " + unit);
            }
        }
        tapes.close();
    }

    /** Leaves nothing of the tapes, as far as that is possible: a node may be gone. */
    void giveUp() {
        tapes.giveUp();
    }

    private void carry(String unit, String title) {
        if (!unit.contains(",") && !master.node().getAccounts().contains(unit)) {
            // it was deleted since
            watch.say(Answers.done(slave.resync().remove(unit, command, unit, request.reason()))
                    .message());
            return;
        }
        OperationReceipt receiving = Answers.done(slave.resync().receive(unit, command));
        OperationReceipt sending = Answers.done(master.resync().send(unit, command));
        String in = receiving.task();
        String out = sending.task();
        while (receiving.outcome() == Outcome.ACCEPTED || sending.outcome() == Outcome.ACCEPTED) {
            watch.pause();
            receiving = looked(slave, in, receiving);
            sending = looked(master, out, sending);
            Answers.done(sending);
            Answers.done(receiving);
            progress(title, out, in);
        }
        watch.say(title + ": " + receiving.message());
    }

    private static OperationReceipt looked(ControlDirectory node, String task, OperationReceipt before) {
        return before.outcome() == Outcome.ACCEPTED ? node.tasks().receipt(task) : before;
    }

    private void progress(String title, String out, String in) {
        Optional<Task> sending = task(master, out);
        Optional<Task> receiving = task(slave, in);
        String refusal = tapes.refusal();
        if (!refusal.isEmpty()) {
            watch.progress(title + ": " + refusal);
            return;
        }
        sending.or(() -> receiving)
                .ifPresent(task -> watch.progress(
                        title + ": " + (task.percent() < 0 ? "" : task.percent() + " %, ") + task.message()));
    }

    private static Optional<Task> task(ControlDirectory node, String id) {
        return node.tasks().list(MOST).stream()
                .filter(task -> task.id().equals(id) && task.underWay())
                .findFirst();
    }
}
