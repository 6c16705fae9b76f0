package org.hotbackup.replication;

/** How long to wait before the next attempt: doubling, without end of attempts. */
final class Backoff {

    private final long firstMillis;
    private final long longestMillis;
    private long nextMillis;

    Backoff(long firstMillis, long longestMillis) {
        this.firstMillis = firstMillis;
        this.longestMillis = longestMillis;
        this.nextMillis = firstMillis;
    }

    /** The wait after this failure. */
    long afterFailure() {
        long wait = nextMillis;
        nextMillis = Math.min(longestMillis, nextMillis * 2);
        return wait;
    }

    /** The longest wait: nothing will change soon. */
    long afterRefusal() {
        nextMillis = longestMillis;
        return longestMillis;
    }

    void reset() {
        nextMillis = firstMillis;
    }
}
