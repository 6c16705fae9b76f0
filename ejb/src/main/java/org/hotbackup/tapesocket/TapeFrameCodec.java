package org.hotbackup.tapesocket;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.hotbackup.tapesocket.TapeFrame.Blocks;
import org.hotbackup.tapesocket.TapeFrame.Check;
import org.hotbackup.tapesocket.TapeFrame.CheckReply;
import org.hotbackup.tapesocket.TapeFrame.End;
import org.hotbackup.tapesocket.TapeFrame.Heartbeat;
import org.hotbackup.tapesocket.TapeFrame.Hello;
import org.hotbackup.tapesocket.TapeFrame.Ready;
import org.hotbackup.tapesocket.TapeFrame.Refuse;
import org.hotbackup.tapesocket.TapeFrame.Shutdown;
import org.hotbackup.tapesocket.TapeFrame.ShuttingDown;
import org.hotbackup.tapesocket.TapeFrame.Written;

/**
 * Frames of the tape-socket servers as bytes and back; the layouts stand in TAPE-PROTOCOL.md. Every length is checked before
 * room is made for it. A checksum over header and fields is checked before anything is believed, and each block of a tape has
 * one of its own.
 */
public final class TapeFrameCodec {

    /** The protocol version that is spoken here. */
    public static final int VERSION = 2;

    /** The least bytes of a block, as the tape verbs have it. */
    public static final int LEAST_BLOCK = 20;

    /** The most bytes of a block. */
    public static final int MOST_BLOCK = 64 << 10;

    /** The most bytes of blocks in one frame. */
    static final int MOST_DATA = 256 << 10;

    static final int HEADER = 20;

    private static final short MAGIC = 0x5453;
    private static final int CHECKSUM_AT = 16;
    private static final int LONGEST_TEXT = 4 << 10;
    private static final int BLOCKS_FIELDS = 8 + 4 + 4;

    private static final byte HELLO = 1;
    private static final byte READY = 2;
    private static final byte BLOCKS = 3;
    private static final byte END = 4;
    private static final byte WRITTEN = 5;
    private static final byte HEARTBEAT = 6;
    private static final byte REFUSE = 7;
    private static final byte SHUTDOWN = 8;
    private static final byte SHUTTING_DOWN = 9;
    private static final byte CHECK = 10;
    private static final byte CHECK_REPLY = 11;

    private TapeFrameCodec() {}

    /**
     * A frame that arrived.
     *
     * @param conversation the conversation it belongs to
     * @param frame what it says
     */
    public record Received(long conversation, TapeFrame frame) {}

    /** The frame as bytes. */
    public static byte[] encode(long conversation, TapeFrame frame) {
        if (frame instanceof Blocks blocks) {
            return blocks(conversation, blocks);
        }
        Fields fields = new Fields();
        byte type = write(frame, fields);
        byte[] body = fields.bytes();
        ByteBuffer out = header(type, conversation, body.length).put(body);
        return sealed(out, out.capacity());
    }

    private static byte write(TapeFrame frame, Fields out) {
        if (frame instanceof Hello hello) {
            out.text(hello.server()).text(hello.nodeId()).number(hello.tape());
            out.number(hello.blockSize()).number(hello.firstBlock()).number(hello.clockMillis());
            return HELLO;
        } else if (frame instanceof Ready ready) {
            out.text(ready.server()).text(ready.nodeId()).number(ready.received());
            out.number(ready.written()).flag(ready.ended());
            out.number(ready.callerClockMillis()).number(ready.clockMillis());
            return READY;
        } else if (frame instanceof End end) {
            out.number(end.blocks()).number(end.bytes());
            return END;
        } else if (frame instanceof Written written) {
            out.number(written.blocks()).flag(written.ended());
            return WRITTEN;
        } else if (frame instanceof Heartbeat heartbeat) {
            out.number(heartbeat.lastBlock());
            return HEARTBEAT;
        } else if (frame instanceof Refuse refuse) {
            out.text(refuse.messageId()).text(refuse.text());
            return REFUSE;
        } else if (frame instanceof Shutdown) {
            return SHUTDOWN;
        } else if (frame instanceof ShuttingDown) {
            return SHUTTING_DOWN;
        } else if (frame instanceof Check) {
            return CHECK;
        }
        out.text(((CheckReply) frame).text());
        return CHECK_REPLY;
    }

    private static byte[] blocks(long conversation, Blocks blocks) {
        int fields = BLOCKS_FIELDS + blocks.count() * Integer.BYTES;
        int length = blocks.data().remaining();
        ByteBuffer out = header(BLOCKS, conversation, fields + length);
        out.putLong(blocks.first()).putInt(blocks.blockSize()).putInt(blocks.count());
        int data = HEADER + fields;
        // from here on the copy counts: it is in the processor's cache, and nothing can change between it and its
        // checksum
        out.duplicate().position(data).put(blocks.data().duplicate());
        for (int from = 0; from < length; from += blocks.blockSize()) {
            out.putInt(checksum(out.array(), data + from, Math.min(blocks.blockSize(), length - from)));
        }
        return sealed(out, data);
    }

    private static ByteBuffer header(byte type, long conversation, int length) {
        return ByteBuffer.allocate(HEADER + length)
                .putShort(MAGIC)
                .put((byte) VERSION)
                .put(type)
                .putLong(conversation)
                .putInt(length)
                .putInt(0);
    }

    private static byte[] sealed(ByteBuffer out, int covered) {
        return out.putInt(CHECKSUM_AT, headerChecksum(out.array(), covered)).array();
    }

    /** Over the header before the checksum, and what follows it up to there. */
    private static int headerChecksum(byte[] frame, int covered) {
        CRC32C crc = new CRC32C();
        crc.update(frame, 0, CHECKSUM_AT);
        crc.update(frame, HEADER, covered - HEADER);
        return (int) crc.getValue();
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /**
     * The frame that these bytes are.
     *
     * @throws BadTapeFrameException if they are not exactly one frame of this version
     */
    public static Received decode(byte[] bytes) throws BadTapeFrameException {
        if (bytes.length < HEADER) {
            throw new BadTapeFrameException("a frame of only " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.getShort() != MAGIC) {
            throw new BadTapeFrameException("not a frame of tape-socket");
        }
        int version = in.get() & 0xFF;
        byte type = in.get();
        long conversation = in.getLong();
        if (version != VERSION) {
            throw new BadTapeFrameException(version, conversation, "a frame of protocol version " + version);
        }
        int length = in.getInt();
        if (length != bytes.length - HEADER) {
            throw new BadTapeFrameException("a frame of " + bytes.length + " bytes that says its body has " + length);
        }
        int checksum = in.getInt();
        int covered = type == BLOCKS ? HEADER + blocksFields(in) : bytes.length;
        if (checksum != headerChecksum(bytes, covered)) {
            throw new BadTapeFrameException("the checksum of a frame is wrong");
        }
        try {
            TapeFrame frame = frame(type, in);
            if (in.hasRemaining()) {
                throw new BadTapeFrameException(in.remaining() + " bytes after the end of a frame");
            }
            return new Received(conversation, frame);
        } catch (BufferUnderflowException e) {
            throw new BadTapeFrameException("a frame that ends too early");
        }
    }

    /** How many bytes of the body are fields: numbers and checksums of blocks. */
    private static int blocksFields(ByteBuffer in) throws BadTapeFrameException {
        int at = in.position();
        if (in.remaining() < BLOCKS_FIELDS) {
            throw new BadTapeFrameException("a frame that ends too early");
        }
        int size = in.getInt(at + 8);
        int count = in.getInt(at + 12);
        long data = in.remaining() - BLOCKS_FIELDS - (long) count * Integer.BYTES;
        boolean usable = size >= LEAST_BLOCK && size <= MOST_BLOCK && count >= 1 && data >= 1 && data <= MOST_DATA;
        if (!usable || (data + size - 1) / size != count) {
            throw new BadTapeFrameException(
                    count + " blocks of " + size + " bytes in a frame of " + in.limit() + " bytes");
        }
        return BLOCKS_FIELDS + count * Integer.BYTES;
    }

    private static TapeFrame frame(byte type, ByteBuffer in) throws BadTapeFrameException {
        return switch (type) {
            case HELLO -> hello(in);
            case READY -> ready(in);
            case BLOCKS -> blocks(in);
            case END -> new End(number(in), number(in));
            case WRITTEN -> new Written(number(in), flag(in));
            case HEARTBEAT -> new Heartbeat(number(in));
            case REFUSE -> new Refuse(text(in), text(in));
            case SHUTDOWN -> new Shutdown();
            case SHUTTING_DOWN -> new ShuttingDown();
            case CHECK -> new Check();
            case CHECK_REPLY -> new CheckReply(text(in));
            default -> throw new BadTapeFrameException("unknown frame type " + type);
        };
    }

    private static Hello hello(ByteBuffer in) throws BadTapeFrameException {
        Hello hello = new Hello(
                text(in), text(in), number(in), (int) Math.min(number(in), Integer.MAX_VALUE), number(in), number(in));
        if (hello.tape() == 0
                || hello.firstBlock() < 1
                || hello.blockSize() < LEAST_BLOCK
                || hello.blockSize() > MOST_BLOCK) {
            throw new BadTapeFrameException("block " + hello.firstBlock() + " of " + hello.blockSize() + " bytes");
        }
        return hello;
    }

    private static Ready ready(ByteBuffer in) throws BadTapeFrameException {
        Ready ready = new Ready(text(in), text(in), number(in), number(in), flag(in), number(in), number(in));
        if (ready.written() > ready.received()) {
            throw new BadTapeFrameException("more blocks written than received");
        }
        return ready;
    }

    private static Blocks blocks(ByteBuffer in) throws BadTapeFrameException {
        long first = in.getLong();
        int size = in.getInt();
        int[] checksums = new int[in.getInt()];
        in.asIntBuffer().get(checksums);
        in.position(in.position() + checksums.length * Integer.BYTES);
        ByteBuffer data = in.slice();
        int at = in.arrayOffset() + in.position();
        in.position(in.limit());
        if (first < 1 || first > Long.MAX_VALUE / MOST_BLOCK) {
            throw new BadTapeFrameException("a block number " + first);
        }
        for (int i = 0; i < checksums.length; i++) {
            int from = i * size;
            if (checksums[i] != checksum(in.array(), at + from, Math.min(size, data.remaining() - from))) {
                throw new BadTapeFrameException("block " + (first + i) + " is damaged");
            }
        }
        return new Blocks(first, size, data);
    }

    private static long number(ByteBuffer in) throws BadTapeFrameException {
        long number = in.getLong();
        if (number < 0) {
            throw new BadTapeFrameException("a negative number");
        }
        return number;
    }

    private static boolean flag(ByteBuffer in) throws BadTapeFrameException {
        byte flag = in.get();
        if (flag != 0 && flag != 1) {
            throw new BadTapeFrameException("a flag of " + flag);
        }
        return flag == 1;
    }

    private static String text(ByteBuffer in) throws BadTapeFrameException {
        int length = in.getInt();
        if (length < 0 || length > LONGEST_TEXT || length > in.remaining()) {
            throw new BadTapeFrameException("a text of " + length + " bytes");
        }
        byte[] utf8 = new byte[length];
        in.get(utf8);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadTapeFrameException("a text that is not UTF-8");
        }
    }

    /** Collects fields. */
    private static final class Fields {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Fields number(long number) {
            out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            return this;
        }

        Fields flag(boolean flag) {
            out.write(flag ? 1 : 0);
            return this;
        }

        /** A text that is too long is cut, between two characters. */
        Fields text(String text) {
            byte[] utf8 =
                    text.substring(0, Math.min(text.length(), LONGEST_TEXT / 4)).getBytes(StandardCharsets.UTF_8);
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
            out.writeBytes(utf8);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
