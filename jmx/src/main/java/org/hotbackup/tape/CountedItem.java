package org.hotbackup.tape;

import org.hotbackup.model.Marks;

/**
 * An item of AP whose bytes may be anything (docs/tape-format.md 4): {@code O} and the number of 1000-byte units, the
 * id, the bytes filled up with NUL, then {@code FF FF FF X FF 82}, their exact number and FF. Whether 82 is one byte or
 * two digits is not known for sure; both are taken.
 */
final class CountedItem {

    private static final int UNIT = 1000;
    private static final int SEGMENT = 0xFF;
    private static final int TAG = 0x82;
    private static final int[] TRAILER = {SEGMENT, SEGMENT, 'X', SEGMENT};

    private final DataStream in;
    private final Segment record;
    private final long units;
    private final int idFrom;
    private final int idEnd;
    private long exact = -1;

    /**
     * Begins where the head was read, up to the first FF.
     *
     * @param third where the O stands
     */
    CountedItem(DataStream in, Segment record, int third) {
        this.in = in;
        this.record = record;
        int unitsEnd = record.mark(third);
        this.units = record.hex(third + 1, unitsEnd);
        this.idFrom = Math.min(record.length(), unitsEnd + 1);
        this.idEnd = record.mark(idFrom);
    }

    /** Whether the head is whole. */
    boolean isUsable() {
        return units >= 0 && idEnd < record.length();
    }

    byte[] id() {
        return record.copy(idFrom, idEnd);
    }

    /** Reads the bytes and what follows them, and the segment mark of the next record. */
    void read() {
        long missing = filled() - (record.counted() - idEnd - 1);
        if (missing > 0) {
            record.add(Marks.SEGMENT);
            if (!in.copy(missing - 1, record)) {
                throw in.unended();
            }
            if (in.peek() != SEGMENT) {
                Segment rest = new Segment();
                if (!in.copyUntil(SEGMENT, rest)) {
                    throw in.unended();
                }
            }
            in.read();
        }
        for (int expected : TRAILER) {
            if (in.peek() != expected) {
                return;
            }
            in.read();
        }
        Segment number = new Segment();
        if (!in.copyUntil(SEGMENT, number)) {
            throw in.unended();
        }
        in.read();
        exact = exact(number);
    }

    private static long exact(Segment number) {
        int from = 0;
        int to = number.length();
        while (to > 0 && number.get(to - 1) == ' ') {
            to--;
        }
        from = blanks(number, from, to);
        if (from < to && (number.get(from) & 0xFF) == TAG) {
            from++;
        } else if (from + 1 < to && number.get(from) == '8' && number.get(from + 1) == '2') {
            from += 2;
        }
        return number.hex(blanks(number, from, to), to);
    }

    private static int blanks(Segment number, int from, int to) {
        int at = from;
        while (at < to && number.get(at) == ' ') {
            at++;
        }
        return at;
    }

    private long filled() {
        return units * UNIT;
    }

    /** Whether the exact number of bytes is told, and goes with the units. */
    boolean isExact() {
        return exact >= 0 && exact <= filled() && exact > filled() - UNIT;
    }

    /** How many bytes it has. */
    long length() {
        return isExact() ? exact : filled();
    }

    byte[] bytes() {
        return record.copy(idEnd + 1, (int) Math.min(record.length(), idEnd + 1 + length()));
    }
}
