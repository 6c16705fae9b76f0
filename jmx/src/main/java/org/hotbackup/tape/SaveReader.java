package org.hotbackup.tape;

import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.Marks;

/**
 * Reads the records of a save stream (docs/tape-format.md 4), each of which begins with FF and a letter, up to the end
 * record. Counts are checked and wrong ones reported, but it is the next FF that ends a record.
 */
final class SaveReader {

    private static final int SEGMENT = 0xFF;
    private static final int COUNT_DIGITS = 4;
    private static final int COUNT_RANGE = 0x10000;

    /** How many definitions behind a directory-type file belong to it. */
    private static final int OF_DIRECTORY = 2;

    private final DataStream in;
    private final Catalogue catalogue;
    private final TapeHandler handler;
    private final Items items;
    private final Counts counts;
    private final Segment record = new Segment();

    private int reel;
    private long block;
    private Frames frames;
    private int passedOver;

    SaveReader(DataStream in, Catalogue catalogue, TapeHandler handler, Counts counts) {
        this.in = in;
        this.catalogue = catalogue;
        this.handler = handler;
        this.items = new Items(handler);
        this.counts = counts;
    }

    /** Whether the beginning of a tape file is that of a save. */
    static boolean isAt(int first, int second, int third) {
        if (first != SEGMENT || second < 0) {
            return false;
        }
        return second == 'X' ? isEnd(third) : "DIMHQR".indexOf(second) >= 0;
    }

    /** Whether this letter makes an end record of an X: the tape goes on (C, F) or ends (X). */
    private static boolean isEnd(int second) {
        return second == 'C' || second == 'F' || second == 'X';
    }

    /** Reads up to the end record, and returns it. */
    String read() {
        begin();
        next();
        if (record.counted() > 0) {
            unknown();
        }
        String end = record();
        while (end.isEmpty()) {
            end = record();
        }
        endFrames();
        in.skipRest();
        return end;
    }

    /** Reads a record, whose segment mark is read; returns it if it is an end record, otherwise an empty text. */
    private String record() {
        begin();
        if (in.peek() == 'X') {
            record.add((byte) in.read());
            if (isEnd(in.peek())) {
                return "X" + (char) in.read();
            }
        }
        next();
        if (record.length() > 0) {
            take();
        }
        return "";
    }

    private void begin() {
        in.peek();
        reel = in.reel();
        block = in.block();
        record.clear();
    }

    /** Reads the rest of a record, and the segment mark of the next one. */
    private void next() {
        if (!in.copyUntil(SEGMENT, record)) {
            throw in.unended();
        }
        in.read();
    }

    private void take() {
        if (Frames.isAt(record, 0)) {
            frame();
            return;
        }
        endFrames();
        char type = (char) record.get(0);
        boolean named = record.mark(0) == 1;
        RecordHead head = new RecordHead(record);
        if (type == 'D' && named) {
            definition();
        } else if (type == 'Q' && named) {
            synonym();
        } else if (type == 'B' && head.isUsable()) {
            beginFrames(head);
        } else if ("IFEL".indexOf(type) >= 0 && head.isUsable()) {
            item(head);
        } else if (type == 'R') {
            passedOver = OF_DIRECTORY;
            handler.note(TapeNote.loss(MessageCode.TAPE_DIRECTORY_FILE, reel, block, shown()));
        } else if (type != 'M' && type != 'H') {
            unknown();
        }
    }

    private void definition() {
        int levelEnd = record.mark(2);
        long level = record.hex(2, levelEnd);
        Definition definition = new Definition(levelEnd + 1);
        if (level < 0 || level > 3 || !definition.isUsable()) {
            unknown();
        } else if (passedOver > 0) {
            passedOver--;
            catalogue.forget(definition.number);
        } else {
            definition.check();
            counts.file((int) level);
            catalogue
                    .define((int) level, definition.number, definition.name(), definition.pointer(), reel, block)
                    .ifPresent(handler::file);
        }
    }

    private void synonym() {
        Definition definition = new Definition(2);
        if (!definition.isUsable()) {
            unknown();
            return;
        }
        definition.check();
        counts.synonym();
        Optional<TapeFile> target = catalogue.find(definition.number);
        handler.synonym(new TapeSynonym(
                catalogue.holder(target), TapeText.of(definition.name()), target, definition.pointer()));
    }

    /** What D and Q records share: the file's number, the count with the name, and the D-pointer. */
    private final class Definition {

        private final long number;
        private final int third;
        private final int nameEnd;

        Definition(int at) {
            int numberEnd = record.mark(at);
            number = record.hex(at, numberEnd);
            third = Math.min(record.length(), numberEnd + 1);
            nameEnd = record.mark(third);
        }

        boolean isUsable() {
            return number >= 0 && nameEnd > third + COUNT_DIGITS && nameEnd < record.length() && !record.isCut();
        }

        byte[] name() {
            return record.copy(third + COUNT_DIGITS, nameEnd);
        }

        byte[] pointer() {
            int end = record.endsWith(Marks.ATTRIBUTE) ? record.length() - 1 : record.length();
            return record.copy(nameEnd + 1, end);
        }

        void check() {
            long there = record.counted() - third;
            if (record.hex(third, third + COUNT_DIGITS) != there % COUNT_RANGE) {
                wrongCount("the definition of " + TapeText.shown(name()), there);
            }
        }
    }

    private void item(RecordHead head) {
        if (!head.hasCount() && record.get(head.third()) == 'O') {
            counted(head);
        } else if (!head.hasCount() && record.get(head.third()) == 'L') {
            segment(head);
        } else {
            plain(head);
        }
    }

    private void plain(RecordHead head) {
        Items.Found found = found(head.number(), head.id());
        // one mark too many before the end record, as AP writes it
        if (!head.isCountRight(0) && head.isCountRight(1) && isMarkedTwice() && in.peek() == 'X') {
            record.shorten(1);
        }
        if (!head.isCountRight(0)) {
            wrongCount(found.name(), record.counted() - head.third());
        }
        text(found, head.attributes(), ItemForm.PLAIN);
    }

    private boolean isMarkedTwice() {
        int length = record.length();
        return length > 1 && record.get(length - 1) == Marks.ATTRIBUTE && record.get(length - 2) == Marks.ATTRIBUTE;
    }

    /** Hands on the attributes that begin at a place of the record; the last one is closed by a mark. */
    private void text(Items.Found found, int from, ItemForm form) {
        int surplus = record.counted() > from && record.endsWith(Marks.ATTRIBUTE) ? 1 : 0;
        long length = Math.max(0, record.counted() - from - surplus);
        items.item(found, length, () -> record.copy(from, record.length() - surplus), form, counts);
    }

    /** An item whose bytes are counted in units, filled up with NUL, and followed by their exact number. */
    private void counted(RecordHead head) {
        CountedItem counted = new CountedItem(in, record, head.third());
        if (!counted.isUsable()) {
            unknown();
            return;
        }
        counted.read();
        Items.Found found = found(head.number(), counted.id());
        if (!counted.isExact()) {
            wrongCount(found.name(), counted.length());
        }
        items.item(found, counted.length(), counted::bytes, ItemForm.COUNTED, counts);
    }

    /** An item whose text follows in a segment of its own. */
    private void segment(RecordHead head) {
        int from = Math.min(record.length(), record.mark(head.third()) + 1);
        Items.Found found = found(head.number(), record.copy(from, record.mark(from)));
        record.clear();
        next();
        text(found, 0, ItemForm.SEGMENT);
    }

    private void beginFrames(RecordHead head) {
        if (!head.isCountRight(0)) {
            wrongCount(TapeText.shown(head.id()), record.counted() - head.third());
        }
        frames = new Frames(record, head.number(), head.id(), head.attributes(), reel, block);
        if (frames.isExactWrong()) {
            wrongCount(TapeText.shown(head.id()), frames.length());
        }
        if (frames.isWhole()) {
            endFrames();
        }
    }

    private void frame() {
        if (frames == null) {
            unknown();
            return;
        }
        frames.add(record, 0);
        if (frames.isWhole()) {
            endFrames();
        }
    }

    private void endFrames() {
        if (frames == null) {
            return;
        }
        Items.Found found = new Items.Found(
                catalogue.find(frames.file()), frames.file(), frames.id(), frames.reel(), frames.block());
        if (frames.isWhole() && !frames.isBroken()) {
            items.item(found, frames.length(), frames::bytes, frames.form(), counts);
        } else {
            items.broken(found, frames.isBroken() ? "one of its frames cannot be read" : frames.progress());
        }
        frames = null;
    }

    private Items.Found found(long number, byte[] id) {
        return new Items.Found(catalogue.find(number), number, id, reel, block);
    }

    private void wrongCount(String what, long there) {
        handler.note(TapeNote.warning(
                MessageCode.TAPE_COUNT_WRONG, reel, block, what, there + " bytes, but a count of another number"));
    }

    private void unknown() {
        handler.note(TapeNote.loss(MessageCode.TAPE_RECORD_UNKNOWN, reel, block, shown(), record.counted()));
    }

    private String shown() {
        return TapeText.shown(record.copy(0, Math.min(record.length(), TapeText.SHOWN_BYTES)));
    }
}
