package org.hotbackup.device;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.tape.BlockFormat;
import org.hotbackup.tape.BlockReader;
import org.hotbackup.tape.TapeBlock;
import org.hotbackup.tape.TapeBroken;
import org.hotbackup.tape.TapeLabel;

/**
 * Where a device stands that has positions: on a reel, numbered from 1, before a block, numbered from 0. It goes to and fro, and tells
 * what stands there. Every method that looks at the tape throws a {@link Refusal} if that cannot be read. Not thread-safe.
 */
final class TapeHead {

    private static final String END = "the end of what is recorded";

    private final TapeDeviceDefinition definition;
    private final Medium medium;
    private Position now;

    /**
     * A place on a tape.
     *
     * @param format how the blocks of the tape are laid out
     * @param reel number of the reel
     * @param block number of the block that comes next
     */
    record Position(BlockFormat format, int reel, long block) {

        boolean isBeginning() {
            return reel == 1 && block == 0;
        }

        /** Bytes of the reel that stand before it. */
        long bytes() {
            return block * format.size();
        }

        /** The beginning of a tape with other blocks. */
        static Position beginning(BlockFormat format) {
            return new Position(format, 1, 0);
        }

        Position atBlock(long other) {
            return new Position(format, reel, other);
        }

        Position atReel(int other) {
            return new Position(format, other, 0);
        }

        Position withFormat(BlockFormat other) {
            return new Position(other, reel, block);
        }
    }

    /** At the beginning. */
    TapeHead(TapeDeviceDefinition definition, Medium medium, BlockFormat format) {
        this.definition = definition;
        this.medium = medium;
        this.now = Position.beginning(format);
    }

    /** Where it stands. */
    Position position() {
        return now;
    }

    /** Stands there from now on. */
    void moveTo(Position position) {
        now = position;
    }

    /** At the beginning; what is on a tape says how it is laid out, one that is blank, or strange, is as configured. */
    void probe(BlockFormat configured) {
        now = Position.beginning(configured);
        try (InputStream in = open(now)) {
            now = Position.beginning(BlockReader.ofImage(in, 1).format());
        } catch (TapeBroken e) {
            // reading will say so
        } catch (IOException e) {
            throw DeviceTrouble.unusable(definition, e);
        }
    }

    /** Refuses a tape of which the first block says that it has others. */
    void refuseUnless(BlockFormat given) {
        try (InputStream in = open(Position.beginning(given))) {
            BlockReader.ofImage(in, 1, given);
        } catch (IOException e) {
            throw DeviceTrouble.unusable(definition, e);
        }
    }

    private InputStream open(Position position) throws IOException {
        return medium.open(position.reel(), position.bytes(), new StopSign())
                .map(Medium.Opened::in)
                .orElse(InputStream.nullInputStream());
    }

    /** Whether the tape goes on with a further reel. */
    private boolean hasNextReel() {
        try {
            Optional<Medium.Opened> next = medium.open(now.reel() + 1, 0, new StopSign());
            if (next.isPresent()) {
                next.get().in().close();
            }
            return next.isPresent();
        } catch (IOException e) {
            throw DeviceTrouble.unusable(definition, e);
        }
    }

    /** Goes behind the next filemark, or to the end of what is recorded if there is none. */
    void behindNextFilemark() {
        walk(Long.MAX_VALUE, true);
    }

    /** Goes forward so many blocks, but not behind the end of what is recorded. */
    void forward(long blocks) {
        walk(blocks, false);
    }

    /** Goes to the end of what is recorded, over all reels. */
    void endOfData() {
        walk(Long.MAX_VALUE, false);
    }

    private void walk(long most, boolean toFilemark) {
        long left = most;
        boolean marked = false;
        boolean further = true;
        while (further) {
            try (Blocks blocks = new Blocks(now.block())) {
                for (TapeBlock next = blocks.next(); next != null; next = blocks.next()) {
                    boolean mark = isFilemark(next);
                    if (mark && marked) {
                        return;
                    }
                    now = now.atBlock(next.number() + 1);
                    left--;
                    if (left == 0 || mark && toFilemark) {
                        return;
                    }
                    // one that stands before the first label ends nothing
                    marked = mark && (next.number() > 0 || now.reel() > 1);
                }
            }
            further = hasNextReel();
            if (further) {
                now = now.atReel(now.reel() + 1);
            }
        }
    }

    /** Goes back so many blocks, but not before the beginning. */
    void back(long blocks) {
        long left = blocks;
        while (left > now.block() && now.reel() > 1) {
            left -= now.block();
            toEndOfReelBefore();
        }
        now = now.atBlock(Math.max(0, now.block() - left));
    }

    /** Goes before the filemark that comes first on the way back, or to the beginning if there is none. */
    void beforeLastFilemark() {
        boolean found = toFilemarkBefore();
        while (!found && now.reel() > 1) {
            toEndOfReelBefore();
            found = toFilemarkBefore();
        }
    }

    private void toEndOfReelBefore() {
        now = now.atReel(now.reel() - 1);
        try (Blocks blocks = new Blocks(0)) {
            for (TapeBlock next = blocks.next(); next != null; next = blocks.next()) {
                now = now.atBlock(next.number() + 1);
            }
        }
    }

    /** Goes before the last filemark of the reel before where it stands, or to the beginning of the reel; whether there is one. */
    private boolean toFilemarkBefore() {
        long from = now.block();
        boolean found = false;
        now = now.atBlock(0);
        try (Blocks blocks = new Blocks(0)) {
            for (long number = 0; number < from; number++) {
                TapeBlock next = blocks.next();
                if (next == null) {
                    return found;
                } else if (isFilemark(next)) {
                    now = now.atBlock(number);
                    found = true;
                }
            }
        }
        return found;
    }

    /** Whether nothing is recorded there and behind: between two filemarks, or where the image ends. */
    boolean isAtEnd() {
        long before = Math.max(0, now.block() - 1);
        List<TapeBlock> two = blocks(before, 2);
        boolean betweenMarks = two.size() == 2 && two.stream().allMatch(TapeHead::isFilemark);
        return betweenMarks || two.size() <= now.block() - before && !hasNextReel();
    }

    /** The label where it stands, behind the filemark that may stand before it; empty if there is none. */
    Optional<TapeLabel> label() {
        List<TapeBlock> here = blocks(now.block(), 1);
        boolean marked = here.stream().anyMatch(TapeHead::isFilemark);
        List<TapeBlock> label = marked ? blocks(now.block() + 1, 1) : here;
        return label.stream().findFirst().flatMap(TapeLabel::in);
    }

    /** What stands there, for people. */
    String words() {
        return isAtEnd()
                ? END
                : blocks(now.block(), 1).stream()
                        .findFirst()
                        .map(TapeHead::words)
                        .orElse(END);
    }

    private static String words(TapeBlock block) {
        return TapeLabel.in(block)
                .map(label -> "label '" + label.text() + "'")
                .orElse(isFilemark(block) ? "a filemark" : "data");
    }

    /** So many blocks in lines for people: number, bytes, what it is, and its bytes as hexadecimal digits and as text. */
    String shown(int count) {
        List<TapeBlock> shown = blocks(now.block(), count);
        return shown.isEmpty()
                ? END
                : shown.stream()
                        .flatMap(block -> BlockText.lines(block).stream())
                        .collect(Collectors.joining(System.lineSeparator()));
    }

    private static boolean isFilemark(TapeBlock block) {
        return block.kind() == TapeBlock.Kind.FILEMARK;
    }

    /** The blocks of the reel from a number on, not more than so many. */
    private List<TapeBlock> blocks(long from, int most) {
        List<TapeBlock> read = new ArrayList<>();
        try (Blocks blocks = new Blocks(from)) {
            while (read.size() < most) {
                TapeBlock next = blocks.next();
                if (next == null) {
                    break;
                }
                read.add(next);
            }
        }
        return read;
    }

    /** The blocks of the reel from a number on, one after the other. */
    private final class Blocks implements AutoCloseable {

        private final InputStream in;
        private final BlockReader reader;

        Blocks(long from) {
            try {
                in = open(now.atBlock(from));
            } catch (IOException e) {
                throw DeviceTrouble.unusable(definition, e);
            }
            reader = new BlockReader(in, now.format(), now.reel(), from);
        }

        /** The next one; null where the reel ends. */
        TapeBlock next() {
            return reader.read().orElse(null);
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw DeviceTrouble.unusable(definition, e);
            }
        }
    }
}
