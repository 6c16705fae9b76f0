package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.List;
import java.util.Optional;
import org.hotbackup.apply.LostItem;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.Update.FileDeleted;
import org.hotbackup.model.Update.ItemDeleted;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.replication.SlaveSession;

/** What people do at random moments: to the log, to the servers, to lost+found; and what they may spoil. */
final class Operators {

    private static final int LOOK_AGAIN_MILLIS = 200;
    private static final int LOOKS = 30;
    private static final int WATCH_MILLIS = 2_000;

    private final World world;
    private final SimulatedMaster master;
    private final List<Replica> replicas;
    private boolean gap;

    Operators(World world, SimulatedMaster master, List<Replica> replicas) {
        this.world = world;
        this.master = master;
        this.replicas = replicas;
    }

    /** Plans some actions for the time to come; whoever finds a slave behind resynchronises it. */
    void plan(int howMany, int overMillis) {
        for (int i = 0; i < howMany; i++) {
            world.later(world.between(500, overMillis), this::act);
        }
        world.later(WATCH_MILLIS, this::watch);
    }

    private void act() {
        if (world.isCalm()) {
            return;
        }
        Replica replica = world.oneOf(replicas);
        SimulatedSlave slave = replica.slave();
        switch (world.between(1, 24)) {
            case 1 -> switchEnqueuing();
            case 2 -> clearQueue();
            case 3, 4 -> master.later(0, () -> master.store().betweenTransactions(() -> {
                master.store().logAllFiles(!master.store().logsAllFiles());
                world.count(master.store().logsAllFiles() ? "ALL files logged" : "DL files only logged");
            }));
            case 5, 6, 7, 8 -> {
                if (world.oneIn(3)) {
                    blockWhatIsDelayed(slave);
                } else {
                    slave.store().block(world.between(500, 4_000));
                }
                setAside(slave, LOOKS);
            }
            case 9, 10 -> whileUp(
                    slave, () -> record(slave).ifPresent(it -> slave.store().replay(it.id())));
            case 11 -> whileUp(slave, () -> record(slave).ifPresent(slave.store()::discard));
            case 12 -> slave.store().closeFiles();
            case 13, 14 -> trace(replica);
            case 15, 16 -> {
                slave.stopServer();
                world.later(world.between(100, 5_000), slave::startServer);
            }
            case 17, 18 -> {
                replica.server().stop();
                world.count("master servers stopped");
                world.later(world.between(100, 5_000), () -> startMasterServer(replica));
            }
            case 19, 20 -> plant(slave);
            case 21, 22 -> whileUp(master, () -> replica.verification().verify(world.between(1, 3)));
            default -> whileUp(master, () -> replica.verification().repair());
        }
    }

    /** What arrives is delayed for a while; when it is to be applied it cannot be. */
    private void blockWhatIsDelayed(SimulatedSlave slave) {
        slave.applyUpdates(false);
        world.later(world.between(300, 2_000), () -> {
            slave.store().block(world.isCalm() ? 0 : world.between(2_000, 4_000));
            slave.applyUpdates(true);
        });
    }

    private void whileUp(Machine machine, Runnable action) {
        machine.later(0, action);
    }

    private void startMasterServer(Replica replica) {
        if (master.isUp()) {
            replica.server().start(master.store().log());
        }
    }

    /** Stop enqueuing, and start it again: whatever was made in between is missing on the slaves. */
    private void switchEnqueuing() {
        master.later(0, () -> master.store().betweenTransactions(() -> {
            if (!master.store().log().isStopped()) {
                world.count("enqueuing stopped");
                gap = true;
                master.store().stopEnqueuing();
                world.later(world.between(100, 2_000), this::startEnqueuing);
            }
        }));
    }

    /** Again and again, until no crash came in between. */
    private void startEnqueuing() {
        if (!master.store().log().isStopped()) {
            return;
        }
        world.later(LOOK_AGAIN_MILLIS, this::startEnqueuing);
        master.later(0, () -> master.store().betweenTransactions(() -> {
            if (master.store().log().isStopped()) {
                world.count("enqueuing started");
                master.store().startEnqueuing();
            }
        }));
    }

    private void clearQueue() {
        master.later(0, () -> master.store().betweenTransactions(() -> {
            world.count("log queues cleared");
            gap = true;
            master.servers().forEach(MasterServer::stop);
            master.store().log().clear();
            replicas.forEach(this::startMasterServer);
        }));
    }

    /** The transaction at the head, if one is in the way. */
    private void setAside(SimulatedSlave slave, int looks) {
        SlaveSession session = slave.session();
        if (session != null && session.head().isPresent()) {
            session.setAside(session.head().get().transaction().number());
        }
        if (looks > 0 && !world.isCalm()) {
            world.later(LOOK_AGAIN_MILLIS, () -> setAside(slave, looks - 1));
        }
    }

    private Optional<LostItem> record(SimulatedSlave slave) {
        List<LostItem> all = slave.store().disk().image().lost().toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(world.oneIn(2) ? all.get(0) : world.oneOf(all));
    }

    private void trace(Replica replica) {
        replica.slave().traces().turn(true);
        replica.server().traces().turn(true);
        world.count("periods with traces");
        world.later(world.between(500, 10_000), () -> {
            replica.slave().traces().turn(false);
            replica.server().traces().turn(false);
        });
    }

    private void plant(SimulatedSlave slave) {
        FilePath file = world.oneIn(2) ? Files.ITEMS : Files.SCRATCH;
        int item = world.between(1, 14);
        switch (world.between(1, 4)) {
            case 1 -> slave.store().plant(new FileDeleted(Files.SCRATCH));
            case 2 -> slave.store().plant(new ItemDeleted(file, MasterStore.id(item)));
            default -> slave.store()
                    .plant(new ItemWritten(file, MasterStore.id(item), MasterStore.body(0, world.bytes(20))));
        }
    }

    /** Everything runs as it should, and nobody touches it any more. */
    void rest() {
        startEnqueuing();
        for (Replica replica : replicas) {
            replica.slave().startServer();
            startMasterServer(replica);
            replica.slave().traces().turn(false);
            replica.server().traces().turn(false);
        }
    }

    /** A slave that misses something is restored from a copy of its master's image; and one that should not is found. */
    private void watch() {
        world.later(WATCH_MILLIS, this::watch);
        if (!master.isUp()) {
            return;
        }
        for (Replica replica : replicas) {
            boolean behind = replica.server().session() != null
                    && replica.server().session().behindSinceMillis() > 0;
            check(!behind || gap, "no needless resync", "a slave is refused although nothing is missing");
            if (behind) {
                master.store().betweenTransactions(() -> resync(replica));
            }
        }
    }

    private void resync(Replica replica) {
        world.count("slaves resynchronised");
        long lsn = master.store().log().lastCommitted();
        replica.server().stop();
        replica.restore(master.store().image(), lsn);
        replica.server().define(lsn);
        master.store().log().defined();
        startMasterServer(replica);
    }
}
