package org.hotbackup.txlog.tape;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.tape.LogTapeLayout;
import org.hotbackup.txlog.LogEntry;

/** The records of a log tape as bytes, see {@link LogTapeLayout}. */
final class LogTapeRecordCodec {

    private static final int ENTRY_FIELDS = 3 * Long.BYTES;

    private LogTapeRecordCodec() {}

    static byte[] encode(LogTapeRecord record) {
        byte kind;
        byte[] body;
        if (record instanceof LogTapeRecord.Entry entry) {
            kind = LogTapeLayout.ENTRY;
            body = body(entry.entry());
        } else {
            kind = LogTapeLayout.ORIGIN;
            body = body((LogTapeRecord.Origin) record);
        }
        return ByteBuffer.allocate(LogTapeLayout.RECORD_HEADER + body.length)
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
    static LogTapeRecord decode(byte kind, byte[] body, long block) {
        ByteBuffer in = ByteBuffer.wrap(body);
        try {
            if (kind == LogTapeLayout.ENTRY) {
                LogEntry entry = new LogEntry(in.getLong(), in.getLong(), in.getLong(), rest(in));
                if (entry.previousLsn() < 0 || entry.lsn() <= entry.previousLsn()) {
                    throw LogTapeLayout.damaged(
                            block, "LSN " + entry.lsn() + " cannot follow on LSN " + entry.previousLsn());
                }
                return new LogTapeRecord.Entry(entry);
            } else if (kind == LogTapeLayout.ORIGIN) {
                long previousLsn = in.getLong();
                long epoch = in.getLong();
                return new LogTapeRecord.Origin(text(in), text(in), epoch, text(in), previousLsn);
            }
        } catch (BufferUnderflowException e) {
            throw LogTapeLayout.damaged(block, "a record that ends too early");
        }
        throw LogTapeLayout.damaged(block, "a record of kind " + (kind & 0xFF) + ", which this version does not know");
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
}
