package org.hotbackup.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * The id of an item in its file: 1 to {@value #MAX_BYTES} bytes, none of them a mark. Ordered by unsigned bytes, the
 * order in which a file is read. Immutable.
 */
public final class ItemId implements Comparable<ItemId> {

    /** The longest id, in bytes. */
    public static final int MAX_BYTES = 200;

    private final byte[] bytes;

    private ItemId(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * An id of these bytes, which are copied.
     *
     * @throws Refusal if the id is empty, too long or holds a mark
     */
    public static ItemId of(byte[] bytes) {
        if (bytes.length == 0) {
            throw new Refusal(MessageCode.ITEM_ID_EMPTY);
        }
        if (bytes.length > MAX_BYTES) {
            throw new Refusal(MessageCode.ITEM_ID_TOO_LONG, bytes.length, MAX_BYTES);
        }
        for (int i = 0; i < bytes.length; i++) {
            if (Marks.isMark(bytes[i])) {
                throw new Refusal(MessageCode.ITEM_ID_HAS_MARK, i + 1, String.format("%02X", bytes[i]));
            }
        }
        return new ItemId(bytes.clone());
    }

    /**
     * An id of this text in UTF-8.
     *
     * @throws Refusal as {@link #of(byte[])}
     */
    public static ItemId of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The id's length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** For people: the text if the bytes are UTF-8 without control characters, otherwise with {@code \xNN} for them. */
    @Override
    public String toString() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // not text: shown byte by byte below
        }
        StringBuilder shown = new StringBuilder();
        for (byte b : bytes) {
            if (b >= 0x20 && b < 0x7F) {
                shown.append((char) b);
            } else {
                shown.append(String.format("\\x%02X", b));
            }
        }
        return shown.toString();
    }

    @Override
    public int compareTo(ItemId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemId id && Arrays.equals(bytes, id.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
