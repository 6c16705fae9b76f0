package org.hotbackup.replication;

/**
 * The epoch of this node: it grows with each promotion, its own or one that it is told of, and a master of an older epoch
 * is refused. Thread-safe.
 */
public interface Epochs {

    /** That of a new node. */
    long FIRST = 1;

    /** The last one that is believed: a billion promotions. */
    long LAST = 1_000_000_000;

    /** The epoch now. */
    long current();

    /**
     * Takes over an epoch if it is greater, durably before it returns.
     *
     * @throws StoreUnavailableException or a Refusal if that cannot be done now
     */
    void takeOver(long epoch);

    /** Of a node that is alone: the first epoch, and whatever it is told; in memory. */
    static Epochs inMemory() {
        return new Epochs() {
            private volatile long epoch = FIRST;

            @Override
            public long current() {
                return epoch;
            }

            @Override
            public synchronized void takeOver(long told) {
                epoch = Math.max(epoch, told);
            }
        };
    }
}
