package org.hotbackup.replication.simulation;

/** A machine dies in the middle of a step. An error, so that nothing under test catches it. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    private final transient Machine machine;

    Crash(Machine machine) {
        super(null, null, false, false);
        this.machine = machine;
    }

    Machine machine() {
        return machine;
    }
}
