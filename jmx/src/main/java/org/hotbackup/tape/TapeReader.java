package org.hotbackup.tape;

import java.util.Optional;
import java.util.OptionalLong;
import org.hotbackup.control.messages.MessageCode;

/**
 * Reads a tape and tells a handler what it holds: saves and dumps, in whatever order they stand on it, from the beginning to
 * the two filemarks that end it. It reads each block once and in order, so that a pipe will do; what stands behind the end is
 * not looked at. Not thread-safe; everything happens in the caller's thread.
 */
public final class TapeReader {

    private static final String SPOOLER = "SPOOLER";

    private final Reels reels;
    private final TapeHandler handler;
    private final Catalogue catalogue;
    private final int firstReel;

    private Optional<TapeLabel> lastLabel = Optional.empty();
    private boolean saveGoesOn;
    private boolean saveProves;

    /** The number of the file that our save has defined last, 0 if none yet; empty if it is not known. */
    private OptionalLong saveNumber = OptionalLong.empty();

    private long files;
    private boolean ended;
    private Optional<Reels.Next> ahead = Optional.empty();

    /**
     * Reads a tape whose layout is to be found out.
     *
     * @throws TapeBroken if there is no reel, or the first one does not look like a tape
     */
    public TapeReader(ReelSource reels, TapeHandler handler) {
        this(reels, Optional.empty(), handler);
    }

    /**
     * Reads a tape.
     *
     * @param format how its blocks are laid out; empty if that is to be found out from the first of them
     * @throws TapeBroken if there is no reel, or the first one does not look like a tape
     */
    public TapeReader(ReelSource reels, Optional<BlockFormat> format, TapeHandler handler) {
        this(reels, format, 1, 0, handler);
    }

    /**
     * Reads a tape from a later place on: the reel begins there.
     *
     * @param format how its blocks are laid out; empty if that is to be found out, which takes the reel's beginning
     * @param reel the number of the reel that is asked for first
     * @param first the number of the block on it that is read first
     * @throws TapeBroken if there is no reel, or the first one does not look like a tape
     */
    public TapeReader(ReelSource reels, Optional<BlockFormat> format, int reel, long first, TapeHandler handler) {
        this.handler = handler;
        this.firstReel = reel;
        if (reel == 1 && first == 0) {
            saveNumber = OptionalLong.of(0);
        }
        this.reels = new Reels(reels, format, reel, first, handler);
        this.catalogue = new Catalogue(handler);
    }

    /**
     * Reads all tape files.
     *
     * @throws TapeBroken if the tape cannot be read to its end, or does not end as it should
     */
    public void readAll() {
        while (readFile().isPresent()) {
            // all of it goes to the handler
        }
    }

    /**
     * Reads the next tape file, up to its filemark.
     *
     * @return what it held, as {@link TapeHandler#ended} was told; empty at the end of the tape
     * @throws TapeBroken if the tape cannot be read any further, or ends where it should not
     */
    public Optional<TapeFileSummary> readFile() {
        while (!ended) {
            Reels.Next next = ahead.orElseGet(reels::next);
            ahead = Optional.empty();
            switch (next) {
                case DATA -> {
                    files++;
                    TapeFileSummary summary = tapeFile();
                    handler.ended(summary);
                    lookAhead();
                    return Optional.of(summary);
                }
                case FILEMARK -> {
                    // one stands before the first label of a save
                }
                case END -> end();
                case END_OF_REEL -> endOfReel();
            }
        }
        return Optional.empty();
    }

    /** Who reads one save and no more is told, too, if the tape was cut behind it. */
    private void lookAhead() {
        if (!ended && !saveGoesOn) {
            Reels.Next next = reels.next();
            if (next == Reels.Next.END_OF_REEL) {
                endOfReel();
            } else {
                ahead = Optional.of(next);
            }
        }
    }

    /** The number of the block that is read next. */
    public long position() {
        return ahead.isPresent() ? reels.block().number() : reels.position();
    }

    /** How the blocks are laid out. */
    public BlockFormat format() {
        return reels.format();
    }

    /** Which reel is being read, from 1. */
    public int reel() {
        return reels.reel();
    }

    private void endOfReel() {
        if (!reels.change(lastLabel, false, saveGoesOn)) {
            end();
            handler.note(
                    TapeNote.warning(MessageCode.TAPE_END_UNMARKED, reels.reel(), Math.max(0, reels.position() - 1)));
        }
    }

    private void end() {
        ended = true;
        if (files == 0) {
            throw new TapeBroken(MessageCode.TAPE_BLANK, reels.reel(), reels.position());
        } else if (saveGoesOn) {
            throw new TapeBroken(
                    MessageCode.TAPE_SAVE_UNENDED,
                    reels.reel(),
                    reels.position(),
                    lastLabel.map(TapeLabel::text).orElse(""));
        }
    }

    private TapeFileSummary tapeFile() {
        TapeBlock first = reels.block();
        Optional<TapeLabel> label = TapeLabel.in(first);
        String text = label.map(TapeLabel::text).orElse("");
        lastLabel = label;
        boolean within = saveGoesOn;
        Counts counts = new Counts();
        if (label.isPresent()) {
            label(first, label.get());
        } else {
            reels.again();
        }
        Optional<LogTapeReport> log = label.isPresent() ? Optional.empty() : LogTapeCheck.withoutLabel(first);
        if (log.isPresent()) {
            ended = true;
            handler.log(log.get(), first.reel(), first.number());
            return counts.summary(first, text, TapeFileSummary.Kind.LOG, 0, "", false);
        }
        DataStream in = new DataStream(reels, label);
        TapeFileSummary.Kind kind = kind(in, label);
        String end = "";
        switch (kind) {
            case SAVE -> {
                catalogue.beginTapeFile();
                end = new SaveReader(in, catalogue, handler, counts).read();
                saveGoesOn = !end.equals(TapeFileSummary.END_OF_SAVE);
            }
            case DUMP -> end = new DumpReader(in, TapeFile.ofDump(text), handler, counts).read();
            case LOG -> log(first, label.orElseThrow());
            case OTHER -> {
                handler.note(TapeNote.loss(MessageCode.TAPE_FILE_OTHER, first.reel(), first.number(), text));
                in.skipRest();
            }
            case EMPTY -> {
                // its end is read
            }
        }
        boolean proved = kind == TapeFileSummary.Kind.LOG ? !ended : isProved(in, text);
        if (within && saveProves != in.provingMark().isPresent()) {
            handler.note(TapeNote.warning(
                    MessageCode.TAPE_FILE_CHANGED,
                    first.reel(),
                    first.number(),
                    text,
                    "its filemark, or that of the tape file before it, is missing or was changed"));
        }
        saveProves = in.provingMark().isPresent();
        if (kind == TapeFileSummary.Kind.SAVE) {
            follow(first, text, proved);
        }
        return counts.summary(first, text, kind, in.blocks(), end, proved);
    }

    /** Our saves number their files from 1 on: a tape file that is cut out, there twice or at another place leaves them without order. */
    private void follow(TapeBlock at, String text, boolean proved) {
        OptionalLong number = catalogue.first();
        if (proved && saveNumber.isPresent() && number.isPresent()) {
            long missing = number.getAsLong() - saveNumber.getAsLong() - 1;
            if (missing != 0) {
                String what = missing > 0
                        ? "files of the save that are missing between them: " + missing
                        : "it is there twice, or at another place";
                handler.note(TapeNote.warning(MessageCode.TAPE_FILE_NOT_NEXT, at.reel(), at.number(), text, what));
            }
        }
        if (!saveGoesOn) {
            // the next one is another save
            saveNumber = OptionalLong.of(0);
        } else if (!proved) {
            saveNumber = OptionalLong.empty();
        } else if (catalogue.last().isPresent()) {
            saveNumber = catalogue.last();
        }
    }

    private boolean isProved(DataStream in, String text) {
        Optional<String> changed = in.changed();
        changed.ifPresent(what -> {
            TapeBlock mark = in.provingMark().orElseThrow();
            handler.note(TapeNote.warning(MessageCode.TAPE_FILE_CHANGED, mark.reel(), mark.number(), text, what));
        });
        return in.provingMark().isPresent() && changed.isEmpty();
    }

    /** Behind a log that is not whole nothing is read: where that ends is not known. */
    private void log(TapeBlock first, TapeLabel label) {
        LogTapeReport log = LogTapeCheck.of(this::logBlock, label, first.number());
        ended = log.outcome() != TapeReport.Outcome.WHOLE;
        handler.log(log, first.reel(), first.number());
    }

    private Optional<TapeBlock> logBlock() {
        return switch (reels.next()) {
            case DATA, FILEMARK -> Optional.of(reels.block());
            case END, END_OF_REEL -> Optional.empty();
        };
    }

    private void label(TapeBlock block, TapeLabel label) {
        handler.label(label);
        if (files == 1 && label.reel() > firstReel) {
            handler.note(
                    TapeNote.loss(MessageCode.TAPE_REELS_BEFORE_MISSING, block.reel(), block.number(), label.reel()));
        }
        if (label.blockSize() != block.format().dataBytes()) {
            handler.note(TapeNote.warning(
                    MessageCode.TAPE_LABEL_SIZE,
                    block.reel(),
                    block.number(),
                    label.blockSize(),
                    block.format().dataBytes()));
        }
    }

    /** By its first bytes, and by its label where they could be both. */
    private static TapeFileSummary.Kind kind(DataStream in, Optional<TapeLabel> label) {
        if (label.filter(LogTapeLayout::isLog).isPresent()) {
            return TapeFileSummary.Kind.LOG;
        }
        byte[] head = in.head();
        if (head.length == 0) {
            return TapeFileSummary.Kind.EMPTY;
        } else if (SaveReader.isAt(head[0] & 0xFF, head[1], head[2])) {
            return TapeFileSummary.Kind.SAVE;
        } else if (label.isPresent() && label.get().isOfSave() && label.get().reel() > 1) {
            // the first reel is missing
            return TapeFileSummary.Kind.SAVE;
        }
        boolean spooled = label.isPresent() && label.get().text().startsWith(SPOOLER);
        return spooled ? TapeFileSummary.Kind.OTHER : TapeFileSummary.Kind.DUMP;
    }
}
