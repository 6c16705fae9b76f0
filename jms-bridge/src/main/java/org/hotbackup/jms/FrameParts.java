package org.hotbackup.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame as messages: parts that are small enough that each one crosses a slow line well within the time after which a
 * silent connection counts as dead. The parts of a frame follow each other; each says whose it is and how much is left.
 */
final class FrameParts {

    /** The most bytes of a frame in one message. */
    static final int PART_BYTES = 32 << 10;

    private FrameParts() {}

    /** The parts of a frame, in order; one for an empty frame. */
    static List<BytesMessage> split(Session session, long sender, byte[] frame) throws JMSException {
        List<BytesMessage> parts = new ArrayList<>();
        int from = 0;
        do {
            int length = Math.min(PART_BYTES, frame.length - from);
            parts.add(part(session, sender, frame, from, length));
            from += length;
        } while (from < frame.length);
        return parts;
    }

    private static BytesMessage part(Session session, long sender, byte[] frame, int from, int length)
            throws JMSException {
        BytesMessage part = session.createBytesMessage();
        part.setLongProperty(Names.SENDER, sender);
        part.setIntProperty(Names.LEFT, frame.length - from - length);
        part.writeBytes(frame, from, length);
        return part;
    }
}
