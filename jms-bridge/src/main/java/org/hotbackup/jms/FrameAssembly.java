package org.hotbackup.jms;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.hotbackup.replication.FrameCodec;

/** Puts the parts of frames together, of several senders at a time. Not thread-safe. */
final class FrameAssembly {

    /** Senders that broke off leave their frames unfinished; beyond these limits the oldest are forgotten. */
    private static final int MOST_UNFINISHED = 4;

    private static final long MOST_UNFINISHED_BYTES = FrameCodec.MAX_FRAME;

    private static final SimpleString SENDER = SimpleString.of(Names.SENDER);
    private static final SimpleString LEFT = SimpleString.of(Names.LEFT);

    /** A message is no part of a frame, or not the one that follows. */
    static final class BadPartException extends Exception {

        private static final long serialVersionUID = 1L;

        BadPartException(String reason) {
            super(reason);
        }
    }

    /**
     * Whose frame it is.
     *
     * @param node of the certificate that was shown; nobody adds to the frame of another node
     * @param link the number that its link took
     */
    private record Sender(String node, long link) {}

    private final Map<Sender, ByteBuffer> unfinished = new LinkedHashMap<>();

    /** The node whose certificate the sender of a message showed to the broker; empty if it showed none that states one. */
    static String sender(ICoreMessage message) {
        String user = message.getValidatedUserID();
        return user != null && user.startsWith(Names.PEER) ? user.substring(Names.PEER.length()) : "";
    }

    /**
     * Takes a part.
     *
     * @return the frame, if this was its last part
     * @throws BadPartException if it cannot be used; what its sender began is forgotten
     */
    Optional<byte[]> add(ICoreMessage part) throws BadPartException {
        if (part.getType() != Message.BYTES_TYPE
                || part.isLargeMessage()
                || !part.containsProperty(SENDER)
                || !part.containsProperty(LEFT)) {
            throw new BadPartException("something else than a frame arrived");
        }
        ActiveMQBuffer body = part.getReadOnlyBodyBuffer();
        Sender sender = new Sender(sender(part), part.getLongProperty(SENDER));
        int left = part.getIntProperty(LEFT);
        long length = body.readableBytes();
        ByteBuffer frame = unfinished.remove(sender);
        if (frame == null) {
            if (left < 0 || length + left > FrameCodec.MAX_FRAME) {
                throw new BadPartException("a frame of " + (length + left) + " bytes was announced");
            }
            if (left > 0) {
                forgetFor(length + left);
            }
            frame = ByteBuffer.allocate((int) length + left);
        }
        if (frame.remaining() != length + left) {
            throw new BadPartException("a part of a frame is missing");
        }
        body.readBytes(frame.array(), frame.position(), (int) length);
        frame.position(frame.position() + (int) length);
        if (left == 0) {
            return Optional.of(frame.array());
        }
        unfinished.put(sender, frame);
        return Optional.empty();
    }

    /** Before the room for a new frame is taken: old and new together may be more than there is. */
    private void forgetFor(long newBytes) {
        long bytes = newBytes;
        for (ByteBuffer begun : unfinished.values()) {
            bytes += begun.capacity();
        }
        Iterator<ByteBuffer> oldest = unfinished.values().iterator();
        while (oldest.hasNext() && (bytes > MOST_UNFINISHED_BYTES || unfinished.size() >= MOST_UNFINISHED)) {
            bytes -= oldest.next().capacity();
            oldest.remove();
        }
    }
}
