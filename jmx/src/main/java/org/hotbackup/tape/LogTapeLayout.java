package org.hotbackup.tape;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * How the transaction log stands in the blocks of a tape (docs/adr/0019), for who writes it, applies it or checks it. The data area of
 * each block behind the label, numbers with their most significant byte first:
 *
 * <pre>
 *    0  2  'TL'
 *    2  1  the layout, 1
 *    3  1  1 if its first record is the rest of one that began before, otherwise 0
 *    4  2  bytes of records in it
 *    6  8  its number on the tape; the label is 0
 *   14  4  CRC-32C of all that stands before, and of the records
 *   18     records, then NUL to its end
 * </pre>
 *
 * Records follow one another without regard to blocks:
 *
 * <pre>
 *    1  'S' origin, 'E' entry
 *    4  length of what follows the checksum
 *    4  CRC-32C of that
 *       origin: previous LSN (8), epoch (8); node, history and server as length (2) and UTF-8
 *       entry:  LSN (8), previous LSN (8), committed at, epoch milliseconds (8), payload as a unit of work is written
 * </pre>
 */
public final class LogTapeLayout {

    /** What stands before the records of a block. */
    public static final int HEADER = 18;

    /** What stands before the body of a record. */
    public static final int RECORD_HEADER = 9;

    /** Where in that the length is. */
    public static final int LENGTH_AT = 1;

    /** And the checksum. */
    public static final int RECORD_CHECKSUM_AT = LENGTH_AT + Integer.BYTES;

    /** Kind of a record that says whose log follows. */
    public static final byte ORIGIN = 'S';

    /** Kind of a record that is an entry of the log. */
    public static final byte ENTRY = 'E';

    /** What the label of a log tape begins with. */
    public static final String LABEL = "TLOG ";

    private static final int FLOPPY_BYTES = 512;
    private static final byte LAYOUT = 1;
    private static final int LAYOUT_AT = 2;
    private static final int CONTINUES_AT = 3;
    private static final int USED_AT = 4;
    private static final int NUMBER_AT = USED_AT + Short.BYTES;
    private static final int CHECKSUM_AT = 14;

    private LogTapeLayout() {}

    /**
     * What a block holds.
     *
     * @param continues whether its first record is the rest of one that began before
     * @param records all of them; a buffer with an array
     */
    public record Block(boolean continues, ByteBuffer records) {}

    /**
     * How the blocks of a size are laid out: pseudo-floppies at 512 bytes, otherwise nothing but data.
     *
     * @throws Refusal if a log tape cannot have such blocks
     */
    public static BlockFormat blocks(int blockSize) {
        return blockSize == FLOPPY_BYTES ? BlockFormat.FLOPPY : new BlockFormat(0, blockSize);
    }

    /** Whether the transaction log follows on this label. */
    public static boolean isLog(TapeLabel label) {
        return label.text().startsWith(LABEL);
    }

    /** Whether a block is one of a log tape, of whatever number, and whole. */
    static boolean isWhole(TapeBlock block) {
        byte[] area = block.data();
        return isBlock(block) && area[LAYOUT_AT] == LAYOUT && isWhole(area);
    }

    private static boolean isBlock(TapeBlock block) {
        byte[] area = block.data();
        return block.kind() == TapeBlock.Kind.DATA && area.length > HEADER && area[0] == 'T' && area[1] == 'L';
    }

    private static boolean isWhole(byte[] area) {
        ByteBuffer in = ByteBuffer.wrap(area);
        int used = used(in);
        return used <= area.length - HEADER && in.getInt(CHECKSUM_AT) == checksum(area, used);
    }

    private static int used(ByteBuffer area) {
        return area.getShort(USED_AT) & 0xFFFF;
    }

    /**
     * Reads a block.
     *
     * @param expected its number on the tape
     * @throws Refusal if it is not that, whole and of a layout that is known here
     */
    public static Block read(TapeBlock block, long expected) {
        byte[] area = block.data();
        if (!isBlock(block)) {
            throw damaged(block.number(), "it is no block of a log tape");
        } else if (area[LAYOUT_AT] != LAYOUT) {
            throw damaged(block.number(), "its layout has version " + area[LAYOUT_AT] + ", which is not known here");
        } else if (!isWhole(area)) {
            throw damaged(block.number(), "its checksum is wrong");
        }
        ByteBuffer in = ByteBuffer.wrap(area);
        long stated = in.getLong(NUMBER_AT);
        if (stated != expected) {
            throw damaged(
                    block.number(), "it is block " + stated + " of the tape, and block " + expected + " had to follow");
        }
        return new Block(area[CONTINUES_AT] != 0, ByteBuffer.wrap(area, HEADER, used(in)));
    }

    /**
     * Writes what stands before the records.
     *
     * @param area a data area in which the records are
     * @param continues whether the first one is the rest of one that began before
     * @param used bytes of records
     * @param number of the block on the tape
     */
    public static void writeHeader(byte[] area, boolean continues, int used, long number) {
        ByteBuffer header = ByteBuffer.wrap(area)
                .put((byte) 'T')
                .put((byte) 'L')
                .put(LAYOUT)
                .put((byte) (continues ? 1 : 0))
                .putShort((short) used)
                .putLong(number);
        header.putInt(checksum(area, used));
    }

    private static int checksum(byte[] area, int used) {
        CRC32C crc = new CRC32C();
        crc.update(area, 0, CHECKSUM_AT);
        crc.update(area, HEADER, used);
        return (int) crc.getValue();
    }

    /**
     * A log tape that is not as it was written.
     *
     * @param block the number of the block, as it stands on the reel
     * @param what a clause
     */
    public static Refusal damaged(long block, String what) {
        return new Refusal(MessageCode.LOG_TAPE_DAMAGED, block, what);
    }
}
