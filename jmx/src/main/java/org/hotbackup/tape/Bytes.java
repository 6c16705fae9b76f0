package org.hotbackup.tape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for marks eight bytes at a time: a tape is all read by that. */
final class Bytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH = 0x80 * EACH;
    private static final int HIGH_BIT = 0x80;

    private Bytes() {}

    /**
     * Where the first byte is that is at least {@code stop}, taken as a number without sign.
     *
     * @param stop from 128 to 255
     * @return {@code to} if there is none
     */
    static int indexOf(int stop, byte[] bytes, int from, int to) {
        int at = from;
        // added to the seven low bits of a byte that is as large, it makes the eighth
        long toHighBit = (HIGH_BIT - (stop - HIGH_BIT)) * EACH;
        while (at + Long.BYTES <= to) {
            long eight = (long) LONGS.get(bytes, at);
            long found = (eight & ~HIGH) + toHighBit & eight & HIGH;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < to && (bytes[at] & 0xFF) < stop) {
            at++;
        }
        return at;
    }
}
