package org.hotbackup.tape;

import java.util.Arrays;

/** Numbers and bytes as hexadecimal digits, upper case when written, either when read. */
final class Hex {

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };
    private static final int MOST_DIGITS = 8;

    /** What a byte is as a digit, -1 if it is none. */
    private static final byte[] VALUES = values();

    private Hex() {}

    private static byte[] values() {
        byte[] values = new byte[1 << Byte.SIZE];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = (byte) i;
            values[Character.toLowerCase(DIGITS[i])] = (byte) i;
        }
        return values;
    }

    /** The value of a digit, -1 of anything else. */
    static int digit(byte b) {
        return VALUES[b & 0xFF];
    }

    /** The number that one to eight digits are, -1 of anything else. */
    static long value(byte[] bytes, int from, int to) {
        if (to <= from || to - from > MOST_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = digit(bytes[i]);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /**
     * Reads bytes of two digits each.
     *
     * @return whether all of them were digits
     */
    static boolean decode(byte[] from, int at, int length, byte[] to, int toAt) {
        int all = 0;
        for (int i = 0; i < length; i++) {
            int both = VALUES[from[at + 2 * i] & 0xFF] << 4 | VALUES[from[at + 2 * i + 1] & 0xFF];
            to[toAt + i] = (byte) both;
            all |= both;
        }
        return all >= 0;
    }

    /** Writes a number with so many digits, its highest ones left out if it has more. */
    static void encode(long number, int digits, byte[] to, int toAt) {
        long left = number;
        for (int i = toAt + digits - 1; i >= toAt; i--) {
            to[i] = DIGITS[(int) left & 0xF];
            left >>>= 4;
        }
    }

    /** Writes bytes as two digits each. */
    static void encode(byte[] from, int at, int length, byte[] to, int toAt) {
        for (int i = 0; i < length; i++) {
            to[toAt + 2 * i] = DIGITS[from[at + i] >> 4 & 0xF];
            to[toAt + 2 * i + 1] = DIGITS[from[at + i] & 0xF];
        }
    }
}
