package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import java.util.List;
import org.hotbackup.replication.ServerStatus;

/** Something that crashes, restarts and stands still. Its events are void after a crash and late after a pause. */
abstract class Machine {

    final World world;
    final String name;
    private int incarnation;
    private boolean up;
    private long pausedUntil;

    Machine(World world, String name) {
        this.world = world;
        this.name = name;
    }

    /** Starts from what is durable. */
    abstract void boot();

    /** Loses what is not durable. */
    abstract void lose();

    /** What its server says that it is doing, at this very moment. */
    abstract ServerStatus status();

    /** The server is in the middle of something: whoever asked now would have to be told this (HB-112). */
    final void checkDoing(ServerStatus... expected) {
        ServerStatus said = status();
        check(
                List.of(expected).contains(said),
                "true status",
                "the %s says %s while %s",
                name,
                said,
                List.of(expected));
        world.count("status " + said);
    }

    final boolean isUp() {
        return up;
    }

    final void start() {
        if (!up) {
            up = true;
            incarnation++;
            boot();
        }
    }

    final void crash() {
        if (up) {
            up = false;
            incarnation++;
            pausedUntil = 0;
            world.count("crashes of the " + name);
            lose();
        }
    }

    final void pause(long millis) {
        pausedUntil = world.now() + millis;
        world.count("pauses of the " + name);
    }

    /** Runs an action of this machine later, unless it crashes before. */
    final void later(long delay, Runnable action) {
        int scheduledBy = incarnation;
        world.later(delay, () -> run(scheduledBy, action));
    }

    private void run(int scheduledBy, Runnable action) {
        if (scheduledBy != incarnation || !up) {
            return;
        }
        if (world.now() < pausedUntil) {
            world.later(pausedUntil - world.now(), () -> run(scheduledBy, action));
            return;
        }
        action.run();
    }
}
