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

    private final TapeWriter tape;
    private final byte[] frame = new byte[2 * Frames.BYTES];
    private final byte[] rest = new byte[Frames.BYTES];
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
        byte[] oc = latin("OC\u00FE" + String.format("%04X", number & MOST) + "\u00FE");
        for (int i = 0; i < count; i++) {
            int from = i * Frames.BYTES;
            int length = Math.min(Frames.BYTES, body.length - from);
            Arrays.fill(rest, (byte) 0);
            System.arraycopy(body, from, rest, 0, length);
            Hex.encode(rest, 0, Frames.BYTES, frame, 0);
            tape.write(Marks.SEGMENT);
            tape.write(oc);
            tape.write(frame);
            tape.write(Marks.ATTRIBUTE);
        }
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
        tape.write(latin(String.format("%04X", count)));
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
