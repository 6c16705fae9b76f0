package org.hotbackup.jms;

import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
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

    /**
     * A whole frame.
     *
     * @param sender the node whose certificate its sender showed, empty if it showed none that states one
     */
    private record Arrived(byte[] frame, String sender) {}

    private final Queue<Arrived> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final FrameAssembly assembly = new FrameAssembly();
    private final Runnable wake;
    private final ServerMessages messages;
    private volatile String broken;
    private boolean badPartSeen;
    private String sender = "";

    Inbox(Runnable wake, ServerMessages messages) {
        this.wake = wake;
        this.messages = messages;
    }

    @Override
    public void onMessage(Message message) {
        take(((ActiveMQMessage) message).getCoreMessage());
    }

    /** A part of a frame arrived. */
    synchronized void take(ICoreMessage message) {
        try {
            Optional<byte[]> frame = assembly.add(message);
            if (frame.isPresent()) {
                take(frame.get(), FrameAssembly.sender(message));
            }
        } catch (FrameAssembly.BadPartException e) {
            badPart(e.getMessage());
        } catch (RuntimeException e) {
            // Artemis says so of a property that is no number, or of a body that is none
            badPart(Reasons.of(e));
        }
    }

    /**
     * A whole frame arrived.
     *
     * @param from the node whose certificate its sender showed, empty if it showed none that states one
     */
    void take(byte[] frame, String from) {
        if (broken != null) {
            return;
        }
        if (bytes.addAndGet(frame.length) > MOST_BYTES) {
            frames.clear();
            breakDown("the other side sends more than was asked for");
        } else {
            frames.add(new Arrived(frame, from));
            wake.run();
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
        Arrived next = frames.poll();
        if (next == null && broken != null) {
            throw new LinkDownException(broken);
        }
        if (next == null) {
            return Optional.empty();
        }
        bytes.addAndGet(-next.frame().length);
        sender = next.sender();
        return Optional.of(next.frame());
    }

    /** The node that sent the frame that was polled last, empty if it is not known. By the thread that polls. */
    String sender() {
        return sender;
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
