package org.hotbackup.tape;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Marks;

/** Writes single records of save streams (docs/tape-format.md 4) with their counts. */
final class RecordWriter {

    /** The largest count. */
    static final int MOST = 0xFFFF;

    private static final int COUNT_DIGITS = 4;

    /** What stands before the digits of a frame, its segment mark included. */
    private static final int FRAME_HEAD = Frames.RECORD_BYTES + 1 - 2 * Frames.BYTES - 1;

    private final TapeWriter tape;
    private final byte[] frame = new byte[Frames.RECORD_BYTES + 1];
    private final byte[] digits = new byte[COUNT_DIGITS];
    private final String stamp;

    /**
     * Writes to a tape.
     *
     * @param stamp time and date of binary items
     */
    RecordWriter(TapeWriter tape, String stamp) {
        this.tape = tape;
        this.stamp = stamp;
    }

    /** Whether a record can count what follows its group or number: name or id, attributes, and a mark behind each. */
    static boolean fits(int nameBytes, int attributeBytes) {
        return COUNT_DIGITS + nameBytes + 1L + attributeBytes + 1 <= MOST;
    }

    /** {@code D^level^number^ccccNAME^pointer^}. */
    void definition(int level, long number, byte[] name, byte[] pointer) {
        head("D\u00FE" + level + "\u00FE" + hex(number) + "\u00FE");
        counted(name, pointer);
    }

    /** {@code Q^number^ccccNAME^pointer^}. */
    void synonym(long number, byte[] name, byte[] pointer) {
        head("Q\u00FE" + hex(number) + "\u00FE");
        counted(name, pointer);
    }

    /** {@code Inumber^group^ccccID^body^}. */
    void item(long number, long group, ItemId id, byte[] body) {
        head("I" + hex(number) + "\u00FE" + hex(group) + "\u00FE");
        counted(id.bytes(), body);
    }

    /** {@code Bnumber^group^ccccID^CC^0^frames^^stamp^length^}, and the frames. */
    void frames(long number, long group, ItemId id, byte[] body) {
        int count = (body.length + Frames.BYTES - 1) / Frames.BYTES;
        head("B" + hex(number) + "\u00FE" + hex(group) + "\u00FE");
        counted(
                id.bytes(),
                latin("CC\u00FE0\u00FE" + hex(count) + "\u00FE\u00FE" + stamp + "\u00FE" + hex(body.length)));
        beginFrame(number);
        for (int i = 0; i < count; i++) {
            int from = i * Frames.BYTES;
            int length = Math.min(Frames.BYTES, body.length - from);
            Hex.encode(body, from, length, frame, FRAME_HEAD);
            Arrays.fill(frame, FRAME_HEAD + 2 * length, FRAME_HEAD + 2 * Frames.BYTES, (byte) '0');
            tape.write(frame);
        }
    }

    /** All of an OC record but its bytes: segment mark, {@code OC^nnnn^}, room for the digits, and the last mark. */
    private void beginFrame(long number) {
        frame[0] = Marks.SEGMENT;
        frame[1] = 'O';
        frame[2] = 'C';
        frame[3] = Marks.ATTRIBUTE;
        Hex.encode(number, COUNT_DIGITS, frame, FRAME_HEAD - 1 - COUNT_DIGITS);
        frame[FRAME_HEAD - 1] = Marks.ATTRIBUTE;
        frame[frame.length - 1] = Marks.ATTRIBUTE;
    }

    /** An end record. */
    void end(String record) {
        head(record);
    }

    private void head(String head) {
        tape.write(Marks.SEGMENT);
        tape.write(latin(head));
    }

    private void counted(byte[] name, byte[] attributes) {
        int marks = attributes.length == 0 ? 1 : 2;
        int count = COUNT_DIGITS + name.length + attributes.length + marks;
        Hex.encode(count, COUNT_DIGITS, digits, 0);
        tape.write(digits);
        tape.write(name);
        tape.write(Marks.ATTRIBUTE);
        if (attributes.length > 0) {
            tape.write(attributes);
            tape.write(Marks.ATTRIBUTE);
        }
    }

    private static String hex(long number) {
        return Long.toHexString(number).toUpperCase(Locale.ROOT);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
