package org.hotbackup.replication.simulation;

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

    /** Which of its lives this is: what was planned in an earlier one is void. */
    final int incarnation() {
        return incarnation;
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
