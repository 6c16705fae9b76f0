package org.hotbackup.tape;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Names on tapes, which are bytes of no stated character set. */
final class TapeText {

    /** How many bytes are shown. */
    static final int SHOWN_BYTES = 60;

    private TapeText() {}

    /** The text if the bytes are UTF-8, otherwise a character for each byte, as older systems meant it. */
    static String of(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            // an 8-bit set of an older system
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** The beginning of some bytes for a message, marks as people know them. */
    static String shown(byte[] bytes) {
        byte[] head = bytes.length <= SHOWN_BYTES ? bytes : java.util.Arrays.copyOf(bytes, SHOWN_BYTES);
        StringBuilder shown = new StringBuilder();
        for (byte b : head) {
            switch (b & 0xFF) {
                case 0xFE -> shown.append('^');
                case 0xFD -> shown.append(']');
                case 0xFC -> shown.append('\\');
                case 0xFB -> shown.append('[');
                case 0xFF -> shown.append('_');
                default -> shown.append(b >= ' ' && b < 0x7F ? (char) b : '.');
            }
        }
        return shown.toString();
    }
}
