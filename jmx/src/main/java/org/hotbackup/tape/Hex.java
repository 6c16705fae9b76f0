package org.hotbackup.tape;

/** Numbers and bytes as hexadecimal digits, upper case when written, either when read. */
final class Hex {

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
    };
    private static final int MOST_DIGITS = 8;

    private Hex() {}

    /** The value of a digit, -1 of anything else. */
    static int digit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        } else if (b >= 'A' && b <= 'F') {
            return b - 'A' + 10;
        }
        return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
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

    /** Writes bytes as two digits each. */
    static void encode(byte[] from, int at, int length, byte[] to, int toAt) {
        for (int i = 0; i < length; i++) {
            to[toAt + 2 * i] = DIGITS[from[at + i] >> 4 & 0xF];
            to[toAt + 2 * i + 1] = DIGITS[from[at + i] & 0xF];
        }
    }
}
