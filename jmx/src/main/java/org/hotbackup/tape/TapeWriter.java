package org.hotbackup.tape;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;

/**
 * Writes tape files: a label, a stream of bytes cut into blocks, a filemark; at the end of the tape a second filemark. Where
 * a reel is full it goes on with the next, whose label follows and whose first block repeats the last one
 * (docs/tape-format.md 5). Not thread-safe.
 */
public final class TapeWriter implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** What always finds room on a reel: two filemarks. */
    private static final int RESERVE = 2;

    /** How many blocks a reel has at least: a label, a repeated block, one with something new, and two filemarks. */
    public static final int SHORTEST_REEL = RESERVE + 3;

    private final ReelTarget target;
    private final BlockFormat format;
    private final long blocksPerReel;
    private final LocalDateTime time;
    private final int firstReel;
    private final long first;
    private final byte[] data;

    private int used;
    private byte[] last;
    private Optional<TapeLabel> label = Optional.empty();
    private TapeProof proof = new TapeProof(Optional.empty());
    private boolean withinFile;
    private int reel;
    private BlockWriter writer;
    private boolean closed;

    /** A tape of one reel, without an end to it. */
    public TapeWriter(OutputStream out, BlockFormat format, LocalDateTime time) {
        this(number -> out, format, Long.MAX_VALUE, time);
    }

    /**
     * A tape.
     *
     * @param target gives the reels
     * @param format how blocks are laid out
     * @param blocksPerReel how many blocks a reel takes, filemarks counted; at least 5
     * @param time what the labels say
     * @throws TapeBroken if the first reel cannot be had
     */
    public TapeWriter(ReelTarget target, BlockFormat format, long blocksPerReel, LocalDateTime time) {
        this(target, format, blocksPerReel, 1, 0, time);
    }

    /**
     * The same, behind what is on the tape already.
     *
     * @param reel the reel that is written first
     * @param first the number of the block on it that is written first, behind a filemark unless it is 0
     */
    public TapeWriter(
            ReelTarget target, BlockFormat format, long blocksPerReel, int reel, long first, LocalDateTime time) {
        if (blocksPerReel < SHORTEST_REEL) {
            throw new IllegalArgumentException("a reel has at least " + SHORTEST_REEL + " blocks");
        }
        this.reel = reel;
        this.firstReel = reel;
        this.target = target;
        this.format = format;
        this.blocksPerReel = blocksPerReel;
        this.time = time;
        this.first = first;
        this.data = new byte[format.dataBytes()];
        open();
    }

    private void open() {
        try {
            long from = reel == firstReel ? first : 0;
            writer = new BlockWriter(new BufferedOutputStream(target.reel(reel), BUFFER_BYTES), format, reel, from);
        } catch (IOException e) {
            throw TapeBroken.of(e, MessageCode.TAPE_WRITE_FAILED, reel, 0);
        }
    }

    /** Begins a tape file with a label. */
    public void label(String text) {
        if (writer.next() + 1 >= blocksPerReel - RESERVE) {
            nextReel();
        }
        label = Optional.of(TapeLabel.of(format.dataBytes(), time, text, reel));
        proof = new TapeProof(label);
        writeLabel();
        withinFile = false;
    }

    private void writeLabel() {
        writer.data(Arrays.copyOf(label.orElseThrow().bytes(), format.dataBytes()));
    }

    /** Appends bytes to the tape file. */
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    /** Appends bytes to the tape file. */
    public void write(byte[] bytes, int from, int count) {
        int at = from;
        int left = count;
        while (left > 0) {
            int step = Math.min(left, data.length - used);
            System.arraycopy(bytes, at, data, used, step);
            used += step;
            at += step;
            left -= step;
            if (used == data.length) {
                writeBlock();
            }
        }
    }

    /** Appends a byte to the tape file. */
    public void write(byte b) {
        data[used++] = b;
        if (used == data.length) {
            writeBlock();
        }
    }

    private void writeBlock() {
        if (writer.next() >= blocksPerReel - RESERVE) {
            byte[] repeated = last;
            boolean goesOn = withinFile;
            nextReel();
            if (label.isPresent()) {
                label = Optional.of(label.get().onReel(reel));
                writeLabel();
            }
            if (goesOn) {
                writer.data(repeated);
            }
        }
        last = data.clone();
        withinFile = true;
        writer.data(last);
        proof.block(last, 0);
        used = 0;
    }

    private void nextReel() {
        writer.flush();
        reel++;
        open();
    }

    /**
     * Ends the tape file: the rest of its last block is filled, and a filemark follows.
     *
     * @param fill with what
     */
    public void endFile(byte fill) {
        if (used > 0) {
            Arrays.fill(data, used, data.length, fill);
            writeBlock();
        }
        filemark();
    }

    /** Writes a filemark; behind a tape file with the proof of that. */
    public void filemark() {
        writer.filemark(proof);
        proof = new TapeProof(Optional.empty());
        writer.flush();
        withinFile = false;
    }

    /** Which reel is being written, from 1. */
    public int reel() {
        return reel;
    }

    /** The block on it that is written next, from 0. */
    public long block() {
        return writer.next();
    }

    /** Ends the tape with its second filemark. The streams of the reels stay open. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            filemark();
        }
    }
}
