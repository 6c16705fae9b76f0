package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.FilePath;
import org.hotbackup.verify.CheckNumbers;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.FileResult;
import org.hotbackup.verify.Repair;
import org.hotbackup.verify.Verification;

/** The real comparison of a master with one slave, round after round while it runs; and the real repair after it. */
final class SimulatedVerification {

    private static final int SHARE = 20;
    private static final int LATER_MILLIS = 50;

    private final World world;
    private final SimulatedMaster master;
    private final MasterServer server;
    private final SimulatedComparison store;
    private final List<FileResult> results = new ArrayList<>();
    private int comparisons;
    private Optional<Verification> running = Optional.empty();
    private Optional<Repair> repair = Optional.empty();
    private int life;

    SimulatedVerification(World world, SimulatedMaster master, MasterServer server, Breakage breakage) {
        this.world = world;
        this.master = master;
        this.server = server;
        store = new SimulatedComparison(world, master.store(), breakage);
    }

    /** An operator starts a comparison of all files; one that runs begins again. */
    void verify(int rounds) {
        results.clear();
        repair = Optional.empty();
        Verification.Keeper keeper = new Verification.Keeper() {
            @Override
            public void keep(int round, FileResult result) {
                results.removeIf(earlier -> earlier.file().equals(result.file()));
                results.add(result);
                world.count("files found " + result.finding());
            }

            @Override
            public void gone(FilePath file) {
                results.removeIf(earlier -> earlier.file().equals(file));
            }

            @Override
            public void roundDone(int round) {
                world.count("rounds of a comparison");
            }
        };
        forgetEarlierLife();
        comparisons++;
        Verification begun = new Verification(
                new Verification.Plan(SHARE, rounds, Set.of()),
                1,
                Set.of(),
                CheckNumbers.first(server.name(), comparisons * 1_000_000),
                store,
                keeper,
                server::acknowledgedLsn,
                () -> world.now() * 1_000_000,
                world::epochMillis);
        running = Optional.of(begun);
        step(begun);
    }

    private void step(Verification begun) {
        if (running.isEmpty() || running.get() != begun) {
            return;
        }
        if (begun.isDone()) {
            running = Optional.empty();
            return;
        }
        long next = begun.step(world.now());
        master.later(next - world.now(), () -> step(begun));
    }

    /** An operator lets what was found be sent again. */
    void repair() {
        forgetEarlierLife();
        Repair begun = new Repair(store, List.copyOf(results), sent -> {});
        repair = Optional.of(begun);
        world.count("repairs");
        repairStep(begun);
    }

    private void repairStep(Repair begun) {
        if (repair.isEmpty() || repair.get() != begun) {
            return;
        }
        boolean more = true;
        try {
            more = begun.step();
        } catch (Refusal e) {
            world.count("repairs that waited");
        }
        if (more) {
            master.later(LATER_MILLIS, () -> repairStep(begun));
        } else {
            repair = Optional.empty();
        }
    }

    void report(CheckReport report) {
        check(
                store.hasSaid(report.number()),
                "answers whom it is asked by",
                "%s is told of check %d",
                server.name(),
                report.number());
        running.ifPresent(verification -> verification.report(report));
    }

    private void forgetEarlierLife() {
        if (life != master.incarnation()) {
            life = master.incarnation();
            running = Optional.empty();
            repair = Optional.empty();
        }
    }

    /** A crash of the master ends both: an operator has to begin again. */
    boolean isAtWork() {
        return life == master.incarnation() && (running.isPresent() || repair.isPresent());
    }

    /** What was found to differ, files of users only. */
    List<FileResult> differing() {
        return results.stream().filter(Repair::isNeeded).toList();
    }
}
