package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Epochs;
import org.hotbackup.replication.Frame.Promoted;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.Promoter;
import org.hotbackup.replication.Promotion;
import org.hotbackup.txlog.LogEntry;

/**
 * A slave is promoted in the middle of everything that may go wrong, also while its master goes on; the old master is told,
 * and what its queue holds behind the promoted position is exactly what the new master does not have.
 */
final class PromotionSimulation {

    private static final long PATIENCE_MILLIS = 600_000;
    private static final int SLICE_MILLIS = 200;

    private final Simulation pair;
    private final World world;
    // on the disks
    private long epochOfSlave = Epochs.FIRST;
    private Optional<Promotion> promotion = Optional.empty();
    private Optional<Promoted> superseded = Optional.empty();

    PromotionSimulation(long seed) {
        pair = new Simulation(seed, Breakage.NONE);
        world = pair.world();
        pair.slave().atBoot(session -> {
            session.epochs(epochs());
            promotion.ifPresent(session::promoted);
        });
        pair.master().atBoot(session -> session.onSuperseded(this::told));
    }

    private Epochs epochs() {
        return new Epochs() {
            @Override
            public long current() {
                return epochOfSlave;
            }

            @Override
            public void takeOver(long epoch) {
                epochOfSlave = Math.max(epochOfSlave, epoch);
            }
        };
    }

    private void told(Promoted promoted) {
        if (world.trouble(5, "crashes while the old master is told")) {
            throw new Crash(pair.master());
        }
        check(promotion.isPresent(), "I7", "a master is told of a promotion that never was");
        superseded = Optional.of(promoted);
    }

    /** As the node does it: all of it or nothing. */
    private final class Node implements Promoter {
        @Override
        public long helpersLeft() {
            return pair.slave().store().helpersLeft();
        }

        @Override
        public Promotion promote(Position last) {
            SlaveDisk disk = pair.slave().store().disk();
            check(last.lsn() == disk.lsn(), "the promoted position is the last", "%s", last);
            check(pair.slave().store().pending() == 0, "nothing is left behind", "delayed updates are");
            if (world.trouble(4, "promotions that fail")) {
                throw new IllegalStateException("the disk is full");
            }
            if (world.trouble(4, "crashes before a promotion")) {
                throw new Crash(pair.slave());
            }
            promotion = Optional.of(new Promotion(epochOfSlave, epochOfSlave + 1, last, 0, "dm", "simulated"));
            epochOfSlave++;
            if (world.trouble(4, "crashes after a promotion")) {
                throw new Crash(pair.slave());
            }
            return promotion.get();
        }
    }

    /** A whole life. */
    Map<String, Integer> live() {
        pair.fire(world.between(4_000, 20_000));
        until("something is applied", () -> pair.slave().store().disk().transaction() > 0);
        boolean planned = world.oneIn(5);
        if (planned) {
            pair.heal();
            pair.runUntilQuiet();
            pair.master().crash();
            world.count("planned switches");
        }
        until("the slave is promoted", () -> {
            boolean asked = pair.slave().session() != null
                    && !pair.slave().session().promoting().isEmpty();
            if (!asked) {
                pair.slave().promote(new Node());
                world.count("promotions asked for");
            }
            return promotion.isPresent();
        });
        Position last = promotion.orElseThrow().position();
        pair.master().store().work(planned ? 0 : world.between(0, 40));
        for (int i = world.between(0, 50); i > 0; i--) {
            pair.run(SLICE_MILLIS);
            checkPromoted(last);
        }
        pair.heal();
        pair.master().store().work(planned ? 0 : world.between(0, 20));
        until("the old master is told and quiet", () -> {
            checkPromoted(last);
            return superseded.isPresent() && pair.master().store().isQuiet();
        });
        checkListIsExact(last);
        check(
                !planned || pair.truth().after(last.lsn()).isEmpty(),
                "a planned switch loses nothing",
                "%s is not the last",
                last);
        check(
                pair.masterMessages().stream().anyMatch(said -> said.contains(MessageCode.SUPERSEDED.name())),
                "the old master says so",
                "%s",
                pair.masterMessages());
        check(
                pair.slaveMessages().stream().anyMatch(said -> said.contains(MessageCode.REFUSED_PROMOTED.name())),
                "the new master says so",
                "%s",
                pair.slaveMessages());
        world.count("lives");
        world.count(pair.truth().after(last.lsn()).isEmpty() ? "nothing was unsent" : "something was unsent");
        return world.counts();
    }

    /** Whatever the old master does, the new one stays where it was promoted (I7). */
    private void checkPromoted(Position last) {
        SlaveDisk disk = pair.slave().store().disk();
        check(disk.lsn() == last.lsn(), "I7", "a promoted slave goes on from LSN %d to %d", last.lsn(), disk.lsn());
        check(epochOfSlave == promotion.orElseThrow().epoch(), "I7", "its epoch is %d", epochOfSlave);
    }

    private void checkListIsExact(Position last) {
        check(superseded.orElseThrow().position().equals(last), "the old master is told", "%s", superseded);
        List<LogEntry> unsent = pair.master().queue().browse("todev", last.lsn(), Integer.MAX_VALUE);
        Map<Long, byte[]> truth = pair.truth().after(last.lsn());
        check(unsent.size() == truth.size(), "the list is exact", "%d of %d", unsent.size(), truth.size());
        Iterator<Map.Entry<Long, byte[]>> expected = truth.entrySet().iterator();
        long previous = last.lsn();
        for (LogEntry entry : unsent) {
            Map.Entry<Long, byte[]> next = expected.next();
            check(entry.lsn() == next.getKey(), "the list is exact", "LSN %d", entry.lsn());
            check(Arrays.equals(entry.payload(), next.getValue()), "the list is exact", "LSN %d", entry.lsn());
            check(entry.previousLsn() == previous, "the list is a chain", "LSN %d", entry.lsn());
            previous = entry.lsn();
        }
    }

    private void until(String what, BooleanSupplier condition) {
        long end = world.now() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            check(world.now() < end, what, "not: %s; %s", pair.masterMessages(), pair.slaveMessages());
            pair.run(SLICE_MILLIS);
        }
    }
}
