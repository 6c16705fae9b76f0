package org.hotbackup.tape;

import org.hotbackup.model.Marks;

/**
 * The frames of a binary item, while they are read: a B record tells how many follow, each an OC record of 500 bytes in
 * hexadecimal digits (docs/tape-format.md 4). The exact length is a sixth attribute of the B record that this project adds
 * (docs/adr/0017); without it the last frame counts as a whole.
 */
final class Frames {

    /** The bytes of a frame. */
    static final int BYTES = 500;

    /** The length of an OC record as this project writes it: tag, four digits of the file's number, digits, marks. */
    static final int RECORD_BYTES = 2 + 1 + 4 + 1 + 2 * BYTES + 1;

    private static final byte[] TAG = {'O', 'C', Marks.ATTRIBUTE};
    private static final int COUNT = 2;
    private static final int EXACT = 5;
    private static final int UNKNOWN = -1;

    private final byte[] id;
    private final long number;
    private final int reel;
    private final long block;
    private final long count;
    private final long exact;
    private final boolean exactWrong;
    private final Segment body;
    private long read;
    private boolean broken;

    /**
     * Begins an item.
     *
     * @param attributes where those of the B record begin, behind the id
     */
    Frames(Segment record, long number, byte[] id, int attributes, int reel, long block) {
        this.number = number;
        this.id = id;
        this.reel = reel;
        this.block = block;
        this.count = attribute(record, attributes, COUNT);
        long stated = attribute(record, attributes, EXACT);
        boolean usable = stated > (count - 1) * BYTES && stated <= count * BYTES;
        this.exact = usable ? stated : UNKNOWN;
        this.exactWrong = stated >= 0 && !usable;
        this.body = new Segment(count * BYTES);
    }

    private static long attribute(Segment record, int from, int number) {
        int at = from;
        for (int i = 0; i < number; i++) {
            at = Math.min(record.length(), record.mark(at) + 1);
        }
        return record.hex(at, record.mark(at));
    }

    /** Whether a record is one of a frame. */
    static boolean isAt(Segment record, int at) {
        return record.length() >= at + TAG.length
                && record.get(at) == TAG[0]
                && record.get(at + 1) == TAG[1]
                && record.get(at + 2) == TAG[2];
    }

    /** Adds an OC record, which begins at a place. */
    void add(Segment record, int at) {
        read++;
        int from = record.mark(at + TAG.length) + 1;
        int to = record.length();
        while (to > from && record.get(to - 1) == Marks.ATTRIBUTE) {
            to--;
        }
        if (!isAt(record, at) || to - from != 2 * BYTES) {
            broken = true;
            return;
        }
        broken |= !record.decode(from, BYTES, body);
    }

    /** Whether the B record tells how many frames there are. */
    boolean isCounted() {
        return count >= 0;
    }

    /** Whether all frames are there. */
    boolean isWhole() {
        return read == count;
    }

    /** Whether a frame cannot be read. */
    boolean isBroken() {
        return broken;
    }

    /** Whether the B record states a length that does not go with the number of frames. */
    boolean isExactWrong() {
        return exactWrong;
    }

    ItemForm form() {
        return exact == UNKNOWN ? ItemForm.PADDED_FRAMES : ItemForm.FRAMES;
    }

    /** How many bytes the item has, more than are kept if it is too large. */
    long length() {
        return exact == UNKNOWN ? body.counted() : exact;
    }

    byte[] bytes() {
        return body.take((int) Math.min(body.length(), length()));
    }

    /** How far it is, for a message. */
    String progress() {
        return read + " of its " + count + " frames are there";
    }

    byte[] id() {
        return id;
    }

    /** The number of its file. */
    long file() {
        return number;
    }

    int reel() {
        return reel;
    }

    long block() {
        return block;
    }
}
