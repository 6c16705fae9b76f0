package org.hotbackup.txlog.tape;

import java.time.LocalDateTime;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.tape.BlockFormat;
import org.hotbackup.tape.LogTapeLayout;
import org.hotbackup.tape.TapeBlock;
import org.hotbackup.tape.TapeLabel;

/**
 * Puts records into the blocks of a log tape, one block at a time: whoever has room for a block asks for it. Holds one record and
 * one block. Not thread-safe.
 */
public final class LogTapeBlocks {

    private static final byte[] NOTHING = new byte[0];

    private final BlockFormat format;
    private final byte[] data;
    private int used;
    private boolean continues;
    private byte[] record = NOTHING;
    private int at;

    /**
     * Blocks of a tape; nothing is in the first one.
     *
     * @param blockSize bytes of a block, 512 for pseudo-floppies
     * @throws Refusal if a log tape cannot have such blocks
     */
    public LogTapeBlocks(int blockSize) {
        format = LogTapeLayout.blocks(blockSize);
        data = new byte[format.dataBytes()];
    }

    /** The label, the first block of a tape. */
    public byte[] label(LogTapeRecord.Origin origin, LocalDateTime now) {
        String text = LogTapeLabel.text(origin.node(), origin.epoch(), origin.previousLsn() + 1);
        byte[] block = new byte[format.size()];
        byte[] label = TapeLabel.of(format.dataBytes(), now, text, 1).bytes();
        System.arraycopy(label, 0, block, format.linkBytes(), label.length);
        return block;
    }

    /** A filemark; two end the tape. */
    public byte[] filemark() {
        return TapeBlock.filemark(format);
    }

    /** The record that follows on the one that is wholly in blocks. */
    public void begin(LogTapeRecord next) {
        if (!isBetweenRecords()) {
            throw new IllegalStateException("a record is under way");
        }
        record = LogTapeRecordCodec.encode(next);
        at = 0;
        put();
    }

    /** Whether all of the last record is in blocks, this one among them. */
    public boolean isBetweenRecords() {
        return at == record.length;
    }

    /** Whether the block has no room. */
    public boolean isFull() {
        return used == room();
    }

    /** Whether nothing is in the block. */
    public boolean isEmpty() {
        return used == 0;
    }

    /**
     * The block as it is, with what is in it; the next one begins, with the rest of the record.
     *
     * @param number its number on the tape
     */
    public byte[] take(long number) {
        LogTapeLayout.writeHeader(data, continues, used, number);
        byte[] block = new byte[format.size()];
        System.arraycopy(data, 0, block, format.linkBytes(), LogTapeLayout.HEADER + used);
        continues = !isBetweenRecords();
        used = 0;
        put();
        return block;
    }

    private int room() {
        return data.length - LogTapeLayout.HEADER;
    }

    private void put() {
        int length = Math.min(record.length - at, room() - used);
        System.arraycopy(record, at, data, LogTapeLayout.HEADER + used, length);
        at += length;
        used += length;
        if (isBetweenRecords()) {
            record = NOTHING;
            at = 0;
        }
    }
}
