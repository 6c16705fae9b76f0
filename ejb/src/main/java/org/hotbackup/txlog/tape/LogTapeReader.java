package org.hotbackup.txlog.tape;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.Limits;
import org.hotbackup.tape.BlockReader;
import org.hotbackup.tape.LogTapeLayout;
import org.hotbackup.tape.TapeBlock;
import org.hotbackup.tape.TapeLabel;

/**
 * Reads a log tape record by record, from its label to the filemark behind it. Holds a block and the record that is put together,
 * which grows only by what is there. Reads no further than the block that a record ends in, so it can follow a tape that is
 * written meanwhile. Not thread-safe.
 */
public final class LogTapeReader {

    /** What a record may have: no unit of work has more than that, and none is believed that says so. */
    private static final long LONGEST = Limits.MAX_TRANSACTION_BYTES * 2L;

    private static final int FIRST_CAPACITY = 4096;

    private final BlockReader blocks;
    private String label = "";
    private byte[] data = new byte[0];
    private int at;
    private int end;
    private long number;
    private boolean continues;
    private boolean fresh;
    private boolean over;
    private boolean ended;
    private byte[] record = new byte[FIRST_CAPACITY];
    private int length;
    private long began;
    private byte[] origin = new byte[0];

    /**
     * Reads the label.
     *
     * @throws Refusal if it is no log tape, or cannot be read
     */
    public LogTapeReader(InputStream tape) {
        blocks = BlockReader.ofImage(tape, 1);
        readLabel();
    }

    /**
     * The same of a tape whose block size is known.
     *
     * @throws Refusal as {@link #LogTapeReader(InputStream)}
     */
    public LogTapeReader(InputStream tape, int blockSize) {
        blocks = new BlockReader(tape, LogTapeLayout.blocks(blockSize), 1);
        readLabel();
    }

    /**
     * Goes on behind a block of a tape.
     *
     * @param tape from the block that follows on
     * @param block the number of the block that was read last
     * @param rest what {@link #rest} was then
     */
    public LogTapeReader(InputStream tape, int blockSize, long block, byte[] rest) {
        blocks = new BlockReader(tape, LogTapeLayout.blocks(blockSize), 1, block + 1);
        data = rest.clone();
        end = data.length;
        number = block;
    }

    private void readLabel() {
        label = blocks.read()
                .flatMap(TapeLabel::in)
                .filter(LogTapeLayout::isLog)
                .map(TapeLabel::text)
                .orElseThrow(() -> new Refusal(MessageCode.LOG_TAPE_EXPECTED));
    }

    /** What the label says; empty if it was read before. */
    public String label() {
        return label;
    }

    /** How many bytes a block takes. */
    public int blockSize() {
        return blocks.format().size();
    }

    /** The number of the block that was read last. */
    public long block() {
        return number;
    }

    /** Whether nothing follows: it came to a filemark, or to the end of what there is. */
    public boolean isOver() {
        return over;
    }

    /**
     * What has to be known to go on behind the block that was read last: whose log it is, and what was read and not taken.
     * It grows with each block that goes on with a record which began in {@link #restBegan}, and is another one otherwise.
     */
    public byte[] rest() {
        byte[] rest = Arrays.copyOf(origin, origin.length + length + end - at);
        System.arraycopy(record, 0, rest, origin.length, length);
        System.arraycopy(data, at, rest, origin.length + length, end - at);
        return rest;
    }

    /** How often a record began before what {@link #rest} begins with. */
    public long restBegan() {
        return began;
    }

    /** Whether the tape was read to the filemark that ends it; if not, it was cut, or is written still. */
    public boolean ended() {
        return ended;
    }

    /** Whether some of a record was read whose rest is not there: the tape was cut in the middle of it. */
    public boolean isWithinRecord() {
        return length > 0;
    }

    /**
     * The next record; empty at the end of the tape.
     *
     * @throws Refusal if the tape is broken, with the block
     */
    public Optional<LogTapeRecord> read() {
        return read(() -> true);
    }

    /**
     * The same, but that it ends where another block would be read and is not to be: what was read of a record is kept for the
     * next call.
     *
     * @param more whether to read another block now
     */
    public Optional<LogTapeRecord> read(BooleanSupplier more) {
        while (true) {
            if (at == end && !(more.getAsBoolean() && nextBlock())) {
                return Optional.empty();
            }
            if (fresh && !continues && length > 0) {
                // its writer was killed in the middle of it, and wrote it again
                length = 0;
                began++;
            } else if (fresh && continues && length == 0) {
                throw LogTapeLayout.damaged(number, "it goes on with a record that has no beginning");
            }
            fresh = false;
            if (fill()) {
                return Optional.of(whole());
            }
        }
    }

    /** Takes bytes of the record out of the block; whether it is whole. */
    private boolean fill() {
        if (length < LogTapeLayout.RECORD_HEADER) {
            take(LogTapeLayout.RECORD_HEADER - length);
        }
        if (length < LogTapeLayout.RECORD_HEADER) {
            return false;
        }
        long wanted =
                (ByteBuffer.wrap(record).getInt(LogTapeLayout.LENGTH_AT) & 0xFFFFFFFFL) + LogTapeLayout.RECORD_HEADER;
        if (wanted > LONGEST) {
            throw LogTapeLayout.damaged(number, "a record of " + wanted + " bytes");
        }
        take(wanted - length);
        return length == wanted;
    }

    private void take(long most) {
        int taken = (int) Math.min(most, end - at);
        if (length + taken > record.length) {
            record = Arrays.copyOf(record, Math.max(length + taken, record.length * 2));
        }
        System.arraycopy(data, at, record, length, taken);
        length += taken;
        at += taken;
    }

    private LogTapeRecord whole() {
        byte[] body = Arrays.copyOfRange(record, LogTapeLayout.RECORD_HEADER, length);
        int checksum = ByteBuffer.wrap(record).getInt(LogTapeLayout.RECORD_CHECKSUM_AT);
        if (checksum != LogTapeRecordCodec.checksum(body, 0, body.length)) {
            throw LogTapeLayout.damaged(number, "the checksum of a record is wrong");
        }
        byte kind = record[0];
        if (kind == LogTapeLayout.ORIGIN) {
            origin = Arrays.copyOf(record, length);
        }
        length = 0;
        began++;
        record = new byte[FIRST_CAPACITY];
        return LogTapeRecordCodec.decode(kind, body, number);
    }

    private boolean nextBlock() {
        if (over) {
            return false;
        }
        Optional<TapeBlock> next = blocks.read();
        if (next.isEmpty() || next.get().kind() == TapeBlock.Kind.FILEMARK) {
            over = true;
            ended = next.isPresent();
            return false;
        }
        long expected = number + 1;
        number = next.get().number();
        open(LogTapeLayout.read(next.get(), expected));
        return true;
    }

    private void open(LogTapeLayout.Block block) {
        ByteBuffer records = block.records();
        data = records.array();
        at = records.position();
        end = records.limit();
        continues = block.continues();
        fresh = true;
    }
}
