package org.hotbackup.tape;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.Marks;

/** Looks at the beginning of an image, as little of it as will do, and sees how its blocks are laid out. */
final class FormatProbe {

    private static final int TAG_BYTES = 4;
    private static final int LABEL_HEAD_BYTES = 8;
    private static final int SIZE_AT = 3;

    /** A label is looked for behind so many bytes: two filemarks of the largest size. */
    private static final int FAR = 2 * BlockFormat.LARGEST;

    private final InputStream in;
    private final int reel;
    private byte[] head = new byte[BlockFormat.FLOPPY.size() * 2];
    private int length;

    FormatProbe(InputStream in, int reel) {
        this.in = in;
        this.reel = reel;
    }

    /** The image from its beginning, with what was looked at. */
    InputStream whole() {
        return new SequenceInputStream(new ByteArrayInputStream(head, 0, length), in);
    }

    BlockFormat format() {
        if (!has(TAG_BYTES)) {
            throw length == 0 ? new TapeBroken(MessageCode.TAPE_EMPTY, reel, 0) : unknown();
        } else if (labelledSize(0) > 0) {
            return checked(0, labelledSize(0));
        } else if (isTag("EOF") || isTag("BOV")) {
            return behindMarks();
        } else if (isLink(0)) {
            return linked();
        }
        throw unknown();
    }

    /** The first block has a link field; a label may say that it is longer than a floppy's. */
    private BlockFormat linked() {
        int size = labelledSize(BlockFormat.LINK_BYTES);
        int next = BlockFormat.LINK_BYTES + size;
        boolean longer = size > 0
                && size != BlockFormat.FLOPPY.dataBytes()
                && has(next + TAG_BYTES)
                && (isLink(next) || isTagAt(next, "EOF"));
        return longer ? checked(BlockFormat.LINK_BYTES, size) : BlockFormat.FLOPPY;
    }

    /** Marks stand before the first label, which says how long they are: it stands behind a whole number of them. */
    private BlockFormat behindMarks() {
        for (int at = TAG_BYTES; at < FAR && has(at + LABEL_HEAD_BYTES); at++) {
            int size = labelledSize(at);
            int link = BlockFormat.LINK_BYTES;
            if (size == BlockFormat.FLOPPY.dataBytes() && at % BlockFormat.FLOPPY.size() == link) {
                return BlockFormat.FLOPPY;
            } else if (size >= BlockFormat.SMALLEST && at % size == 0) {
                return checked(0, size);
            } else if (size >= BlockFormat.SMALLEST && at % (size + link) == link) {
                return checked(link, size);
            }
        }
        int second = BlockFormat.FLOPPY.size();
        if (length < second) {
            // marks of another size, and nothing else
            throw new TapeBroken(MessageCode.TAPE_BLANK, reel, 0);
        } else if (!has(second + TAG_BYTES) || isLink(second) || isTagAt(second, "EOF")) {
            return BlockFormat.FLOPPY;
        }
        throw unknown();
    }

    /**
     * Looks whether the image stands in blocks that somebody else says. A label may lie, so that what it states is no reason to doubt them.
     *
     * @throws TapeBroken if it does not, and does in blocks of another layout
     */
    void refuseUnless(BlockFormat given) {
        BlockFormat seen;
        try {
            seen = format();
        } catch (TapeBroken e) {
            return; // nothing tells
        }
        boolean labelled = labelledSize(firstBlock(seen) + seen.linkBytes()) > 0;
        if (!seen.equals(given) && !fits(given, labelled) && fits(seen, labelled)) {
            throw new TapeBroken(MessageCode.TAPE_BLOCK_SIZE_WRONG, reel, 0, given.dataBytes(), seen.dataBytes());
        }
    }

    /** Where the first block begins that is no mark, if blocks are so long. */
    private int firstBlock(BlockFormat format) {
        int at = 0;
        while (at < FAR && has(at + TAG_BYTES) && (isTagAt(at, "EOF") || isTagAt(at, "BOV"))) {
            at += format.size();
        }
        return at;
    }

    /** Whether link fields are where they should, and the first label too, if there is one, with what fills its block ending as the block does. */
    private boolean fits(BlockFormat format, boolean labelled) {
        int at = firstBlock(format);
        int label = at + format.linkBytes();
        int end = at + format.size();
        boolean linked = format.linkBytes() > 0 && has(at + TAG_BYTES) && isLink(at);
        if (linked && has(end + TAG_BYTES) && !isLink(end) && !isTagAt(end, "EOF")) {
            return false;
        } else if (!labelled || labelledSize(label) == 0) {
            return linked && !labelled;
        }
        int fill = label + TapeLabel.BYTES;
        int next = end + format.linkBytes();
        boolean filled = has(end);
        for (int i = fill; filled && i < end; i++) {
            filled = head[i] == head[fill];
        }
        boolean goesOn = has(next + 1) && (fill < end ? head[next] == head[fill] : isFill(head[next]));
        return filled && !goesOn;
    }

    private static boolean isFill(byte value) {
        return value == 0 || value == ' ' || value == Marks.START_BUFFER;
    }

    private BlockFormat checked(int link, int size) {
        if (size < BlockFormat.SMALLEST) {
            throw unknown();
        }
        return new BlockFormat(link, size);
    }

    private TapeBroken unknown() {
        String bytes = IntStream.range(0, Math.min(length, LABEL_HEAD_BYTES))
                .mapToObj(i -> String.format(Locale.ROOT, "%02X", head[i]))
                .collect(Collectors.joining(" "));
        return new TapeBroken(MessageCode.TAPE_FORMAT_UNKNOWN, reel, 0, bytes);
    }

    private boolean isTag(String tag) {
        return isTagAt(0, tag);
    }

    private boolean isTagAt(int at, String tag) {
        return head[at] == tag.charAt(0)
                && head[at + 1] == tag.charAt(1)
                && head[at + 2] == tag.charAt(2)
                && head[at + TAG_BYTES - 1] == Marks.SEGMENT;
    }

    private boolean isLink(int at) {
        for (int i = at; i < at + TAG_BYTES; i++) {
            if (head[i] != head[at] || head[i] != 0 && head[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    /** The block size that a label at this place states, 0 if there is no label. */
    private int labelledSize(int at) {
        if (!has(at + LABEL_HEAD_BYTES)
                || head[at] != Marks.SEGMENT
                || head[at + 1] != 'L'
                || head[at + 2] != ' '
                || head[at + LABEL_HEAD_BYTES - 1] != ' ') {
            return 0;
        }
        return (int) Math.max(0, Hex.value(head, at + SIZE_AT, at + LABEL_HEAD_BYTES - 1));
    }

    /** Reads on until there are so many bytes; false if the image is shorter. */
    private boolean has(int bytes) {
        try {
            while (length < bytes) {
                if (length == head.length) {
                    head = Arrays.copyOf(head, head.length * 2);
                }
                int read = in.read(head, length, Math.min(head.length, Math.max(bytes, length)) - length);
                if (read < 0) {
                    return false;
                }
                length += read;
            }
            return true;
        } catch (IOException e) {
            throw TapeBroken.of(e, MessageCode.TAPE_READ_FAILED, reel, 0);
        }
    }
}
