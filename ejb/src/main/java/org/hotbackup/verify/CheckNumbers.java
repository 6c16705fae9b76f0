package org.hotbackup.verify;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The numbers of checks. The log carries a check to every slave of a node; the upper half of its number says whose answer
 * is wanted, so that the others pass over it. A number is never 0 or negative.
 */
public final class CheckNumbers {

    private static final int SHIFT = 31;

    private CheckNumbers() {}

    /**
     * The number from which those of one comparison are counted up, by one.
     *
     * @param server the master server whose slave is asked
     * @param random tells this comparison from those before it
     */
    public static long first(String server, int random) {
        // three quarters of the lower half are left to count up
        return address(server) << SHIFT | random & 0x1FFF_FFFFL;
    }

    /** Whether a check is for the slave of this master server. */
    public static boolean isFor(String server, long number) {
        return number >>> SHIFT == address(server);
    }

    /** 1 to 2^32 - 1. */
    private static long address(String server) {
        CRC32 sum = new CRC32();
        sum.update(server.getBytes(StandardCharsets.UTF_8));
        return Math.max(1, sum.getValue());
    }
}
