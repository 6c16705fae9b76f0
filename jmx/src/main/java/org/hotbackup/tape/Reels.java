package org.hotbackup.tape;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;

/**
 * The blocks of a tape of one or several reels, in order, up to the end of what is recorded: neither what stands behind two
 * filemarks nor the labels, repeated blocks and tags of a reel change come out.
 */
final class Reels implements AutoCloseable {

    /** What comes next. */
    enum Next {
        /** A block of data, maybe a label. */
        DATA,
        /** A filemark. */
        FILEMARK,
        /** Two filemarks: nothing more is recorded. */
        END,
        /** The image is over and there are not two filemarks. */
        END_OF_REEL
    }

    /** Labels count reels with two digits. */
    private static final int MOST_REELS = 100;

    private final ReelSource source;
    private final Optional<BlockFormat> given;
    private final TapeHandler handler;
    private final int firstReel;
    private final long first;

    private InputStream in;
    private BlockReader reader;
    private TapeBlock block;
    private final Deque<TapeBlock> pushed = new ArrayDeque<>();
    private TapeBlock lastData;
    private boolean atMark;
    private boolean ended;
    private boolean strangeLinkSeen;

    Reels(ReelSource source, Optional<BlockFormat> given, int firstReel, long first, TapeHandler handler) {
        this.source = source;
        this.given = given;
        this.firstReel = firstReel;
        this.first = first;
        this.handler = handler;
        if (!open(firstReel, true)) {
            throw new TapeBroken(MessageCode.TAPE_EMPTY, firstReel, 0);
        }
    }

    private boolean open(int number, boolean needed) {
        try {
            Optional<InputStream> reel = source.reel(number, needed);
            if (reel.isEmpty()) {
                return false;
            }
            close();
            in = reel.get();
        } catch (IOException e) {
            throw TapeBroken.of(e, MessageCode.TAPE_READ_FAILED, number, 0);
        }
        Optional<BlockFormat> format = number == firstReel ? given : Optional.of(reader.format());
        reader = format.map(known -> reader(number, known)).orElseGet(() -> BlockReader.ofImage(in, number));
        return true;
    }

    private BlockReader reader(int number, BlockFormat known) {
        if (number != firstReel) {
            return new BlockReader(in, known, number);
        }
        return first == 0 ? BlockReader.ofImage(in, number, known) : new BlockReader(in, known, number, first);
    }

    /** Goes on to the next thing. */
    Next next() {
        if (ended) {
            return Next.END;
        }
        Optional<TapeBlock> read = pushed.isEmpty() ? reader.read() : Optional.of(pushed.pop());
        while (read.isPresent() && read.get().kind() == TapeBlock.Kind.BEGIN_OF_VOLUME) {
            read = reader.read();
        }
        if (read.isEmpty() || read.get().kind() == TapeBlock.Kind.END_OF_VOLUME) {
            return Next.END_OF_REEL;
        }
        block = read.get();
        if (block.kind() == TapeBlock.Kind.FILEMARK) {
            ended = atMark;
            atMark = true;
            return ended ? Next.END : Next.FILEMARK;
        }
        if (!block.hasUsualLink() && !strangeLinkSeen) {
            strangeLinkSeen = true;
            handler.note(TapeNote.warning(MessageCode.TAPE_LINK_STRANGE, block.reel(), block.number()));
        }
        if (!block.isLabel()) {
            lastData = block;
        }
        atMark = false;
        return Next.DATA;
    }

    /** The block that came last: the data, or the filemark. */
    TapeBlock block() {
        return block;
    }

    /** Makes the next call of {@link #next} give the last block once more. */
    void again() {
        pushed.push(block);
    }

    /** How the blocks are laid out. */
    BlockFormat format() {
        return reader.format();
    }

    /** Which reel it is now, from 1. */
    int reel() {
        return reader.reel();
    }

    /** The number of the block that is read next. */
    long position() {
        return pushed.isEmpty() ? reader.next() : pushed.element().number();
    }

    /**
     * Goes on to the next reel, whose label has to continue that of the tape file (docs/tape-format.md 5), and passes
     * over what it repeats.
     *
     * @param label of the tape file in which the reel ended, empty if it has none
     * @param within whether the tape file goes on there; otherwise a new one may begin
     * @param needed whether the tape certainly goes on there
     * @return false if there is no such reel
     */
    boolean change(Optional<TapeLabel> label, boolean within, boolean needed) {
        int number = reader.reel() + 1;
        if (!open(number, needed)) {
            return false;
        }
        atMark = false;
        TapeBlock first = firstData().orElseThrow(() -> wrongReel(number, 0, "", label));
        Optional<TapeLabel> found = TapeLabel.in(first);
        if (found.isPresent() && found.get().reel() != number % MOST_REELS || found.isEmpty() && label.isPresent()) {
            throw wrongReel(number, first.number(), found.map(TapeLabel::text).orElse(""), label);
        } else if (found.isEmpty()) {
            pushed.push(first);
            passRepeated(within);
        } else if (label.isPresent() && found.get().continues(label.get())) {
            reader.read().ifPresent(pushed::push);
            if (!passRepeated(within) && !within) {
                pushed.push(first);
            }
        } else if (within) {
            throw wrongReel(number, first.number(), found.get().text(), label);
        } else {
            pushed.push(first);
        }
        return true;
    }

    private static TapeBroken wrongReel(int number, long block, String found, Optional<TapeLabel> expected) {
        return new TapeBroken(
                MessageCode.TAPE_REEL_WRONG,
                number,
                block,
                found,
                expected.map(TapeLabel::text).orElse(""));
    }

    /** What stands first on a reel behind its tag and its first filemark. */
    private Optional<TapeBlock> firstData() {
        Optional<TapeBlock> first = reader.read();
        boolean marked = false;
        while (first.isPresent() && first.get().kind() != TapeBlock.Kind.DATA) {
            if (first.get().kind() == TapeBlock.Kind.FILEMARK && marked) {
                return Optional.empty();
            }
            marked |= first.get().kind() == TapeBlock.Kind.FILEMARK;
            first = reader.read();
        }
        return first;
    }

    /** Takes what was pushed away if it repeats the last block of data; says so if it should and does not. */
    private boolean passRepeated(boolean expected) {
        TapeBlock next = pushed.peek();
        boolean repeated =
                next != null && next.kind() == TapeBlock.Kind.DATA && lastData != null && next.hasDataOf(lastData);
        if (repeated) {
            pushed.pop();
        } else if (expected) {
            handler.note(TapeNote.loss(MessageCode.TAPE_REPEAT_MISSING, reader.reel(), position()));
        }
        return repeated;
    }

    @Override
    public void close() {
        if (in != null) {
            try {
                in.close();
            } catch (IOException e) {
                throw TapeBroken.of(e, MessageCode.TAPE_READ_FAILED, reader.reel(), reader.next());
            }
        }
    }
}
