package org.hotbackup.replication;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.hotbackup.model.Limits;
import org.hotbackup.replication.BadFrameException.Fault;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Checked;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.HeartbeatReply;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Promoted;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.replication.Frame.StatisticsReply;
import org.hotbackup.replication.Frame.StatisticsRequest;
import org.hotbackup.replication.Frame.Upstream;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.CheckReport.Finding;
import org.hotbackup.verify.Difference;

/**
 * Frames as bytes of protocol version {@value #VERSION} and back; the layouts stand in PROTOCOL.md. Every length is
 * checked before room is made for it, and the checksum before anything is believed.
 */
public final class FrameCodec {

    /** The protocol version that is spoken here. */
    public static final int VERSION = 3;

    static final int HEADER = 20;
    static final int ENTRY_HEADER = 8 + 8 + 8 + 4;

    /** The longest frame: a largest transaction as a batch of its own, with room for its file paths and ids. */
    public static final int MAX_FRAME = Limits.MAX_TRANSACTION_BYTES + 64 * 1024 * 1024;

    private static final short MAGIC = 0x4842;
    private static final int CHECKSUM_AT = 16;

    private static final byte HELLO = 1;
    private static final byte POSITION_REPORT = 2;
    private static final byte BATCH = 3;
    private static final byte ACKNOWLEDGE = 4;
    private static final byte REFUSE = 5;
    private static final byte HEARTBEAT = 6;
    private static final byte HEARTBEAT_REPLY = 7;
    private static final byte STATISTICS_REQUEST = 8;
    private static final byte STATISTICS_REPLY = 9;
    private static final byte CHECKED = 10;
    private static final byte UPSTREAM = 11;
    private static final byte PROMOTED = 12;

    private static final Position NOWHERE = new Position("", 0, 0);

    /** A text of no bytes. */
    private static final int SMALLEST_TEXT = 4;

    /** An id and two sides, neither of which is there. */
    private static final int SMALLEST_DIFFERENCE = 4 + 1 + 1 + 1;

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
        FrameWriter out = new FrameWriter();
        if (frame instanceof Hello hello) {
            out.text(hello.server()).text(hello.nodeId()).text(hello.history()).number(hello.epoch());
            return finish(HELLO, conversation, out);
        } else if (frame instanceof Upstream upstream) {
            out.count(upstream.nodeIds().size());
            upstream.nodeIds().forEach(out::text);
            return finish(UPSTREAM, conversation, out);
        } else if (frame instanceof PositionReport report) {
            out.text(report.nodeId()).flag(report.position().isPresent());
            out.position(report.position().orElse(NOWHERE));
            return finish(POSITION_REPORT, conversation, out);
        } else if (frame instanceof Batch batch) {
            out.number(batch.firstTransaction()).count(batch.entries().size());
            batch.entries().forEach(out::entry);
            return finish(BATCH, conversation, out);
        } else if (frame instanceof Acknowledge acknowledge) {
            out.number(acknowledge.transaction()).number(acknowledge.lsn()).totals(acknowledge.totals());
            return finish(ACKNOWLEDGE, conversation, out);
        } else if (frame instanceof Refuse refuse) {
            return finish(REFUSE, conversation, out.text(refuse.messageId()).text(refuse.text()));
        } else if (frame instanceof Heartbeat heartbeat) {
            return finish(HEARTBEAT, conversation, out.number(heartbeat.lastTransaction()));
        } else if (frame instanceof HeartbeatReply reply) {
            out.number(reply.transaction()).number(reply.lsn()).totals(reply.totals());
            return finish(HEARTBEAT_REPLY, conversation, out);
        } else if (frame instanceof StatisticsRequest request) {
            return finish(STATISTICS_REQUEST, conversation, out.number(request.id()));
        } else if (frame instanceof Promoted promoted) {
            out.text(promoted.nodeId()).number(promoted.epoch()).position(promoted.position());
            return finish(PROMOTED, conversation, out);
        } else if (frame instanceof Checked checked) {
            return finish(CHECKED, conversation, out.report(checked.report()));
        }
        StatisticsReply reply = (StatisticsReply) frame;
        return finish(STATISTICS_REPLY, conversation, out.number(reply.id()).text(reply.text()));
    }

    /**
     * The frame that these bytes are.
     *
     * @throws BadFrameException if they are not exactly one frame of this version
     */
    public static Received decode(byte[] bytes) throws BadFrameException {
        if (bytes.length < HEADER) {
            throw new BadFrameException(Fault.LENGTH, "a frame of only " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getShort() != MAGIC) {
            throw new BadFrameException(Fault.NOT_A_FRAME, "not a frame of Hot Backup");
        }
        int version = in.get() & 0xFF;
        byte type = in.get();
        long conversation = in.getLong();
        if (version != VERSION) {
            throw new BadFrameException(Fault.UNKNOWN_VERSION, conversation, Integer.toString(version));
        }
        int length = in.getInt();
        if (length != bytes.length - HEADER || length > MAX_FRAME - HEADER) {
            throw new BadFrameException(
                    Fault.LENGTH, "a frame of " + bytes.length + " bytes that says its body has " + length);
        }
        if (in.getInt() != checksum(bytes)) {
            throw new BadFrameException(Fault.CHECKSUM, "the checksum of a frame is wrong");
        }
        FrameReader body = new FrameReader(in);
        Frame frame = frame(type, body);
        body.end();
        return new Received(conversation, frame);
    }

    private static Frame frame(byte type, FrameReader in) throws BadFrameException {
        return switch (type) {
            case HELLO -> new Hello(in.text(), in.text(), in.text(), in.epoch());
            case POSITION_REPORT -> new PositionReport(in.text(), position(in));
            case BATCH -> batch(in);
            case ACKNOWLEDGE -> new Acknowledge(in.number(), in.number(), in.totals());
            case REFUSE -> new Refuse(in.text(), in.text());
            case HEARTBEAT -> new Heartbeat(in.number());
            case HEARTBEAT_REPLY -> new HeartbeatReply(in.number(), in.number(), in.totals());
            case STATISTICS_REQUEST -> new StatisticsRequest(in.number());
            case STATISTICS_REPLY -> new StatisticsReply(in.number(), in.text());
            case CHECKED -> new Checked(report(in));
            case UPSTREAM -> upstream(in);
            case PROMOTED -> new Promoted(in.text(), in.epoch(), in.position());
            default -> throw new BadFrameException(Fault.UNKNOWN_TYPE, "unknown frame type " + type);
        };
    }

    private static Upstream upstream(FrameReader in) throws BadFrameException {
        List<String> nodeIds = new ArrayList<>();
        for (int left = in.count(SMALLEST_TEXT); left > 0; left--) {
            nodeIds.add(in.text());
        }
        return new Upstream(nodeIds);
    }

    private static Optional<Position> position(FrameReader in) throws BadFrameException {
        boolean present = in.flag();
        Position position = in.position();
        if (!present && !position.equals(NOWHERE)) {
            throw new BadFrameException(Fault.CONTENT, "a position that is there and not there");
        }
        return present ? Optional.of(position) : Optional.empty();
    }

    private static Batch batch(FrameReader in) throws BadFrameException {
        long firstTransaction = in.number();
        int count = in.count(ENTRY_HEADER);
        if (firstTransaction < 1 || count < 1) {
            throw new BadFrameException(
                    Fault.CONTENT, "a batch of " + count + " transactions from number " + firstTransaction);
        }
        List<LogEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(in.entry());
        }
        return new Batch(firstTransaction, entries);
    }

    private static CheckReport report(FrameReader in) throws BadFrameException {
        long number = in.number();
        Finding finding = finding(in.number());
        boolean more = in.flag();
        int count = in.count(SMALLEST_DIFFERENCE);
        if (count > CheckReport.MOST_DIFFERENCES) {
            throw new BadFrameException(Fault.CONTENT, "a report of " + count + " differences");
        }
        List<Difference> differences = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            differences.add(new Difference(in.id(), in.sum(), in.sum()));
        }
        return new CheckReport(number, finding, differences, more);
    }

    private static Finding finding(long code) throws BadFrameException {
        for (Finding finding : Finding.values()) {
            if (finding.code() == code) {
                return finding;
            }
        }
        throw new BadFrameException(Fault.CONTENT, "an unknown finding " + code);
    }

    private static byte[] finish(byte type, long conversation, FrameWriter body) {
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(HEADER, body.length()));
        out.putShort(MAGIC).put((byte) VERSION).put(type).putLong(conversation);
        out.putInt(body.length()).putInt(0);
        body.writeTo(out);
        return out.putInt(CHECKSUM_AT, checksum(out.array())).array();
    }

    /** Over the header before the checksum and everything after it. */
    private static int checksum(byte[] frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame, 0, CHECKSUM_AT);
        crc.update(frame, HEADER, frame.length - HEADER);
        return (int) crc.getValue();
    }
}
