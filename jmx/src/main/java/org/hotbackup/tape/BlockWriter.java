package org.hotbackup.tape;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;

/** Writes an image block by block. Nothing is buffered here: hand in a buffered stream, and flush it. Not thread-safe. */
public final class BlockWriter {

    private final OutputStream out;
    private final BlockFormat format;
    private final int reel;
    private long next;

    /**
     * Writes to a stream.
     *
     * @param out the image; the owner closes it
     * @param format how its blocks are laid out
     * @param reel which reel it is, from 1, for messages
     */
    public BlockWriter(OutputStream out, BlockFormat format, int reel) {
        this(out, format, reel, 0);
    }

    /**
     * The same at a later place of an image.
     *
     * @param first the number of the block that is written first
     */
    public BlockWriter(OutputStream out, BlockFormat format, int reel, long first) {
        this.out = out;
        this.format = format;
        this.reel = reel;
        this.next = first;
    }

    /**
     * Writes a block of data, a label for example, with an empty link field if there is one.
     *
     * @param data {@link BlockFormat#dataBytes()} bytes
     * @throws TapeBroken if it cannot be written
     */
    public void data(byte[] data) {
        byte[] raw = data;
        if (format.linkBytes() > 0) {
            raw = new byte[format.size()];
            System.arraycopy(data, 0, raw, format.linkBytes(), format.dataBytes());
        }
        write(new TapeBlock(format, raw, reel, next));
    }

    /**
     * Writes a filemark.
     *
     * @throws TapeBroken if it cannot be written
     */
    public void filemark() {
        filemark(new TapeProof(Optional.empty()));
    }

    /** The same behind a tape file. */
    void filemark(TapeProof proof) {
        byte[] mark = TapeBlock.filemark(format);
        proof.into(mark);
        write(new TapeBlock(format, mark, reel, next));
    }

    /**
     * Writes a block as it is, wherever it came from.
     *
     * @throws TapeBroken if it cannot be written
     */
    public void write(TapeBlock block) {
        try {
            out.write(block.raw());
        } catch (IOException e) {
            throw TapeBroken.of(e, MessageCode.TAPE_WRITE_FAILED, reel, next);
        }
        next++;
    }

    /** Hands everything on. */
    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw TapeBroken.of(e, MessageCode.TAPE_WRITE_FAILED, reel, next);
        }
    }

    /** How the blocks are laid out. */
    public BlockFormat format() {
        return format;
    }

    /** The number of the block that is written next, so how many there are. */
    public long next() {
        return next;
    }
}
