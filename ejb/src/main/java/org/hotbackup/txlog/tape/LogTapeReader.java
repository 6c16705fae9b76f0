package org.hotbackup.txlog.tape;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.model.Limits;
import org.hotbackup.tape.BlockReader;
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
    private final TapeLabel label;
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

    /**
     * Reads the label.
     *
     * @throws Refusal if it is no log tape, or cannot be read
     */
    public LogTapeReader(InputStream tape) {
        blocks = BlockReader.ofImage(tape, 1);
        label = blocks.read()
                .flatMap(TapeLabel::in)
                .filter(LogTapeLabel::is)
                .orElseThrow(() -> new Refusal(MessageCode.LOG_TAPE_EXPECTED));
    }

    /** What the label says. */
    public String label() {
        return label.text();
    }

    /** How many bytes a block takes. */
    public int blockSize() {
        return blocks.format().size();
    }

    /** The number of the block that was read last. */
    public long block() {
        return number;
    }

    /** Whether the tape was read to the filemark that ends it; if not, it was cut, or is written still. */
    public boolean ended() {
        return ended;
    }

    /** Whether some of a record was read whose rest is not there: the tape was cut in the middle of it. */
    public boolean isWithinRecord() {
        return length > 0;
    }

    /** Whether some of the block that was read last is still to be taken. */
    public boolean holdsMore() {
        return at < end;
    }

    /**
     * The next record; empty at the end of the tape.
     *
     * @throws Refusal if the tape is broken, with the block
     */
    public Optional<LogTapeRecord> read() {
        while (true) {
            if (at == end && !nextBlock()) {
                return Optional.empty();
            }
            if (fresh && !continues && length > 0) {
                // its writer was killed in the middle of it, and wrote it again
                length = 0;
            } else if (fresh && continues && length == 0) {
                throw LogTapeFormat.damaged(number, "it goes on with a record that has no beginning");
            }
            fresh = false;
            if (fill()) {
                return Optional.of(whole());
            }
        }
    }

    /** Takes bytes of the record out of the block; whether it is whole. */
    private boolean fill() {
        if (length < LogTapeFormat.RECORD_HEADER) {
            take(LogTapeFormat.RECORD_HEADER - length);
        }
        if (length < LogTapeFormat.RECORD_HEADER) {
            return false;
        }
        long wanted = (ByteBuffer.wrap(record).getInt(1) & 0xFFFFFFFFL) + LogTapeFormat.RECORD_HEADER;
        if (wanted > LONGEST) {
            throw LogTapeFormat.damaged(number, "a record of " + wanted + " bytes");
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
        byte[] body = Arrays.copyOfRange(record, LogTapeFormat.RECORD_HEADER, length);
        int checksum = ByteBuffer.wrap(record).getInt(1 + Integer.BYTES);
        if (checksum != LogTapeFormat.checksum(body, 0, body.length)) {
            throw LogTapeFormat.damaged(number, "the checksum of a record is wrong");
        }
        byte kind = record[0];
        length = 0;
        record = new byte[FIRST_CAPACITY];
        return LogTapeFormat.record(kind, body, number);
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
        open(next.get(), expected);
        return true;
    }

    private void open(TapeBlock block, long expected) {
        byte[] area = block.data();
        ByteBuffer in = ByteBuffer.wrap(area);
        if (block.kind() != TapeBlock.Kind.DATA
                || area.length <= LogTapeFormat.HEADER
                || in.get() != 'T'
                || in.get() != 'L') {
            throw LogTapeFormat.damaged(number, "it is no block of a log tape");
        }
        byte version = in.get();
        if (version != LogTapeFormat.VERSION) {
            throw LogTapeFormat.damaged(number, "its layout has version " + version + ", which is not known here");
        }
        boolean goesOn = in.get() != 0;
        int used = in.getShort() & 0xFFFF;
        long stated = in.getLong();
        if (used > area.length - LogTapeFormat.HEADER || in.getInt() != LogTapeFormat.checksum(area, used)) {
            throw LogTapeFormat.damaged(number, "its checksum is wrong");
        } else if (stated != expected) {
            throw LogTapeFormat.damaged(
                    number, "it is block " + stated + " of the tape, and block " + expected + " had to follow");
        }
        data = area;
        at = LogTapeFormat.HEADER;
        end = at + used;
        continues = goesOn;
        fresh = true;
    }
}
