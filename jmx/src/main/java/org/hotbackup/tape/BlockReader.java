package org.hotbackup.tape;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;

/**
 * Reads an image block by block, as a tape unit does: every block of it, also what stands behind the end of the recorded
 * tape. Not thread-safe.
 */
public final class BlockReader {

    private final InputStream in;
    private final BlockFormat format;
    private final int reel;
    private long next;

    /**
     * Reads a stream from its present place, which is the beginning of a block.
     *
     * @param in the image; reads of any length, the owner closes it
     * @param format how its blocks are laid out
     * @param reel which reel it is, from 1, for messages
     */
    public BlockReader(InputStream in, BlockFormat format, int reel) {
        this(in, format, reel, 0);
    }

    /**
     * The same from a later place of an image.
     *
     * @param first the number of the block that is read first
     */
    public BlockReader(InputStream in, BlockFormat format, int reel, long first) {
        this.in = in;
        this.format = format;
        this.reel = reel;
        this.next = first;
    }

    /**
     * Finds out how an image is laid out and reads it from its beginning (docs/tape-format.md 1): from its label, even
     * behind filemarks, and without one from the link fields of a floppy. Reads no more of a pipe than it takes to see that.
     *
     * @throws TapeBroken if the stream is empty, does not look like a tape or cannot be read
     */
    public static BlockReader ofImage(InputStream in, int reel) {
        FormatProbe probe = new FormatProbe(in, reel);
        BlockFormat format = probe.format();
        return new BlockReader(probe.whole(), format, reel);
    }

    /**
     * Reads an image from its beginning in blocks whose layout somebody says.
     *
     * @throws TapeBroken if the image certainly has another, or cannot be read
     */
    public static BlockReader ofImage(InputStream in, int reel, BlockFormat given) {
        FormatProbe probe = new FormatProbe(in, reel);
        probe.refuseUnless(given);
        return new BlockReader(probe.whole(), given, reel);
    }

    /**
     * The next block; empty where the stream ends.
     *
     * @throws TapeBroken if the stream ends within a block, or cannot be read
     */
    public Optional<TapeBlock> read() {
        byte[] raw = new byte[format.size()];
        int length;
        try {
            length = in.readNBytes(raw, 0, raw.length);
        } catch (IOException e) {
            throw TapeBroken.of(e, MessageCode.TAPE_READ_FAILED, reel, next);
        }
        if (length == 0) {
            return Optional.empty();
        } else if (length < raw.length) {
            throw new TapeBroken(MessageCode.TAPE_BLOCK_CUT, reel, next, length, raw.length);
        }
        return Optional.of(new TapeBlock(format, raw, reel, next++));
    }

    /** How the blocks are laid out. */
    public BlockFormat format() {
        return format;
    }

    /** Which reel it is, from 1. */
    public int reel() {
        return reel;
    }

    /** The number of the block that is read next. */
    public long next() {
        return next;
    }
}
