package org.hotbackup.tapesocket;

/**
 * How the clocks of two machines differ, as far as one message there and back can tell.
 *
 * @param aheadMillis how far the other one is ahead, negative if it is behind
 * @param uncertainMillis by how much that may be wrong
 */
record ClockDifference(long aheadMillis, long uncertainMillis) {

    private static final long LARGE_MILLIS = 1_000;

    /** Whether somebody should look after the clocks. */
    boolean isLarge() {
        return Math.abs(aheadMillis) - uncertainMillis > LARGE_MILLIS;
    }

    /** For people. */
    String text() {
        long most = uncertainMillis + 1;
        return Math.abs(aheadMillis) <= most
                ? "less than " + (Math.abs(aheadMillis) + most) + " ms apart"
                : Math.abs(aheadMillis) + " ms " + (aheadMillis > 0 ? "ahead" : "behind") + ", to " + most + " ms";
    }
}
