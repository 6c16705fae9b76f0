package org.hotbackup.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.FrameCodec;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.replication.ServerMessages;

/**
 * Frames that arrived and were not polled yet. A well-behaved master never has more under way than its window, which
 * bounds it; who sends more than that is cut off. Thread-safe.
 */
final class Inbox implements MessageListener {

    /** One frame of the largest size, a full window and room for small talk. */
    private static final long MOST_BYTES = FrameCodec.MAX_FRAME + (32L << 20);

    private final Queue<byte[]> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final FrameAssembly assembly = new FrameAssembly();
    private final Runnable wake;
    private final ServerMessages messages;
    private volatile String broken;
    private boolean badPartSeen;

    Inbox(Runnable wake, ServerMessages messages) {
        this.wake = wake;
        this.messages = messages;
    }

    /** Called by one thread at a time. */
    @Override
    public void onMessage(Message message) {
        try {
            Optional<byte[]> frame = assembly.add(message);
            if (frame.isPresent() && broken == null) {
                if (bytes.addAndGet(frame.get().length) > MOST_BYTES) {
                    frames.clear();
                    breakDown("the other side sends more than was asked for");
                } else {
                    frames.add(frame.get());
                    wake.run();
                }
            }
        } catch (FrameAssembly.BadPartException e) {
            badPart(e.getMessage());
        } catch (JMSException e) {
            breakDown(Reasons.of(e));
        }
    }

    /** One peer's nonsense must not end what others say: the conversation finds the gap by itself. */
    private void badPart(String reason) {
        if (!badPartSeen) {
            badPartSeen = true;
            messages.say(MessageCode.MESSAGE_IGNORED, reason);
        }
    }

    /** Nothing more will arrive, for this reason. */
    void breakDown(String reason) {
        if (broken == null) {
            broken = reason;
        }
        wake.run();
    }

    /**
     * The next frame.
     *
     * @throws LinkDownException if there is none and none will come
     */
    Optional<byte[]> poll() throws LinkDownException {
        byte[] frame = frames.poll();
        if (frame == null && broken != null) {
            throw new LinkDownException(broken);
        }
        if (frame != null) {
            bytes.addAndGet(-frame.length);
        }
        return Optional.ofNullable(frame);
    }

    boolean isBroken() {
        return broken != null;
    }

    void checkUp() throws LinkDownException {
        if (broken != null) {
            throw new LinkDownException(broken);
        }
    }
}
