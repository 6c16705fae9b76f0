package org.hotbackup.replication.simulation;

/** An invariant of design 1 does not hold. An error, so that nothing under test catches it. */
final class InvariantBroken extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String invariant;

    InvariantBroken(String invariant, String what) {
        super(invariant + ": " + what);
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }

    static void check(boolean holds, String invariant, String what, Object... values) {
        if (!holds) {
            throw new InvariantBroken(invariant, String.format(what, values));
        }
    }
}
