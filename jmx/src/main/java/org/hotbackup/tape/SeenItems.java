package org.hotbackup.tape;

import java.util.Arrays;

/** Fingerprints of the items of a tape file that came last, in memory that does not grow: knows one that comes again soon after. */
final class SeenItems {

    /** As many fingerprints are kept, 512 KB. */
    private static final int KEPT = 1 << 16;

    private static final long FACTOR = 0x100000001B3L;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] prints = new long[1];

    /** Whether an item of a file was there before; notes it. */
    boolean isAgain(long file, byte[] id) {
        long print = SPREAD ^ file;
        for (byte b : id) {
            print = (print ^ b & 0xFF) * FACTOR;
        }
        print = (print ^ file ^ print >>> 32) * SPREAD;
        if (prints.length == 1) {
            prints = new long[KEPT];
            Arrays.fill(prints, 1);
        }
        int at = (int) (print >>> 48);
        boolean again = prints[at] == print;
        prints[at] = print;
        return again;
    }
}
