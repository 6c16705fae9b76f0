package org.hotbackup.testing;

import java.nio.ByteBuffer;
import java.util.List;

/** What a proxy does to one message that carries a frame. */
public enum Fault {
    /** It comes twice. */
    DUPLICATE,
    /** It comes after the frame that follows it. */
    SWAP,
    /** Half of it comes, then the connection is reset. */
    CUT,
    /** One bit of its frame's body, or of its checksum if there is none, is another one. */
    FLIP_BIT,
    /** Its frame is of protocol version 9. */
    UNKNOWN_VERSION,
    /** Its frame is of type 99, with a right checksum. */
    UNKNOWN_CODE,
    /** Its frame says that it has 2,147,483,647 bytes. */
    OVERSIZED_FRAME,
    /** It announces a packet of 2,147,483,647 bytes. */
    OVERSIZED_PACKET;

    private static final byte OTHER_VERSION = 9;
    private static final byte OTHER_TYPE = 99;

    /**
     * What comes instead of a packet; {@link #SWAP} and {@link #CUT} are the proxy's own work.
     *
     * @param at where the frame begins in it
     */
    List<byte[]> of(byte[] packet, int at) {
        byte[] changed = packet.clone();
        switch (this) {
            case DUPLICATE -> {
                return List.of(packet, packet);
            }
            case FLIP_BIT -> changed[Math.min(at + Packets.BODY_AT, changed.length - 1)] ^= 1;
            case UNKNOWN_VERSION -> changed[at + Packets.VERSION_AT] = OTHER_VERSION;
            case UNKNOWN_CODE -> {
                changed[at + Packets.TYPE_AT] = OTHER_TYPE;
                Packets.sign(changed, at);
            }
            case OVERSIZED_FRAME -> ByteBuffer.wrap(changed).putInt(at + Packets.LENGTH_AT, Integer.MAX_VALUE);
            case OVERSIZED_PACKET -> ByteBuffer.wrap(changed).putInt(0, Integer.MAX_VALUE);
            case SWAP, CUT -> throw new IllegalStateException(this + " is done by the proxy");
        }
        return List.of(changed);
    }
}
