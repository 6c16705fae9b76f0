package org.hotbackup.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.control.settings.TapeDeviceDefinition.Kind;
import org.hotbackup.pipe.NamedPipe;
import org.hotbackup.tape.BlockFormat;
import org.hotbackup.tape.BlockReader;
import org.hotbackup.tape.BlockWriter;
import org.hotbackup.tape.ReelSource;
import org.hotbackup.tape.ReelTarget;
import org.hotbackup.tape.TapeBlock;
import org.hotbackup.tape.TapeBroken;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeLabel;
import org.hotbackup.tape.TapeReader;
import org.hotbackup.tape.TapeWriter;

/**
 * A device that is attached, and where it stands: on a reel before a block, numbered from 0. Behind a save or a dump it stands between
 * the two filemarks that end the tape, so that the next one begins with the second of them. Not thread-safe.
 */
public final class TapeDrive {

    private static final Logger LOGGER = Logger.getLogger(TapeDrive.class.getName());
    private static final int LINK_BYTES = 12;

    private final TapeDeviceDefinition definition;
    private final Medium medium;
    private final Optional<BlockFormat> forced;
    private final BlockFormat configured;
    private BlockFormat format;
    private int reel = 1;
    private long at;

    private TapeDrive(TapeDeviceDefinition definition, Medium medium, Optional<BlockFormat> forced) {
        this.definition = definition;
        this.medium = medium;
        this.forced = forced;
        this.configured = forced.orElse(format(definition, definition.blockSize()));
        this.format = configured;
    }

    /**
     * Attaches a device at its beginning, and looks how the tape on it is laid out.
     *
     * @param home what paths are resolved in
     * @param blockSize the bytes of data in a block whatever the tape says; 0 as the tape says, or is configured
     * @param reserveBytes so much is left free on the disk
     * @throws Refusal if it cannot be opened
     */
    public static TapeDrive attach(TapeDeviceDefinition definition, Path home, int blockSize, long reserveBytes) {
        Path path = home.resolve(definition.path());
        Optional<BlockFormat> forced = blockSize == 0 ? Optional.empty() : Optional.of(format(definition, blockSize));
        TapeDrive drive = new TapeDrive(definition, medium(definition, path, home, reserveBytes), forced);
        if (definition.kind().hasPositions() && forced.isEmpty()) {
            drive.probe();
        }
        return drive;
    }

    private static BlockFormat format(TapeDeviceDefinition definition, int blockSize) {
        BlockFormat usual = BlockFormat.of(blockSize);
        return definition.link() && usual.linkBytes() == 0 ? new BlockFormat(LINK_BYTES, blockSize) : usual;
    }

    private static Medium medium(TapeDeviceDefinition definition, Path path, Path home, long reserveBytes) {
        if (definition.kind().hasPositions()) {
            boolean compressed = definition.kind() == Kind.COMPRESSED;
            return new FileMedium(path, compressed, new Room(path, reserveBytes));
        }
        boolean ours = definition.kind() == Kind.PIPE && !definition.path().startsWith("/");
        return new StreamMedium(
                ours ? NamedPipe.in(path.getParent(), path.getFileName().toString()) : NamedPipe.at(path));
    }

    /** Takes away what a process left in the folder of a device when it ended in the middle of writing; the tape is as it was. */
    public static void deleteUnfinished(TapeDeviceDefinition definition, Path home) {
        if (definition.kind().hasPositions()) {
            try {
                new FileMedium(home.resolve(definition.path()), false, bytes -> {}).deleteUnfinished();
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING, e, () -> "what is left of a tape beside " + definition.path() + " stays there");
            }
        }
    }

    /** What is on a tape says how it is laid out; of one that is blank, or strange, it is as configured. */
    private void probe() {
        format = configured;
        try (InputStream in = opened(0, new StopSign()).orElse(InputStream.nullInputStream())) {
            format = BlockReader.ofImage(in, 1).format();
        } catch (TapeBroken e) {
            // reading will say so
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Who said how long the blocks are is told if the tape has others; whoever writes over it may. */
    private void refuseOtherBlocks() {
        if (definition.kind().hasPositions() && forced.isPresent()) {
            try (InputStream in =
                    medium.open(1, 0, new StopSign()).map(Medium.Opened::in).orElse(InputStream.nullInputStream())) {
                BlockReader.ofImage(in, 1, forced.get());
            } catch (IOException e) {
                throw unusable(e);
            }
        }
    }

    private Refusal unusable(IOException e) {
        return new Refusal(MessageCode.TAPE_DEVICE_UNUSABLE, definition.name(), reason(e), definition.path());
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private Optional<InputStream> opened(long block, StopSign stop) throws IOException {
        return medium.open(reel, block * format.size(), stop).map(Medium.Opened::in);
    }

    /** Whether the tape goes on with a further reel. */
    private boolean hasNextReel() {
        try {
            Optional<Medium.Opened> next = medium.open(reel + 1, 0, new StopSign());
            if (next.isPresent()) {
                next.get().in().close();
            }
            return next.isPresent();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The number of the reel on which it stands, from 1. */
    public int reel() {
        return reel;
    }

    /** The number of the block that comes next; -1 if there are no positions. */
    public long block() {
        return definition.kind().hasPositions() ? at : -1;
    }

    /** How its blocks are laid out. */
    public BlockFormat format() {
        return format;
    }

    /** Goes to the beginning. */
    public void rewind() {
        if (definition.kind().hasPositions()) {
            reel = 1;
            at = 0;
            if (forced.isEmpty()) {
                probe();
            }
        }
    }

    /**
     * Goes forward, but not behind the end of what is recorded.
     *
     * @param blocks how many, 0 to go behind the next filemark
     */
    public void forward(int blocks) {
        refuseWithoutPositions("t-fwd");
        refuseOtherBlocks();
        refuseAtEnd();
        walk(block -> block.kind() == TapeBlock.Kind.FILEMARK, blocks);
    }

    /** Goes to the end of what is recorded. */
    public void endOfData() {
        refuseWithoutPositions("t-eod");
        refuseOtherBlocks();
        if (at == 0 && reel == 1 || !isAtEnd()) {
            walk(block -> false, 0);
        }
    }

    /** Goes on, over reels, until so many blocks are passed, or one of them is what is looked for if that is 0. */
    private void walk(Predicate<TapeBlock> wanted, int blocks) {
        Blocks walk = new Blocks();
        boolean further;
        do {
            walk.over = false;
            walk.from(at, block -> {
                boolean second = walk.marked && block.kind() == TapeBlock.Kind.FILEMARK;
                if (!second) {
                    at = block.number() + 1;
                }
                boolean there = blocks == 0 ? wanted.test(block) : ++walk.seen == blocks;
                walk.marked = block.kind() == TapeBlock.Kind.FILEMARK && (block.number() > 0 || reel > 1);
                walk.over = second || there;
                return !walk.over;
            });
            further = !walk.over && hasNextReel();
            if (further) {
                reel++;
                at = 0;
            }
        } while (further);
    }

    /**
     * Goes back, but not before the beginning.
     *
     * @param blocks how many, 0 to go before the filemark that comes first on the way
     */
    public void back(int blocks) {
        refuseWithoutPositions("t-bck");
        if (blocks > 0) {
            long left = blocks;
            while (left > at && reel > 1) {
                left -= at;
                toEndOfReelBefore();
            }
            at = Math.max(0, at - left);
            return;
        }
        boolean found = toFilemarkBefore();
        while (!found && reel > 1) {
            toEndOfReelBefore();
            found = toFilemarkBefore();
        }
    }

    private void toEndOfReelBefore() {
        reel--;
        at = 0;
        new Blocks().from(0, block -> {
            at = block.number() + 1;
            return true;
        });
    }

    /** Goes before the last filemark of the reel before where it stands, or to the beginning of the reel; whether there is one. */
    private boolean toFilemarkBefore() {
        long from = at;
        Blocks walk = new Blocks();
        at = 0;
        if (from > 0) {
            walk.from(0, block -> {
                if (block.kind() == TapeBlock.Kind.FILEMARK) {
                    at = block.number();
                    walk.over = true;
                }
                return block.number() + 1 < from;
            });
        }
        return walk.over;
    }

    /**
     * Blocks from where it stands, in lines for people: number, bytes, what it is, and its bytes as hexadecimal digits and as text.
     *
     * @param count how many
     */
    public String shown(int count) {
        refuseWithoutPositions("t-read");
        List<String> lines = new ArrayList<>();
        Blocks walk = new Blocks();
        walk.from(at, block -> {
            lines.addAll(BlockText.lines(block));
            return ++walk.seen < count;
        });
        return lines.isEmpty() ? walk.words : String.join(System.lineSeparator(), lines);
    }

    /** The label where it stands, behind the filemark that may stand before it; empty if there is none. */
    public Optional<TapeLabel> label() {
        refuseWithoutPositions("t-rdlbl");
        refuseOtherBlocks();
        refuseAtEnd();
        Blocks walk = new Blocks();
        walk.from(at, block -> {
            walk.found = TapeLabel.in(block);
            return block.kind() == TapeBlock.Kind.FILEMARK && ++walk.seen == 1;
        });
        return walk.found;
    }

    /** What stands where it stands, for people. */
    public String place() {
        if (!definition.kind().hasPositions()) {
            return definition.kind().words();
        } else if (isAtEnd()) {
            return "the end of what is recorded";
        }
        Blocks walk = new Blocks();
        walk.from(at, block -> {
            walk.words = TapeLabel.in(block)
                    .map(label -> "label '" + label.text() + "'")
                    .orElse(block.kind() == TapeBlock.Kind.FILEMARK ? "a filemark" : "data");
            return false;
        });
        return walk.words;
    }

    /** Whether nothing is recorded there and behind: between two filemarks, or where the image ends. */
    public boolean isAtEnd() {
        if (!definition.kind().hasPositions()) {
            return false;
        }
        Blocks walk = new Blocks();
        long from = Math.max(0, at - 1);
        walk.from(from, block -> {
            walk.seen++;
            boolean mark = block.kind() == TapeBlock.Kind.FILEMARK;
            walk.marked = walk.seen == 1 ? mark : walk.marked && mark;
            return walk.seen == 1;
        });
        return walk.marked && walk.seen == 2 || walk.seen <= at - from && !hasNextReel();
    }

    /** Whether writing there would take something away. */
    public boolean holdsSomething() {
        return switch (definition.kind()) {
            case PIPE -> false;
            case SPECIAL -> true;
            case PSEUDO_TAPE, COMPRESSED -> !isBlankOrAtEnd();
        };
    }

    /** What is no tape is something, too. */
    private boolean isBlankOrAtEnd() {
        try {
            return isAtEnd();
        } catch (TapeBroken e) {
            return false;
        }
    }

    /**
     * Reads tape files from where it stands, and stands behind them then.
     *
     * @param progress is given what tells how far it is
     * @param work reads as many as it wants to; if it fails, the device stands where it stood
     * @throws Refusal if it cannot be read
     * @throws StopSign.Stopped if it was told to stop
     */
    public void read(StopSign stop, TapeHandler handler, Consumer<IntSupplier> progress, Consumer<TapeReader> work) {
        refuseOtherBlocks();
        refuseAtEnd();
        boolean beginning = at == 0 && reel == 1;
        Reels reels = new Reels(stop, progress, reel, at * format.size());
        try {
            TapeReader reader = new TapeReader(reels, beginning ? forced : Optional.of(format), reel, at, handler);
            work.accept(reader);
            if (definition.kind().hasPositions()) {
                format = reader.format();
                reel = reader.reel();
                at = reader.position();
                stayBeforeEnd();
            } else {
                reels.drain();
            }
        } finally {
            reels.close();
        }
    }

    /**
     * Reads from where it stands and stays there.
     *
     * @throws Refusal if it cannot be read, or has no positions
     */
    public void lookThrough(
            StopSign stop, TapeHandler handler, Consumer<IntSupplier> progress, Consumer<TapeReader> work) {
        refuseWithoutPositions("reading twice");
        int reelBefore = reel;
        long before = at;
        BlockFormat formatBefore = format;
        try {
            read(stop, handler, progress, work);
        } finally {
            reel = reelBefore;
            at = before;
            format = formatBefore;
        }
    }

    /** Whether it can go back to where it stood. */
    public boolean hasPositions() {
        return definition.kind().hasPositions();
    }

    /** Who has read both filemarks of the end stands between them, as who has written them does. */
    private void stayBeforeEnd() {
        if (at > 1) {
            at--;
            if (!isAtEnd()) {
                at++;
            }
        }
    }

    /**
     * Writes tape files where it stands, and ends the tape behind them.
     *
     * @param time what the labels say
     * @param work writes; if it fails, the tape is as it was
     * @throws Refusal if it cannot be written
     * @throws StopSign.Stopped if it was told to stop
     */
    public void write(StopSign stop, LocalDateTime time, Consumer<TapeWriter> work) {
        refuseInTheMiddle();
        format = at == 0 && reel == 1 ? configured : format;
        boolean endless = definition.reelBytes() == 0;
        long blocksPerReel = endless ? Long.MAX_VALUE : definition.reelBytes() / format.size();
        AtomicReference<TapeWriter> written = new AtomicReference<>();
        writing(stop, reels -> {
            TapeWriter tape =
                    new TapeWriter(reels, format, Math.max(TapeWriter.SHORTEST_REEL, blocksPerReel), reel, at, time);
            work.accept(tape);
            tape.close();
            written.set(tape);
        });
        if (definition.kind().hasPositions()) {
            reel = written.get().reel();
            at = written.get().block() - 1;
        }
    }

    /** Writes a filemark; what followed is gone. */
    public void writeFilemark() {
        refuseWithoutPositions("t-weof");
        refuseInTheMiddle();
        format = at == 0 && reel == 1 ? configured : format;
        cut();
        writing(new StopSign(), this::filemark);
        at++;
    }

    private void cut() {
        try {
            if (at > 0) {
                medium.cut(reel, at * format.size());
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void filemark(ReelTarget reels) throws IOException {
        new BlockWriter(reels.reel(reel), format, reel, at).filemark();
    }

    private void writing(StopSign stop, Medium.Writing work) {
        boolean behind = definition.kind().hasPositions() && at > 0 && isAtEnd();
        try {
            medium.write(new Medium.Place(reel, at * format.size(), behind ? format.size() : 0), stop, work);
        } catch (IOException e) {
            stop.check();
            throw unusable(e);
        } catch (TapeBroken e) {
            // not only what was not written: whoever sees a full disk fears for what was there
            throw definition.kind().hasPositions()
                    ? new Refusal(MessageCode.TAPE_LEFT_AS_IT_WAS, e.getMessage(), definition.name())
                    : e;
        }
    }

    /**
     * Refuses what a device can do only if it can go back.
     *
     * @param verb what
     */
    public void refuseWithoutPositions(String verb) {
        if (!definition.kind().hasPositions()) {
            throw new Refusal(
                    MessageCode.TAPE_DEVICE_NO_POSITIONS,
                    definition.name(),
                    definition.kind().words(),
                    verb);
        }
    }

    private void refuseAtEnd() {
        if (at > 0 && isAtEnd()) {
            throw new Refusal(MessageCode.TAPE_AT_END, definition.name());
        }
    }

    private void refuseInTheMiddle() {
        if ((at > 0 || reel > 1) && definition.kind() == Kind.COMPRESSED) {
            throw new Refusal(MessageCode.TAPE_COMPRESSED_FROM_START, definition.name());
        } else if ((at > 0 || reel > 1) && isCompressed()) {
            throw new Refusal(MessageCode.TAPE_IMAGE_COMPRESSED, definition.name(), definition.path());
        }
    }

    private boolean isCompressed() {
        try {
            return medium.isCompressed(reel);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** A walk over blocks. */
    private final class Blocks {

        private int seen;
        private boolean marked;
        private boolean over;
        private Optional<TapeLabel> found = Optional.empty();
        private String words = "the end of what is recorded";

        /** Shows blocks from a place on, as long as there are some and more are asked for. */
        void from(long block, Predicate<TapeBlock> more) {
            try (InputStream in = opened(block, new StopSign()).orElse(InputStream.nullInputStream())) {
                BlockReader reader = new BlockReader(in, format, reel, block);
                Optional<TapeBlock> next = reader.read();
                while (next.isPresent() && more.test(next.get())) {
                    next = reader.read();
                }
            } catch (IOException e) {
                throw unusable(e);
            }
        }
    }

    /** The reels of the device, opened as they are asked for. */
    private final class Reels implements ReelSource {

        private final StopSign stop;
        private final Consumer<IntSupplier> progress;
        private final int first;
        private final long from;
        private InputStream open = InputStream.nullInputStream();

        Reels(StopSign stop, Consumer<IntSupplier> progress, int first, long from) {
            this.stop = stop;
            this.progress = progress;
            this.first = first;
            this.from = from;
        }

        @Override
        public Optional<InputStream> reel(int number, boolean needed) throws IOException {
            Optional<Medium.Opened> reel = medium.open(number, number == first ? from : 0, stop);
            reel.ifPresent(opened -> {
                open = opened.in();
                progress.accept(opened.percent());
            });
            return reel.map(Medium.Opened::in);
        }

        /** Whoever writes into a pipe is let come to his end. */
        void drain() {
            try {
                open.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                // the tape itself was read
            }
        }

        void close() {
            try {
                open.close();
            } catch (IOException e) {
                // nothing is read from it any more
            }
        }
    }
}
