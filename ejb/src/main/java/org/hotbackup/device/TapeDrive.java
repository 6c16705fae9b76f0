package org.hotbackup.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.control.settings.TapeDeviceDefinition.Kind;
import org.hotbackup.device.TapeHead.Position;
import org.hotbackup.pipe.NamedPipe;
import org.hotbackup.pipe.RoomOnDisk;
import org.hotbackup.tape.BlockFormat;
import org.hotbackup.tape.BlockWriter;
import org.hotbackup.tape.ReelSource;
import org.hotbackup.tape.TapeBroken;
import org.hotbackup.tape.TapeHandler;
import org.hotbackup.tape.TapeLabel;
import org.hotbackup.tape.TapeReader;
import org.hotbackup.tape.TapeWriter;

/**
 * A device that is attached: what may be done with it where it stands, and reading and writing there. Behind a save or a dump it stands
 * between the two filemarks that end the tape, so that the next one begins with the second of them. Not thread-safe.
 */
public final class TapeDrive {

    private static final Logger LOGGER = Logger.getLogger(TapeDrive.class.getName());
    private static final int LINK_BYTES = 12;

    private final TapeDeviceDefinition definition;
    private final Medium medium;
    private final Optional<BlockFormat> forced;
    private final BlockFormat configured;
    private final TapeHead head;

    private TapeDrive(TapeDeviceDefinition definition, Medium medium, Optional<BlockFormat> forced) {
        this.definition = definition;
        this.medium = medium;
        this.forced = forced;
        this.configured = forced.orElse(format(definition, definition.blockSize()));
        this.head = new TapeHead(definition, medium, configured);
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
            drive.head.probe(drive.configured);
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
            return new FileMedium(path, compressed, new RoomOnDisk(path, reserveBytes)::require);
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

    /** Who said how long the blocks are is told if the tape has others; whoever writes over it may. */
    private void refuseOtherBlocks() {
        if (hasPositions() && forced.isPresent()) {
            head.refuseUnless(forced.get());
        }
    }

    /** The number of the reel on which it stands, from 1. */
    public int reel() {
        return head.position().reel();
    }

    /** The number of the block that comes next; -1 if there are no positions. */
    public long block() {
        return hasPositions() ? head.position().block() : -1;
    }

    /** How its blocks are laid out. */
    public BlockFormat format() {
        return head.position().format();
    }

    /** Goes to the beginning. */
    public void rewind() {
        if (hasPositions()) {
            head.moveTo(Position.beginning(head.position().format()));
            if (forced.isEmpty()) {
                head.probe(configured);
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
        if (blocks == 0) {
            head.behindNextFilemark();
        } else {
            head.forward(blocks);
        }
    }

    /** Goes to the end of what is recorded. */
    public void endOfData() {
        refuseWithoutPositions("t-eod");
        refuseOtherBlocks();
        if (head.position().isBeginning() || !isAtEnd()) {
            head.endOfData();
        }
    }

    /**
     * Goes back, but not before the beginning.
     *
     * @param blocks how many, 0 to go before the filemark that comes first on the way
     */
    public void back(int blocks) {
        refuseWithoutPositions("t-bck");
        if (blocks == 0) {
            head.beforeLastFilemark();
        } else {
            head.back(blocks);
        }
    }

    /**
     * Blocks from where it stands, in lines for people: number, bytes, what it is, and its bytes as hexadecimal digits and as text.
     *
     * @param count how many
     */
    public String shown(int count) {
        refuseWithoutPositions("t-read");
        return head.shown(count);
    }

    /** The label where it stands, behind the filemark that may stand before it; empty if there is none. */
    public Optional<TapeLabel> label() {
        refuseWithoutPositions("t-rdlbl");
        refuseOtherBlocks();
        refuseAtEnd();
        return head.label();
    }

    /** What stands where it stands, for people. */
    public String place() {
        return hasPositions() ? head.words() : definition.kind().words();
    }

    /** Whether nothing is recorded there and behind: between two filemarks, or where the image ends. */
    public boolean isAtEnd() {
        return hasPositions() && head.isAtEnd();
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
        Position from = head.position();
        Reels reels = new Reels(stop, progress, from);
        try {
            Optional<BlockFormat> known = from.isBeginning() ? forced : Optional.of(from.format());
            TapeReader reader = new TapeReader(reels, known, from.reel(), from.block(), handler);
            work.accept(reader);
            if (hasPositions()) {
                head.moveTo(new Position(reader.format(), reader.reel(), reader.position()));
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
        Position before = head.position();
        try {
            read(stop, handler, progress, work);
        } finally {
            head.moveTo(before);
        }
    }

    /** Whether it can go back to where it stood. */
    public boolean hasPositions() {
        return definition.kind().hasPositions();
    }

    /** Who has read both filemarks of the end stands between them, as who has written them does. */
    private void stayBeforeEnd() {
        Position behind = head.position();
        if (behind.block() > 1) {
            head.back(1);
            if (!isAtEnd()) {
                head.moveTo(behind);
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
        Position from = placeToWrite();
        BlockFormat format = from.format();
        boolean endless = definition.reelBytes() == 0;
        long blocksPerReel = endless ? Long.MAX_VALUE : definition.reelBytes() / format.size();
        long most = Math.max(TapeWriter.SHORTEST_REEL, blocksPerReel);
        AtomicReference<TapeWriter> written = new AtomicReference<>();
        writing(from, stop, reels -> {
            TapeWriter tape = new TapeWriter(reels, format, most, from.reel(), from.block(), time);
            work.accept(tape);
            tape.close();
            written.set(tape);
        });
        if (hasPositions()) {
            TapeWriter tape = written.get();
            head.moveTo(new Position(format, tape.reel(), tape.block() - 1));
        }
    }

    /** Where it stands; a tape that is written from its beginning is laid out as configured. */
    private Position placeToWrite() {
        refuseInTheMiddle();
        if (head.position().isBeginning()) {
            head.moveTo(Position.beginning(configured));
        }
        return head.position();
    }

    /** Writes a filemark; what followed is gone. */
    public void writeFilemark() {
        refuseWithoutPositions("t-weof");
        Position from = placeToWrite();
        cut(from);
        writing(from, new StopSign(), reels -> new BlockWriter(
                        reels.reel(from.reel()), from.format(), from.reel(), from.block())
                .filemark());
        head.moveTo(from.atBlock(from.block() + 1));
    }

    private void cut(Position from) {
        try {
            if (from.block() > 0) {
                medium.cut(from.reel(), from.bytes());
            }
        } catch (IOException e) {
            throw DeviceTrouble.unusable(definition, e);
        }
    }

    private void writing(Position from, StopSign stop, Medium.Writing work) {
        boolean behind = from.block() > 0 && isAtEnd();
        int held = behind ? from.format().size() : 0;
        try {
            medium.write(new Medium.Place(from.reel(), from.bytes(), held), stop, work);
        } catch (IOException e) {
            stop.check();
            throw DeviceTrouble.unusable(definition, e);
        } catch (TapeBroken e) {
            // not only what was not written: whoever sees a full disk fears for what was there
            throw hasPositions() ? new Refusal(MessageCode.TAPE_LEFT_AS_IT_WAS, e.getMessage(), definition.name()) : e;
        }
    }

    /**
     * Refuses what a device can do only if it can go back.
     *
     * @param verb what
     */
    public void refuseWithoutPositions(String verb) {
        if (!hasPositions()) {
            throw new Refusal(
                    MessageCode.TAPE_DEVICE_NO_POSITIONS,
                    definition.name(),
                    definition.kind().words(),
                    verb);
        }
    }

    private void refuseAtEnd() {
        if (head.position().block() > 0 && isAtEnd()) {
            throw new Refusal(MessageCode.TAPE_AT_END, definition.name());
        }
    }

    private void refuseInTheMiddle() {
        if (head.position().isBeginning()) {
            return;
        } else if (definition.kind() == Kind.COMPRESSED) {
            throw new Refusal(MessageCode.TAPE_COMPRESSED_FROM_START, definition.name());
        } else if (isCompressed()) {
            throw new Refusal(MessageCode.TAPE_IMAGE_COMPRESSED, definition.name(), definition.path());
        }
    }

    private boolean isCompressed() {
        try {
            return medium.isCompressed(head.position().reel());
        } catch (IOException e) {
            throw DeviceTrouble.unusable(definition, e);
        }
    }

    /** The reels of the device, opened as they are asked for. */
    private final class Reels implements ReelSource {

        private final StopSign stop;
        private final Consumer<IntSupplier> progress;
        private final Position from;
        private InputStream open = InputStream.nullInputStream();

        Reels(StopSign stop, Consumer<IntSupplier> progress, Position from) {
            this.stop = stop;
            this.progress = progress;
            this.from = from;
        }

        @Override
        public Optional<InputStream> reel(int number, boolean needed) throws IOException {
            Optional<Medium.Opened> reel = medium.open(number, number == from.reel() ? from.bytes() : 0, stop);
            reel.ifPresent(opened -> {
                open = opened.in();
                progress.accept(opened.percent());
            });
            return reel.map(Medium.Opened::in);
        }

        /** Whoever writes into a pipe is let come to his end. */
        void drain() {
            try {
                open.transferTo(OutputStream.nullOutputStream());
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
