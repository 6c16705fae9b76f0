package org.hotbackup.control;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A figure that every node samples: what the charts show. Its word and its unit never change. */
public enum Figure {
    /** Entries in the queue; of the node, in the longest one. */
    QUEUE_DEPTH("queue-depth", "entries", Of.MASTER, Digest.GREATEST),
    /** Bytes in the queue; of the node, in the longest one. */
    QUEUE_BYTES("queue-bytes", "bytes", Of.MASTER, Digest.GREATEST),
    /** Age of the oldest entry in the queue, 0 if there is none. */
    QUEUE_AGE("queue-age", "milliseconds", Of.MASTER, Digest.GREATEST),
    /** Age of the oldest transaction that is not acknowledged, 0 if there is none. */
    LAG_TIME("lag-time", "milliseconds", Of.MASTER, Digest.GREATEST),
    /** Transactions committed on the master and not acknowledged. */
    LAG_TRANSACTIONS("lag-transactions", "transactions", Of.MASTER, Digest.GREATEST),
    /** From commit to acknowledgement, of the last transaction acknowledged. */
    ROUND_TRIP("round-trip", "milliseconds", Of.MASTER, Digest.GREATEST),
    /** Transactions sent by a master or received by a slave. */
    SENT_RATE("sent-rate", "transactions/second", Of.SERVER, Digest.MEAN),
    /** Transactions acknowledged. */
    ACKNOWLEDGED_RATE("acknowledged-rate", "transactions/second", Of.SERVER, Digest.MEAN),
    /** Transactions applied; on a master as the slave last reported. */
    APPLIED_RATE("applied-rate", "transactions/second", Of.SERVER, Digest.MEAN),
    /** Bytes of frames sent or received. */
    BYTES_RATE("bytes-rate", "bytes/second", Of.SERVER, Digest.MEAN),
    /** Updates that a slave received and did not apply. */
    PENDING_UPDATES("pending-updates", "updates", Of.SLAVE, Digest.GREATEST),
    /** Committed log entries that the queue does not have yet. */
    PENDING_ENTRIES("pending-entries", "entries", Of.NODE, Digest.GREATEST),
    /** Transactions committed by this node's store. */
    COMMITTED_RATE("committed-rate", "transactions/second", Of.NODE, Digest.MEAN),
    /** Log entries that the queue took. */
    ENQUEUED_RATE("enqueued-rate", "entries/second", Of.NODE, Digest.MEAN),
    /** Bytes left on the store's disk. */
    DISK_FREE("disk-free", "bytes", Of.NODE, Digest.LEAST);

    /** What a figure is of. */
    public enum Of {
        /** The node. */
        NODE,
        /** A master server; the node too if it is of its queue. */
        MASTER,
        /** A slave server. */
        SLAVE,
        /** A server of either type. */
        SERVER
    }

    /** What stands for the samples of five minutes once they are older than an hour. */
    public enum Digest {
        /** The greatest: a peak that came and went stays seen. */
        GREATEST,
        /** The least. */
        LEAST,
        /** Their mean. */
        MEAN
    }

    private final String word;
    private final String unit;
    private final Of of;
    private final Digest digest;

    Figure(String word, String unit, Of of, Digest digest) {
        this.word = word;
        this.unit = unit;
        this.of = of;
        this.digest = digest;
    }

    /** The figure of this word, empty if there is none. */
    public static Optional<Figure> of(String word) {
        return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
    }

    /** The words of all figures. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Figure::word).toList();
    }

    /** Its name on every surface. */
    public String word() {
        return word;
    }

    /** What it is counted in. */
    public String unit() {
        return unit;
    }

    /** What it is of. */
    public Of of() {
        return of;
    }

    /** What is kept of it for a day. */
    public Digest digest() {
        return digest;
    }

    /** Whether it is made from a total that only grows. */
    public boolean isRate() {
        return digest == Digest.MEAN;
    }
}
