package org.hotbackup.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A stream of Artemis' core protocol, taken apart as far as our frames need it: packets with their length before them, and
 * where a whole frame of ours lies in one. It can be read only without TLS.
 */
final class Packets {

    /** What a caller says first. */
    static final int GREETING_BYTES = 7;

    /** Offsets in a frame, see PROTOCOL.md. */
    static final int VERSION_AT = 2;

    static final int TYPE_AT = 3;
    static final int LENGTH_AT = 12;
    static final int CHECKSUM_AT = 16;
    static final int BODY_AT = 20;

    private static final int LENGTH_BYTES = 4;
    private static final int MOST_BYTES = 1 << 20;

    private final DataInputStream in;

    Packets(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** The next bytes as they are; fewer if the stream ends. */
    byte[] bytes(int count) throws IOException {
        return in.readNBytes(count);
    }

    /** The next packet with its length before it, null at the end. */
    byte[] next() throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return null;
        }
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("no packet has " + length + " bytes");
        }
        byte[] packet =
                ByteBuffer.allocate(LENGTH_BYTES + length).putInt(length).array();
        in.readFully(packet, LENGTH_BYTES, length);
        return packet;
    }

    /** Where a whole frame with a right checksum begins in a packet, -1 if there is none. */
    static int frameIn(byte[] packet) {
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        for (int at = LENGTH_BYTES; at + BODY_AT <= packet.length; at++) {
            if (packet[at] == 'H' && packet[at + 1] == 'B') {
                int length = bytes.getInt(at + LENGTH_AT);
                boolean fits = length >= 0 && length <= packet.length - at - BODY_AT;
                if (fits && bytes.getInt(at + CHECKSUM_AT) == checksum(packet, at, length)) {
                    return at;
                }
            }
        }
        return -1;
    }

    /** Makes the checksum of a frame right again. */
    static void sign(byte[] packet, int at) {
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        bytes.putInt(at + CHECKSUM_AT, checksum(packet, at, bytes.getInt(at + LENGTH_AT)));
    }

    private static int checksum(byte[] packet, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(packet, at, CHECKSUM_AT);
        crc.update(packet, at + BODY_AT, length);
        return (int) crc.getValue();
    }
}
