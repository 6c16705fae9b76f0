package org.hotbackup.replication.simulation;

import static org.hotbackup.replication.simulation.InvariantBroken.check;

import org.hotbackup.replication.Session;

/** Steps a session when it wants to be, and when it is woken: as the thread of a server does. */
final class SessionDriver {

    private static final int MOST_STEPS_AT_ONCE = 2_000;

    private final Machine machine;
    private final Session session;
    private final int stepMillis;
    private long nextAt = Long.MAX_VALUE;
    private long busyUntil;
    private long stepsAt;
    private int stepsAtOnce;
    private boolean stopped;

    /** Drives a session each of whose steps takes up to so many milliseconds. */
    SessionDriver(Machine machine, Session session, int stepMillis) {
        this.machine = machine;
        this.session = session;
        this.stepMillis = stepMillis;
    }

    /** From any place. */
    void wake() {
        stepAt(machine.world.now());
    }

    /** Its session is closed: it is never stepped again. */
    void stop() {
        stopped = true;
    }

    private void stepAt(long wanted) {
        long at = Math.max(wanted, busyUntil);
        if (at < nextAt) {
            nextAt = at;
            machine.later(at - machine.world.now(), () -> {
                if (nextAt == at && !stopped) {
                    nextAt = Long.MAX_VALUE;
                    step();
                }
            });
        }
    }

    private void step() {
        long now = machine.world.now();
        stepsAtOnce = stepsAt == now ? stepsAtOnce + 1 : 1;
        stepsAt = now;
        check(stepsAtOnce < MOST_STEPS_AT_ONCE, "no busy loop", "%s is stepped on and on", machine.name);
        long next = session.step(now);
        busyUntil = now + machine.world.delay(stepMillis / 10, stepMillis);
        if (next < Long.MAX_VALUE) {
            stepAt(next);
        }
    }
}
