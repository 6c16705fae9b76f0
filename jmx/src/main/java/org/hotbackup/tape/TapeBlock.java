package org.hotbackup.tape;

import java.util.Arrays;
import org.hotbackup.model.Marks;

/**
 * One block as it stands in an image, link field and all, so that it can be copied without a change. Immutable as long as
 * nobody writes into the bytes that were handed in.
 */
public final class TapeBlock {

    /** What a block is, by its first bytes alone. */
    public enum Kind {
        /** Ends a tape file; two in a row end the tape. */
        FILEMARK,
        /** Says that the tape goes on with the next reel. */
        END_OF_VOLUME,
        /** Begins a further reel; the label follows. */
        BEGIN_OF_VOLUME,
        /** Anything else, labels among them. */
        DATA
    }

    private static final int BLANK_LINK = 0x20202020;
    private static final int TAG_BYTES = 4;

    private final BlockFormat format;
    private final byte[] raw;
    private final int reel;
    private final long number;
    private final Kind kind;

    /**
     * The block that these bytes are; they are not copied.
     *
     * @param format how they are laid out
     * @param raw the whole block, {@link BlockFormat#size()} bytes
     * @param reel the reel on which it stands, from 1
     * @param number its place on the reel, from 0
     */
    public TapeBlock(BlockFormat format, byte[] raw, int reel, long number) {
        if (raw.length != format.size()) {
            throw new IllegalArgumentException("a block of " + format.size() + " bytes has not " + raw.length);
        }
        this.format = format;
        this.raw = raw;
        this.reel = reel;
        this.number = number;
        this.kind = kind(raw);
    }

    /** What bytes that begin a block make it. */
    private static Kind kind(byte[] raw) {
        if (raw[TAG_BYTES - 1] != Marks.SEGMENT || raw[1] != 'O') {
            return Kind.DATA;
        } else if (raw[0] == 'E' && raw[2] == 'F') {
            return Kind.FILEMARK;
        } else if (raw[0] == 'E' && raw[2] == 'V') {
            return Kind.END_OF_VOLUME;
        }
        return raw[0] == 'B' && raw[2] == 'V' ? Kind.BEGIN_OF_VOLUME : Kind.DATA;
    }

    /** A filemark of this layout: its tag, and NUL to the end. */
    public static byte[] filemark(BlockFormat format) {
        byte[] raw = new byte[format.size()];
        raw[0] = 'E';
        raw[1] = 'O';
        raw[2] = 'F';
        raw[TAG_BYTES - 1] = Marks.SEGMENT;
        return raw;
    }

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    /** Whether it is data that begins like a label. At another place than the beginning of a tape file no data does. */
    public boolean isLabel() {
        return kind == Kind.DATA && TapeLabel.isAt(raw, format.linkBytes());
    }

    /** Whether the link field, if there is one, is what data blocks have: NUL, or blanks as mvBase writes them. */
    boolean hasUsualLink() {
        if (kind != Kind.DATA || format.linkBytes() == 0) {
            return true;
        }
        int tag = raw[0] << 24 | (raw[1] & 0xFF) << 16 | (raw[2] & 0xFF) << 8 | raw[3] & 0xFF;
        return tag == 0 || tag == BLANK_LINK;
    }

    /** How it is laid out. */
    public BlockFormat format() {
        return format;
    }

    /** All its bytes, not copied: not to be written into. */
    public byte[] raw() {
        return raw;
    }

    /** The data area, in a copy. */
    public byte[] data() {
        return Arrays.copyOfRange(raw, format.linkBytes(), raw.length);
    }

    /** The reel on which it stands, from 1. */
    public int reel() {
        return reel;
    }

    /** Its place on the reel, from 0. */
    public long number() {
        return number;
    }

    /** Whether the data areas are the same. */
    boolean hasDataOf(TapeBlock other) {
        return Arrays.equals(
                raw, format.linkBytes(), raw.length, other.raw, other.format.linkBytes(), other.raw.length);
    }
}
