package org.hotbackup.tape;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.hotbackup.model.Marks;

/**
 * The label before a tape file, {@value #BYTES} bytes at the beginning of a block (docs/tape-format.md 2).
 *
 * @param blockSize the block size that it states
 * @param stamp time and date as they stand there, {@code HH:MM:SS  DD MMM YYYY}
 * @param text what the tape file is, up to {@value #TEXT_BYTES} characters; blanks at its end are left out
 * @param reel the reel's number, from 1; 0 if there is none to be read
 */
public record TapeLabel(int blockSize, String stamp, String text, int reel) {

    /** The length of a label. */
    public static final int BYTES = 80;

    /** The longest text. */
    public static final int TEXT_BYTES = 46;

    /** What the text of every save begins with. */
    static final String SAVE = "DATA ";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("HH:mm:ss  dd MMM yyyy", Locale.ENGLISH);
    private static final int MOST_REELS = 100;
    private static final int SIZE_AT = 3;
    private static final int SIZE_END = 7;
    private static final int STAMP_AT = 8;
    private static final int STAMP_END = 29;
    private static final int TEXT_AT = 30;
    private static final int REEL_MARK_AT = 77;

    /** Cuts the text to what a label holds. */
    public TapeLabel {
        text = text.length() <= TEXT_BYTES ? text : text.substring(0, TEXT_BYTES);
    }

    /** A new label. */
    public static TapeLabel of(int blockSize, LocalDateTime time, String text, int reel) {
        return new TapeLabel(blockSize, stamp(time), text, reel);
    }

    /** Time and date as labels have them. */
    static String stamp(LocalDateTime time) {
        return STAMP.format(time).toUpperCase(Locale.ENGLISH);
    }

    /** Whether a label begins at this place. */
    static boolean isAt(byte[] raw, int at) {
        return raw.length - at >= BYTES
                && raw[at] == Marks.SEGMENT
                && raw[at + 1] == 'L'
                && raw[at + 2] == ' '
                && raw[at + SIZE_END] == ' '
                && Hex.value(raw, at + SIZE_AT, at + SIZE_END) >= 0;
    }

    /** The label at the beginning of a block's data; empty if there is none. */
    public static Optional<TapeLabel> in(TapeBlock block) {
        return block.isLabel() ? Optional.of(read(block.data())) : Optional.empty();
    }

    private static TapeLabel read(byte[] data) {
        String label = new String(data, 0, BYTES, StandardCharsets.ISO_8859_1);
        String reel = label.substring(REEL_MARK_AT + 1);
        return new TapeLabel(
                (int) Hex.value(data, SIZE_AT, SIZE_END),
                label.substring(STAMP_AT, STAMP_END),
                label.substring(TEXT_AT, TEXT_AT + TEXT_BYTES).stripTrailing(),
                reel.matches("[0-9]{2}") ? Integer.parseInt(reel) : 0);
    }

    /** Its {@value #BYTES} bytes; what a character set of one byte cannot hold becomes a question mark. */
    public byte[] bytes() {
        byte[] label = new byte[BYTES];
        Arrays.fill(label, (byte) ' ');
        label[0] = Marks.SEGMENT;
        label[1] = 'L';
        put(label, SIZE_AT, String.format("%04X", blockSize));
        put(label, STAMP_AT, stamp);
        put(label, TEXT_AT, text);
        label[REEL_MARK_AT] = Marks.ATTRIBUTE;
        put(label, REEL_MARK_AT + 1, String.format("%02d", reel % MOST_REELS));
        return label;
    }

    private static void put(byte[] label, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, label, at, bytes.length);
    }

    /** The same label on another reel. */
    TapeLabel onReel(int other) {
        return new TapeLabel(blockSize, stamp, text, other);
    }

    /** Whether it can stand on a further reel of the tape file that began with another label (docs/tape-format.md 5). */
    boolean continues(TapeLabel other) {
        return text.equals(other.text) && stamp.equals(other.stamp);
    }

    /** Whether it says that a save follows. */
    boolean isOfSave() {
        return (text + " ").startsWith(SAVE);
    }
}
