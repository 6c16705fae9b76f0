package org.hotbackup.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

/**
 * A frame as messages: parts that are small enough that each one crosses a slow line well within the time after which a
 * silent connection counts as dead. The parts of a frame follow each other; each says whose it is and how much is left.
 */
final class FrameParts {

    /** The most bytes of a frame in one message. */
    static final int PART_BYTES = 128 << 10;

    private final Session session;
    private final long sender;
    private final byte[] frame;
    private int from;
    private boolean any;

    /**
     * The parts of a frame, each made when it is asked for; one for an empty frame.
     *
     * @param sender whose it is, the link's number
     */
    FrameParts(Session session, long sender, byte[] frame) {
        this.session = session;
        this.sender = sender;
        this.frame = frame;
    }

    boolean hasNext() {
        return !any || from < frame.length;
    }

    BytesMessage next() throws JMSException {
        int length = Math.min(PART_BYTES, frame.length - from);
        BytesMessage part = session.createBytesMessage();
        part.setLongProperty(Names.SENDER, sender);
        part.setIntProperty(Names.LEFT, frame.length - from - length);
        part.writeBytes(frame, from, length);
        from += length;
        any = true;
        return part;
    }
}
