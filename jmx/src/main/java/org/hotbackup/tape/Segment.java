package org.hotbackup.tape;

import java.util.Arrays;
import org.hotbackup.model.Limits;
import org.hotbackup.model.Marks;

/**
 * Bytes that are put together, up to the largest item and a little more; what comes above that is counted and not kept, so
 * that a broken tape takes no more memory than a good one.
 */
final class Segment {

    /** More than the head of any record. */
    private static final int HEAD_BYTES = 64 * 1024;

    private static final int MOST = Limits.MAX_ITEM_BYTES + HEAD_BYTES;
    private static final int FIRST = 8 * 1024;

    /** A buffer that became longer than this for one item is not kept for the next. */
    private static final int KEPT = 1024 * 1024;

    private byte[] bytes;
    private int length;
    private long counted;
    private byte last;

    Segment() {
        this(FIRST);
    }

    /** One that will get so many bytes, if that is true. */
    Segment(long expected) {
        bytes = new byte[(int) Math.max(0, Math.min(expected, HEAD_BYTES))];
    }

    void clear() {
        length = 0;
        counted = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST];
        }
    }

    void add(byte b) {
        if (room(1) == 1) {
            bytes[length++] = b;
        }
        counted++;
        last = b;
    }

    void add(byte[] from, int at, int count) {
        int kept = room(count);
        System.arraycopy(from, at, bytes, length, kept);
        length += kept;
        counted += count;
        last = count == 0 ? last : from[at + count - 1];
    }

    /** Adds so many bytes to another one, which stand here as hexadecimal digits from a place on; whether all of them are. */
    boolean decode(int from, int count, Segment to) {
        int kept = to.room(count);
        boolean digits = Hex.decode(bytes, from, kept, to.bytes, to.length);
        to.length += kept;
        to.counted += count;
        return digits;
    }

    /** Makes room, and says for how many of so many bytes there is some. */
    private int room(int count) {
        int kept = Math.min(count, MOST - length);
        if (length + kept > bytes.length) {
            bytes = Arrays.copyOf(bytes, larger(length + kept));
        }
        return kept;
    }

    /** Twice as much as there is; at once the most if little would be missing, for the last step is the one that costs. */
    private int larger(int needed) {
        int larger = Math.max(2 * bytes.length, needed);
        return larger >= Limits.MAX_ITEM_BYTES ? MOST : larger;
    }

    /** How many bytes are kept. */
    int length() {
        return length;
    }

    /** How many bytes there were. */
    long counted() {
        return counted;
    }

    /** Whether more bytes came than are kept. */
    boolean isCut() {
        return counted > length;
    }

    /** Whether this byte came last, kept or not; not if there was none. */
    boolean endsWith(byte b) {
        return counted > 0 && last == b;
    }

    byte get(int at) {
        return bytes[at];
    }

    /** Leaves out the last bytes. */
    void shorten(int by) {
        length -= by;
        counted -= by;
    }

    /** Where the next attribute mark is from here on; the length if there is none. */
    int mark(int from) {
        for (int i = from; i < length; i++) {
            if (bytes[i] == Marks.ATTRIBUTE) {
                return i;
            }
        }
        return length;
    }

    /** The first of its bytes; nothing is added to it any more. */
    byte[] take(int count) {
        return count == bytes.length ? bytes : copy(0, count);
    }

    byte[] copy(int from, int to) {
        return from >= to ? new byte[0] : Arrays.copyOfRange(bytes, from, to);
    }

    /** See {@link Hex#value}. */
    long hex(int from, int to) {
        return Hex.value(bytes, from, Math.min(to, length));
    }
}
