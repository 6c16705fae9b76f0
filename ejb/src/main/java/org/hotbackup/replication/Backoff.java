package org.hotbackup.replication;

/** How long to wait before the next attempt: doubling, without end of attempts. Not thread-safe. */
public final class Backoff {

    private final long firstMillis;
    private final long longestMillis;
    private long nextMillis;

    /** With the first wait and the longest. */
    public Backoff(long firstMillis, long longestMillis) {
        this.firstMillis = firstMillis;
        this.longestMillis = longestMillis;
        this.nextMillis = firstMillis;
    }

    /** The wait after this failure. */
    public long afterFailure() {
        long wait = nextMillis;
        nextMillis = Math.min(longestMillis, nextMillis * 2);
        return wait;
    }

    /** The longest wait: nothing will change soon. */
    long afterRefusal() {
        nextMillis = longestMillis;
        return longestMillis;
    }

    /** What was tried went well: the next failure counts as the first. */
    public void reset() {
        nextMillis = firstMillis;
    }
}
