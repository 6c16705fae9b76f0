package org.hotbackup.tape;

/**
 * The head that records of items share (docs/tape-format.md 4): a letter with the file's number, the group's frame, and
 * the count of the rest before the id.
 */
final class RecordHead {

    private static final int COUNT_DIGITS = 4;
    private static final int COUNT_RANGE = 0x10000;

    private final Segment record;
    private final int third;
    private final int idEnd;
    private final long number;

    RecordHead(Segment record) {
        this.record = record;
        int first = record.mark(0);
        this.number = record.hex(1, first);
        this.third = Math.min(record.length(), record.mark(first + 1) + 1);
        this.idEnd = record.mark(third);
    }

    /** Whether it is one: a file's number, and three fields at least. */
    boolean isUsable() {
        return number >= 0 && idEnd < record.length();
    }

    /** The number of the file. */
    long number() {
        return number;
    }

    /** Where the third field begins: the count, or a letter for another form of item. */
    int third() {
        return third;
    }

    /** Whether the third field begins with a count. */
    boolean hasCount() {
        return record.hex(third, Math.min(third + COUNT_DIGITS, idEnd)) >= 0 && idEnd - third >= COUNT_DIGITS;
    }

    /** How many bytes the count says that there are, itself and the last mark included; modulo 65536. */
    long count() {
        return record.hex(third, third + COUNT_DIGITS);
    }

    /** Whether the count is right for a record of which so many bytes do not count. */
    boolean isCountRight(int surplus) {
        return hasCount() && count() == (record.counted() - third - surplus) % COUNT_RANGE;
    }

    /** The id, behind the count. */
    byte[] id() {
        return record.copy(Math.min(third + COUNT_DIGITS, idEnd), idEnd);
    }

    /** Where the attributes begin. */
    int attributes() {
        return idEnd + 1;
    }
}
