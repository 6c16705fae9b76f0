package org.hotbackup.tape;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How much a tape file has, and the checksum of all of it with its label's text: stands in the filemark behind it, where other systems
 * have garbage and look at nothing (docs/tape-format.md 6). Not thread-safe.
 */
final class TapeProof {

    private static final int AT = BlockFormat.LINK_BYTES;
    private static final String TAG = "HOT.BACKUP ";
    private static final int COUNT_END = TAG.length() + 8;
    private static final int LENGTH = COUNT_END + 1 + 8;

    private final CRC32C sum = new CRC32C();
    private final boolean labelled;
    private long blocks;

    /**
     * Of a tape file of which there is nothing yet.
     *
     * @param label its label, empty if it has none
     */
    TapeProof(Optional<TapeLabel> label) {
        labelled = label.isPresent();
        label.ifPresent(known -> sum.update(known.text().stripTrailing().getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** A block of it, from this place on; one that a reel repeats does not count. */
    void block(byte[] raw, int from) {
        blocks++;
        sum.update(raw, from, raw.length - from);
    }

    /** Puts it into the filemark behind the tape file, if there is one. */
    void into(byte[] filemark) {
        if (labelled || blocks > 0) {
            byte[] text = text().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, filemark, AT, LENGTH);
        }
    }

    private String text() {
        return String.format(Locale.ROOT, "%s%08X %08X", TAG, blocks, sum.getValue());
    }

    /** Whether a filemark has one at all. */
    static boolean isIn(TapeBlock filemark) {
        return shown(filemark).startsWith(TAG);
    }

    /** What of this is not as the filemark says; empty if all is. */
    Optional<String> differs(TapeBlock filemark) {
        String there = shown(filemark);
        if (there.equals(text())) {
            return Optional.empty();
        }
        byte[] digits = there.getBytes(StandardCharsets.ISO_8859_1);
        long written = Hex.value(digits, TAG.length(), COUNT_END);
        if (written < 0) {
            return Optional.of("the filemark does not say any more how much it was");
        }
        return Optional.of(
                written == blocks
                        ? "one of its " + blocks + " blocks was changed, or stands at another place"
                        : "it was written with " + written + " blocks and has " + blocks);
    }

    private static String shown(TapeBlock filemark) {
        return new String(Arrays.copyOfRange(filemark.raw(), AT, AT + LENGTH), StandardCharsets.ISO_8859_1);
    }
}
