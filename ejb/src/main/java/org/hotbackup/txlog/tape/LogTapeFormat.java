package org.hotbackup.txlog.tape;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.tape.BlockFormat;
import org.hotbackup.txlog.LogEntry;

/**
 * The bytes of a log tape. All numbers are big endian; the first block is a label ({@code TLOG}, node, epoch and first LSN), two
 * filemarks stand at the end. Between them each block's data area is:
 *
 * <pre>
 *    0  2  'T' 'L'
 *    2  1  layout version, 1
 *    3  1  1 if it goes on with the record of the block before it, 0 if a record begins here
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
 *       entry:  LSN (8), previous LSN (8), committed at, epoch milliseconds (8), payload as {@code LogEntryCodec} writes it
 * </pre>
 */
final class LogTapeFormat {

    static final byte VERSION = 1;
    static final int HEADER = 18;
    static final int CHECKSUM_AT = 14;
    static final int RECORD_HEADER = 9;

    static final byte ORIGIN = 'S';

    private static final byte ENTRY = 'E';
    private static final int ENTRY_FIELDS = 3 * Long.BYTES;
    private static final int FLOPPY_BYTES = 512;

    private LogTapeFormat() {}

    /**
     * How blocks of a size are laid out: pseudo-floppies at 512 bytes, otherwise nothing but data.
     *
     * @throws Refusal if a log tape cannot have such blocks
     */
    static BlockFormat blocks(int blockSize) {
        return blockSize == FLOPPY_BYTES ? BlockFormat.FLOPPY : new BlockFormat(0, blockSize);
    }

    static byte[] bytes(LogTapeRecord record) {
        byte kind;
        byte[] body;
        if (record instanceof LogTapeRecord.Entry entry) {
            kind = ENTRY;
            body = body(entry.entry());
        } else {
            kind = ORIGIN;
            body = body((LogTapeRecord.Origin) record);
        }
        return ByteBuffer.allocate(RECORD_HEADER + body.length)
                .put(kind)
                .putInt(body.length)
                .putInt(checksum(body, 0, body.length))
                .put(body)
                .array();
    }

    private static byte[] body(LogEntry entry) {
        return ByteBuffer.allocate(ENTRY_FIELDS + entry.payload().length)
                .putLong(entry.lsn())
                .putLong(entry.previousLsn())
                .putLong(entry.committedAtMillis())
                .put(entry.payload())
                .array();
    }

    private static byte[] body(LogTapeRecord.Origin origin) {
        byte[][] texts = {utf8(origin.node()), utf8(origin.history()), utf8(origin.server())};
        int length = 2 * Long.BYTES;
        for (byte[] text : texts) {
            length += Short.BYTES + text.length;
        }
        ByteBuffer out =
                ByteBuffer.allocate(length).putLong(origin.previousLsn()).putLong(origin.epoch());
        for (byte[] text : texts) {
            out.putShort((short) text.length).put(text);
        }
        return out.array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The record that these bytes are, all but the header.
     *
     * @param kind what the header says it is
     * @param block where it ended, for the message
     * @throws Refusal if it is none that this version knows
     */
    static LogTapeRecord record(byte kind, byte[] body, long block) {
        ByteBuffer in = ByteBuffer.wrap(body);
        try {
            if (kind == ENTRY) {
                LogEntry entry = new LogEntry(in.getLong(), in.getLong(), in.getLong(), rest(in));
                if (entry.previousLsn() < 0 || entry.lsn() <= entry.previousLsn()) {
                    throw damaged(block, "LSN " + entry.lsn() + " cannot follow on LSN " + entry.previousLsn());
                }
                return new LogTapeRecord.Entry(entry);
            } else if (kind == ORIGIN) {
                long previousLsn = in.getLong();
                long epoch = in.getLong();
                return new LogTapeRecord.Origin(text(in), text(in), epoch, text(in), previousLsn);
            }
        } catch (BufferUnderflowException e) {
            throw damaged(block, "a record that ends too early");
        }
        throw damaged(block, "a record of kind " + (kind & 0xFF) + ", which this version does not know");
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[in.getShort() & 0xFFFF];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Of a data area: of its header before the checksum, and of its records. */
    static int checksum(byte[] data, int used) {
        CRC32C crc = new CRC32C();
        crc.update(data, 0, CHECKSUM_AT);
        crc.update(data, HEADER, used);
        return (int) crc.getValue();
    }

    static Refusal damaged(long block, String what) {
        return new Refusal(MessageCode.LOG_TAPE_DAMAGED, block, what);
    }
}
