package org.hotbackup.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.hotbackup.replication.LinkDownException;

/**
 * Frames that arrived and were not polled yet. A well-behaved master never has more under way than its window, which
 * bounds it; who sends more than that is cut off. Thread-safe.
 */
final class Inbox implements MessageListener {

    /** One transaction of the largest size, a full window and room for small talk. */
    private static final long MOST_BYTES = 128L << 20;

    private static final long MOST_FRAME_BYTES = 70L << 20;

    private final Queue<byte[]> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Runnable wake;
    private volatile String broken;

    Inbox(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void onMessage(Message message) {
        try {
            if (message instanceof BytesMessage frame) {
                long length = frame.getBodyLength();
                if (length > MOST_FRAME_BYTES || bytes.addAndGet(length) > MOST_BYTES) {
                    breakDown("the other side sends more than was asked for");
                    return;
                }
                byte[] body = new byte[(int) length];
                frame.readBytes(body);
                frames.add(body);
                wake.run();
            } else {
                breakDown("the other side sends something else than frames");
            }
        } catch (JMSException e) {
            breakDown(ArtemisTransactionLogQueue.reason(e));
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

    void checkUp() throws LinkDownException {
        if (broken != null) {
            throw new LinkDownException(broken);
        }
    }
}
