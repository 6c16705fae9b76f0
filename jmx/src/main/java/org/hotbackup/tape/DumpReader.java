package org.hotbackup.tape;

import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.Marks;

/**
 * Reads the items of a T-DUMP (docs/tape-format.md 3): each ends with an attribute mark and FB, the dump with FF and X.
 * The pair FF FB, which stands within long items of some systems, is left out. Items in frames, as this project writes
 * those that cannot stand there as text, begin with FF and B (docs/adr/0017).
 */
final class DumpReader {

    /** The end record. */
    static final String END = "X";

    private static final int SEGMENT = 0xFF;
    private static final int START_BUFFER = 0xFB;

    private final DataStream in;
    private final TapeHandler handler;
    private final Items items;
    private final Optional<TapeFile> file;
    private final Counts counts;
    private final Segment item = new Segment();
    private int reel;
    private long block;

    DumpReader(DataStream in, TapeFile file, TapeHandler handler, Counts counts) {
        this.in = in;
        this.file = Optional.of(file);
        this.handler = handler;
        this.items = new Items(handler);
        this.counts = counts;
    }

    /** Reads up to the end record, and returns it. */
    String read() {
        begin();
        while (in.copyUntil(START_BUFFER, item)) {
            int mark = in.read();
            if (mark == START_BUFFER) {
                startBuffer();
            } else if (mark != SEGMENT) {
                item.add((byte) mark);
            } else if (!segment()) {
                in.skipRest();
                return END;
            }
        }
        throw in.unended();
    }

    private void begin() {
        item.clear();
        in.peek();
        reel = in.reel();
        block = in.block();
    }

    /** Ends the item if it follows an attribute mark; otherwise it is part of it. Between items it fills a block. */
    private void startBuffer() {
        if (item.endsWith(Marks.ATTRIBUTE)) {
            int idEnd = item.mark(0);
            int from = idEnd + 1;
            int to = item.length() - 1;
            items.item(
                    found(item.copy(0, idEnd)),
                    Math.max(0, item.counted() - from - 1),
                    () -> item.copy(from, to),
                    ItemForm.PLAIN,
                    counts);
            begin();
        } else if (item.length() > 0) {
            item.add(Marks.START_BUFFER);
        } else {
            begin();
        }
    }

    /** After a segment mark; false at the end of the dump. */
    private boolean segment() {
        int next = in.read();
        if (next < 0) {
            throw in.unended();
        } else if (next == 'X') {
            if (item.length() > 0) {
                items.broken(found(item.copy(0, item.mark(0))), "it has no end");
            }
            return false;
        } else if (next == 'B' && item.length() == 0) {
            frames();
        } else if (next != START_BUFFER) {
            Items.Found found = found(item.copy(0, item.mark(0)));
            handler.note(TapeNote.warning(
                    MessageCode.TAPE_COUNT_WRONG, in.reel(), in.block(), found.name(), "a segment mark within it"));
            item.add(Marks.SEGMENT);
            item.add((byte) next);
        }
        return true;
    }

    private void frames() {
        item.add((byte) 'B');
        if (!in.copyUntil(SEGMENT, item)) {
            throw in.unended();
        }
        RecordHead head = new RecordHead(item);
        Frames frames = new Frames(item, head.number(), head.id(), head.attributes(), reel, block);
        Segment record = new Segment();
        while (frames.isCounted() && !frames.isWhole()) {
            record.clear();
            if (!in.copy(1 + Frames.RECORD_BYTES, record)) {
                throw in.unended();
            }
            frames.add(record, 1);
        }
        if (!head.isUsable() || !frames.isCounted() || frames.isBroken()) {
            throw new TapeBroken(
                    MessageCode.TAPE_FRAMES_BROKEN,
                    in.reel(),
                    in.block(),
                    found(head.id()).name());
        }
        items.item(found(head.id()), frames.length(), frames::bytes, frames.form(), counts);
        begin();
    }

    private Items.Found found(byte[] id) {
        return new Items.Found(file, 0, id, reel, block);
    }
}
