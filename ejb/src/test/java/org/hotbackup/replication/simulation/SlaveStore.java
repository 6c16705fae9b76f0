package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.model.Update.ItemWritten;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.ApplyBlockedException;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.ReceivedTransaction;
import org.hotbackup.txlog.LogEntryCodec;
import org.hotbackup.txlog.MalformedEntryException;

/** The slave's database: one atomic, durable change for effects and position, unless it is broken on purpose. */
final class SlaveStore implements Applier {

    /** What is on the disk. */
    static final class Disk {

        private Image image = Files.atTheBeginning();
        private Optional<Position> position = Optional.empty();
        private final Map<Long, byte[]> lostAndFound = new TreeMap<>();
        private final Map<ItemId, Long> counters = new HashMap<>();
        private final Map<Object, Long> versions = new HashMap<>();
        private long applied;
        private long effectTransaction;
        private long effectLsn;

        Disk copy() {
            Disk copy = new Disk();
            copy.image = image.copy();
            copy.position = position;
            copy.lostAndFound.putAll(lostAndFound);
            copy.counters.putAll(counters);
            copy.versions.putAll(versions);
            copy.applied = applied;
            copy.effectTransaction = effectTransaction;
            copy.effectLsn = effectLsn;
            return copy;
        }

        Image image() {
            return image;
        }

        long transaction() {
            return position.map(Position::transaction).orElse(0L);
        }

        long lsn() {
            return position.map(Position::lsn).orElse(0L);
        }

        long lostAndFound() {
            return lostAndFound.size();
        }

        /** Conservation: every transaction up to the position took effect or is in lost+found. */
        void checkConservation() {
            check(
                    transaction() == applied + lostAndFound.size(),
                    "I6",
                    "at transaction %d, %d applied and %d in lost+found",
                    transaction(),
                    applied,
                    lostAndFound.size());
        }
    }

    private final World world;
    private final SimulatedNetwork network;
    private final Machine machine;
    private final Truth truth;
    private final Breakage breakage;
    private Disk disk = new Disk();
    private Disk beforeLastCommit;
    private long lastCommitAt;
    private long blockedUntil;
    /** The next commit comes after a long wait: what its failure meets is another one than after a short wait. */
    private boolean justBlocked;

    private Optional<Position> previousPosition = Optional.empty();
    private boolean restarted;

    SlaveStore(World world, SimulatedNetwork network, Machine machine, Truth truth, Breakage breakage) {
        this.world = world;
        this.network = network;
        this.machine = machine;
        this.truth = truth;
        this.breakage = breakage;
    }

    Disk disk() {
        return disk;
    }

    void restore(Disk copy) {
        disk = copy.copy();
    }

    void block(long millis) {
        blockedUntil = world.now() + millis;
        world.count("periods in which the slave cannot apply");
    }

    void crash() {
        boolean undurable = breakage == Breakage.COMMIT_NOT_DURABLE && beforeLastCommit != null;
        if (undurable && world.now() - lastCommitAt < 1_000) {
            disk = beforeLastCommit;
        }
        beforeLastCommit = null;
        restarted = true;
    }

    @Override
    public Optional<Position> position() {
        if (world.trouble(20, "positions that could not be read")) {
            throw new IllegalStateException("the position cannot be read");
        }
        return breakage == Breakage.POSITION_FORGOTTEN && restarted ? previousPosition : disk.position;
    }

    @Override
    public Outcome apply(List<ReceivedTransaction> transactions, Position position) throws ApplyBlockedException {
        if (world.now() < blockedUntil) {
            justBlocked = true;
            throw new ApplyBlockedException("the disk is full", null);
        }
        if (world.trouble(40, "transactions blocked")) {
            throw new ApplyBlockedException("a lock is held", null);
        }
        if (world.trouble(150, "crashes before a commit on the slave")) {
            throw new Crash(machine);
        }
        if (world.trouble(50, "failures while applying")) {
            throw new IllegalStateException("out of handles");
        }
        if (breakage == Breakage.COMMIT_NOT_DURABLE) {
            beforeLastCommit = disk.copy();
            lastCommitAt = world.now();
        }
        int lost = 0;
        for (ReceivedTransaction transaction : inOrder(transactions)) {
            lost += perform(transaction) ? 0 : 1;
        }
        boolean apart = breakage == Breakage.POSITION_APART_FROM_EFFECTS;
        if (apart && world.trouble(10, "crashes between effects and position")) {
            throw new Crash(machine);
        }
        InvariantBroken.check(Truth.HISTORY.equals(position.history()), "I7", "history %s", position.history());
        previousPosition = disk.position;
        restarted = false;
        disk.position = Optional.of(position);
        if (world.trouble(100, "crashes after a commit on the slave")) {
            throw new Crash(machine);
        }
        boolean doubtful = world.trouble(justBlocked ? 3 : 30, "commits reported as failed");
        justBlocked = false;
        if (doubtful) {
            if (world.oneIn(2)) {
                network.cut();
            }
            throw new ApplyBlockedException("the connection broke during the commit", null);
        }
        return new Outcome(transactions.size() - lost, lost);
    }

    private List<ReceivedTransaction> inOrder(List<ReceivedTransaction> transactions) {
        List<ReceivedTransaction> ordered = new ArrayList<>(transactions);
        if (breakage == Breakage.APPLIED_OUT_OF_ORDER) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    private boolean perform(ReceivedTransaction transaction) {
        truth.checkNext(disk.effectTransaction, disk.effectLsn, transaction);
        disk.effectTransaction = transaction.number();
        disk.effectLsn = transaction.entry().lsn();
        List<Update> updates;
        try {
            updates = LogEntryCodec.decode(transaction.entry().payload());
        } catch (MalformedEntryException e) {
            throw new InvariantBroken("I6", e.getMessage());
        }
        if (updates.stream().anyMatch(update -> update.file().equals(Files.POISON))) {
            if (breakage != Breakage.LOST_AND_NOT_FOUND) {
                disk.lostAndFound.put(transaction.number(), transaction.entry().payload());
            }
            return false;
        }
        (breakage == Breakage.APPLIED_IN_PART ? updates.subList(0, 1) : updates).forEach(this::perform);
        disk.applied++;
        return true;
    }

    private void perform(Update update) {
        disk.image.perform(update);
        if (update instanceof ItemWritten written) {
            long value = ByteBuffer.wrap(written.body()).getLong();
            if (written.file().equals(Files.COUNTERS)) {
                long before = disk.counters.getOrDefault(written.id(), 0L);
                check(value == before + 1, "I5", "counter %s goes from %d to %d", written.id(), before, value);
                disk.counters.put(written.id(), value);
            } else {
                Object item = List.of(written.file(), written.id());
                long before = disk.versions.getOrDefault(item, 0L);
                check(value > before, "I3", "item %s goes from version %d to %d", item, before, value);
                disk.versions.put(item, value);
            }
        }
    }
}
