package org.hotbackup.replication;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.HeartbeatReply;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.replication.Frame.StatisticsReply;
import org.hotbackup.replication.Frame.StatisticsRequest;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.txlog.LogEntry;

/**
 * Frames as bytes of protocol version {@value #VERSION} and back; the layouts stand in PROTOCOL.md. Every length is
 * checked before room is made for it, and the checksum before anything is believed.
 */
public final class FrameCodec {

    /** The protocol version that is spoken here. */
    public static final int VERSION = 1;

    static final int HEADER = 20;
    private static final short MAGIC = 0x4842;
    private static final int CHECKSUM_AT = 16;
    private static final int ENTRY_HEADER = 8 + 8 + 8 + 4;
    private static final int MAX_TEXT = 64 * 1024;

    private static final byte HELLO = 1;
    private static final byte POSITION_REPORT = 2;
    private static final byte BATCH = 3;
    private static final byte ACKNOWLEDGE = 4;
    private static final byte REFUSE = 5;
    private static final byte HEARTBEAT = 6;
    private static final byte HEARTBEAT_REPLY = 7;
    private static final byte STATISTICS_REQUEST = 8;
    private static final byte STATISTICS_REPLY = 9;

    private FrameCodec() {}

    /**
     * A frame that arrived.
     *
     * @param conversation the conversation it belongs to
     * @param frame what it says
     */
    public record Received(long conversation, Frame frame) {}

    /** The frame as bytes. */
    public static byte[] encode(long conversation, Frame frame) {
        if (frame instanceof Hello hello) {
            return text(HELLO, conversation, hello.server(), hello.nodeId(), hello.history());
        } else if (frame instanceof PositionReport report) {
            return positionReport(conversation, report);
        } else if (frame instanceof Batch batch) {
            return batch(conversation, batch);
        } else if (frame instanceof Acknowledge acknowledge) {
            return numbers(
                    ACKNOWLEDGE,
                    conversation,
                    acknowledge.transaction(),
                    acknowledge.lsn(),
                    acknowledge.totals().applied(),
                    acknowledge.totals().lostAndFound());
        } else if (frame instanceof Refuse refuse) {
            return text(REFUSE, conversation, refuse.messageId(), refuse.text());
        } else if (frame instanceof Heartbeat) {
            return numbers(HEARTBEAT, conversation);
        } else if (frame instanceof HeartbeatReply reply) {
            return numbers(
                    HEARTBEAT_REPLY,
                    conversation,
                    reply.totals().applied(),
                    reply.totals().lostAndFound());
        } else if (frame instanceof StatisticsRequest request) {
            return numbers(STATISTICS_REQUEST, conversation, request.id());
        }
        StatisticsReply reply = (StatisticsReply) frame;
        byte[] text = utf8(reply.text());
        ByteBuffer out = begin(STATISTICS_REPLY, conversation, 8 + 4 + text.length);
        out.putLong(reply.id());
        putText(out, text);
        return end(out);
    }

    /**
     * The frame that these bytes are.
     *
     * @throws BadFrameException if they are not exactly one frame of this version
     */
    public static Received decode(byte[] bytes) throws BadFrameException {
        if (bytes.length < HEADER) {
            throw new BadFrameException("a frame of only " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getShort() != MAGIC) {
            throw new BadFrameException("not a frame of Hot Backup");
        }
        int version = in.get() & 0xFF;
        if (version != VERSION) {
            throw BadFrameException.unknownVersion(version);
        }
        byte type = in.get();
        long conversation = in.getLong();
        int length = in.getInt();
        if (length != bytes.length - HEADER) {
            throw new BadFrameException("a frame of " + bytes.length + " bytes that says it has " + length);
        }
        if (in.getInt() != checksum(bytes)) {
            throw new BadFrameException("the checksum is wrong");
        }
        try {
            Frame frame = frame(type, in);
            if (in.hasRemaining()) {
                throw new BadFrameException(in.remaining() + " bytes too many");
            }
            return new Received(conversation, frame);
        } catch (BufferUnderflowException e) {
            throw new BadFrameException("a frame of type " + type + " ends too early");
        }
    }

    private static Frame frame(byte type, ByteBuffer in) throws BadFrameException {
        return switch (type) {
            case HELLO -> new Hello(text(in), text(in), text(in));
            case POSITION_REPORT -> new PositionReport(text(in), position(in));
            case BATCH -> new Batch(in.getLong(), entries(in));
            case ACKNOWLEDGE -> new Acknowledge(in.getLong(), in.getLong(), totals(in));
            case REFUSE -> new Refuse(text(in), text(in));
            case HEARTBEAT -> new Heartbeat();
            case HEARTBEAT_REPLY -> new HeartbeatReply(totals(in));
            case STATISTICS_REQUEST -> new StatisticsRequest(in.getLong());
            case STATISTICS_REPLY -> new StatisticsReply(in.getLong(), text(in));
            default -> throw new BadFrameException("unknown frame type " + type);
        };
    }

    private static byte[] positionReport(long conversation, PositionReport report) {
        byte[] nodeId = utf8(report.nodeId());
        byte[] history = utf8(report.position().map(Position::history).orElse(""));
        ByteBuffer out = begin(POSITION_REPORT, conversation, 4 + nodeId.length + 1 + 4 + history.length + 16);
        putText(out, nodeId);
        out.put((byte) (report.position().isPresent() ? 1 : 0));
        putText(out, history);
        out.putLong(report.position().map(Position::transaction).orElse(0L));
        out.putLong(report.position().map(Position::lsn).orElse(0L));
        return end(out);
    }

    private static Optional<Position> position(ByteBuffer in) {
        boolean present = in.get() == 1;
        Position position = new Position(text(in), in.getLong(), in.getLong());
        return present ? Optional.of(position) : Optional.empty();
    }

    private static byte[] batch(long conversation, Batch batch) {
        long length = 8 + 4;
        for (LogEntry entry : batch.entries()) {
            length += ENTRY_HEADER + entry.payload().length;
        }
        ByteBuffer out = begin(BATCH, conversation, Math.toIntExact(length));
        out.putLong(batch.firstTransaction()).putInt(batch.entries().size());
        for (LogEntry entry : batch.entries()) {
            out.putLong(entry.lsn()).putLong(entry.previousLsn()).putLong(entry.committedAtMillis());
            out.putInt(entry.payload().length).put(entry.payload());
        }
        return end(out);
    }

    private static List<LogEntry> entries(ByteBuffer in) throws BadFrameException {
        int count = in.getInt();
        if (count < 1 || (long) count * ENTRY_HEADER > in.remaining()) {
            throw new BadFrameException("a batch of " + count + " transactions");
        }
        List<LogEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new LogEntry(in.getLong(), in.getLong(), in.getLong(), bytes(in, Integer.MAX_VALUE)));
        }
        return entries;
    }

    private static Totals totals(ByteBuffer in) {
        return new Totals(in.getLong(), in.getLong());
    }

    private static byte[] numbers(byte type, long conversation, long... numbers) {
        ByteBuffer out = begin(type, conversation, 8 * numbers.length);
        for (long number : numbers) {
            out.putLong(number);
        }
        return end(out);
    }

    private static byte[] text(byte type, long conversation, String... texts) {
        int length = 0;
        for (String text : texts) {
            length += 4 + utf8(text).length;
        }
        ByteBuffer out = begin(type, conversation, length);
        for (String text : texts) {
            putText(out, utf8(text));
        }
        return end(out);
    }

    private static ByteBuffer begin(byte type, long conversation, int length) {
        ByteBuffer out = ByteBuffer.allocate(HEADER + length);
        out.putShort(MAGIC).put((byte) VERSION).put(type).putLong(conversation).putInt(length);
        return out.putInt(0);
    }

    private static byte[] end(ByteBuffer out) {
        return out.putInt(CHECKSUM_AT, checksum(out.array())).array();
    }

    /** Over the header before the checksum and everything after it. */
    private static int checksum(byte[] frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame, 0, CHECKSUM_AT);
        crc.update(frame, HEADER, frame.length - HEADER);
        return (int) crc.getValue();
    }

    private static void putText(ByteBuffer out, byte[] text) {
        out.putInt(text.length).put(text);
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in, MAX_TEXT), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in, int most) {
        int length = in.getInt();
        if (length < 0 || length > most || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
