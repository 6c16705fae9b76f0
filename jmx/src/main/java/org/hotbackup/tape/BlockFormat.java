package org.hotbackup.tape;

import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * How the blocks of a tape image are laid out (docs/tape-format.md 1): all of one size, with or without a link field
 * before the data.
 *
 * @param linkBytes the length of the link field, 0 or {@value #LINK_BYTES}
 * @param dataBytes the length of the data area, which is what a label calls the block size
 */
public record BlockFormat(int linkBytes, int dataBytes) {

    /** The length of a link field. */
    static final int LINK_BYTES = 12;

    /** The smallest data area: a label fits into it. */
    static final int SMALLEST = 80;

    /** The largest data area, for a label has four hexadecimal digits for it. */
    static final int LARGEST = 0xFFFF;

    private static final int FLOPPY_BYTES = 500;

    /** Floppies, and pseudo-floppies: 512 bytes, 500 of them data. */
    public static final BlockFormat FLOPPY = new BlockFormat(LINK_BYTES, FLOPPY_BYTES);

    /**
     * Checks the sizes.
     *
     * @throws Refusal if there are no such blocks
     */
    public BlockFormat {
        if (dataBytes < SMALLEST || dataBytes > LARGEST || linkBytes != 0 && linkBytes != LINK_BYTES) {
            throw new Refusal(MessageCode.TAPE_BLOCK_SIZE_UNUSABLE, dataBytes);
        }
    }

    /**
     * The usual layout of a block size: {@link #FLOPPY} for 500, blocks without a link field for all others.
     *
     * @throws Refusal if there is no such block size
     */
    public static BlockFormat of(int blockSize) {
        return blockSize == FLOPPY_BYTES ? FLOPPY : new BlockFormat(0, blockSize);
    }

    /** How many bytes a block takes in an image. */
    public int size() {
        return linkBytes + dataBytes;
    }
}
