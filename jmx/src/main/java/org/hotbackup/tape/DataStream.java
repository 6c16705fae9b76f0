package org.hotbackup.tape;

import java.util.Arrays;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;

/**
 * The data areas of one tape file as one stream of bytes, over blocks and reels. It ends at the filemark, or at a label
 * that begins the next tape file without one.
 */
final class DataStream {

    private static final int HEAD_BYTES = 3;

    private final Reels reels;
    private final Optional<TapeLabel> label;

    private final TapeProof proof;
    private Optional<TapeBlock> mark = Optional.empty();
    private byte[] raw = new byte[0];
    private int at;
    private TapeBlock block;
    private long blocks;
    private boolean over;
    private boolean complete;
    private boolean counting;

    /** The stream that begins with the next block of the reels. */
    DataStream(Reels reels, Optional<TapeLabel> label) {
        this.reels = reels;
        this.label = label;
        this.proof = new TapeProof(label);
    }

    /** The next byte, -1 at the end. */
    int read() {
        return at < raw.length || fill() ? raw[at++] & 0xFF : -1;
    }

    /** The byte that is read next, -1 at the end. */
    int peek() {
        return at < raw.length || fill() ? raw[at] & 0xFF : -1;
    }

    /** The first bytes of the data, which are not read by that; none if there is no data. */
    byte[] head() {
        return peek() < 0 ? new byte[0] : Arrays.copyOfRange(raw, at, at + HEAD_BYTES);
    }

    /** Appends bytes up to the first that is at least {@code stop}, which is not read; false if the stream ends before. */
    boolean copyUntil(int stop, Segment to) {
        while (at < raw.length || fill()) {
            int end = Bytes.indexOf(stop, raw, at, raw.length);
            to.add(raw, at, end - at);
            at = end;
            if (end < raw.length) {
                return true;
            }
        }
        return false;
    }

    /** Appends so many bytes, whatever they are; false if the stream ends before. */
    boolean copy(long count, Segment to) {
        counting = true;
        long left = count;
        while (left > 0 && (at < raw.length || fill())) {
            int step = (int) Math.min(left, raw.length - at);
            to.add(raw, at, step);
            at += step;
            left -= step;
        }
        counting = false;
        return left == 0;
    }

    /** The rest means nothing: the end record is read, so that the stream may end wherever it does. */
    void skipRest() {
        complete = true;
        do {
            at = raw.length;
        } while (fill());
    }

    private boolean fill() {
        while (!over) {
            switch (reels.next()) {
                case DATA -> {
                    TapeBlock next = reels.block();
                    if (next.isLabel() && !counting) {
                        reels.again();
                        over = true;
                    } else {
                        block = next;
                        raw = next.raw();
                        at = next.format().linkBytes();
                        proof.block(raw, at);
                        blocks++;
                        return true;
                    }
                }
                case FILEMARK -> {
                    mark = Optional.of(reels.block());
                    over = true;
                }
                case END -> over = true;
                case END_OF_REEL -> {
                    if (!reels.change(label, !complete, !complete)) {
                        if (!complete) {
                            throw new TapeBroken(MessageCode.TAPE_CUT, reels.reel(), reels.position(), name());
                        }
                        over = true;
                    }
                }
            }
        }
        raw = new byte[0];
        at = 0;
        return false;
    }

    /** That the stream has ended where more had to follow. */
    TapeBroken unended() {
        return new TapeBroken(
                MessageCode.TAPE_FILE_UNENDED, reels.reel(), reels.block().number(), name());
    }

    private String name() {
        return label.map(TapeLabel::text).orElse("");
    }

    /** The reel of the byte that was read last. */
    int reel() {
        return block == null ? reels.reel() : block.reel();
    }

    /** The block of the byte that was read last. */
    long block() {
        return block == null ? reels.position() : block.number();
    }

    /** The filemark that ends it, if that says how much was written. */
    Optional<TapeBlock> provingMark() {
        return mark.filter(TapeProof::isIn);
    }

    /** What is not as that filemark says; empty if all is. */
    Optional<String> changed() {
        return provingMark().flatMap(proof::differs);
    }

    /** How many blocks were read. */
    long blocks() {
        return blocks;
    }
}
