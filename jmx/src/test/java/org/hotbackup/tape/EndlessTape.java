package org.hotbackup.tape;

import java.io.InputStream;
import java.util.Arrays;

/** A tape that is made while it is read: a label, a beginning, the same data again and again, and an end. */
final class EndlessTape extends InputStream {

    private static final int BLOCK = 512;
    private static final int AREA = 500;

    private final byte[] beginning;
    private final byte[] again;
    private final long times;
    private final byte[] end;
    private final long length;
    private final byte[] block = new byte[BLOCK];
    private long blocks;
    private int at = BLOCK;

    EndlessTape(String beginning, String again, long times, String end) {
        this.beginning = Fixture.text(beginning);
        this.again = Fixture.text(again);
        this.times = times;
        this.end = Fixture.text(end);
        this.length = this.beginning.length + this.again.length * times + this.end.length;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("a byte at a time would take for ever");
    }

    @Override
    public int read(byte[] to, int from, int count) {
        if (at == BLOCK && !next()) {
            return -1;
        }
        int step = Math.min(count, BLOCK - at);
        System.arraycopy(block, at, to, from, step);
        at += step;
        return step;
    }

    /** A label, the data, two filemarks. */
    private boolean next() {
        long dataBlocks = (length + AREA - 1) / AREA;
        Arrays.fill(block, (byte) 0);
        if (blocks == 0) {
            System.arraycopy(
                    Fixture.text("~L 01F4 00:57:14  04 JUL 1990 DATA acc" + " ".repeat(39) + "^01"),
                    0,
                    block,
                    BLOCK - AREA,
                    TapeLabel.BYTES);
        } else if (blocks <= dataBlocks) {
            for (int i = 0; i < AREA; i++) {
                block[BLOCK - AREA + i] = at((blocks - 1) * AREA + i);
            }
        } else if (blocks <= dataBlocks + 2) {
            System.arraycopy(TapeBlock.filemark(BlockFormat.FLOPPY), 0, block, 0, BLOCK);
        } else {
            return false;
        }
        blocks++;
        at = 0;
        return true;
    }

    /** Signs of number stand for the digits of how often it was there before. */
    private byte again(long place) {
        int in = (int) (place % again.length);
        if (again[in] != '#') {
            return again[in];
        }
        long digits = place / again.length;
        for (int i = in + 1; again[i] == '#'; i++) {
            digits /= 10;
        }
        return (byte) ('0' + digits % 10);
    }

    private byte at(long place) {
        long behind = place - beginning.length - again.length * times;
        if (place < beginning.length) {
            return beginning[(int) place];
        } else if (behind < 0) {
            return again(place - beginning.length);
        }
        return behind < end.length ? end[(int) behind] : (byte) ' ';
    }
}
