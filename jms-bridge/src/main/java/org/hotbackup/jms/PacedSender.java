package org.hotbackup.jms;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.LinkDownException;

/**
 * Sends frames to a broker that may be slow, far away or gone, on a thread of its own, no more than a megabyte ahead of
 * what that broker says it took. So nobody waits for the network, and a frame of any size needs little memory beside
 * itself. If the other side takes nothing for the manual's write time-out the link is broken.
 */
final class PacedSender implements JmsLink.Sender, CompletionListener {

    /** Parts sent and not yet taken. */
    private static final int MOST_UNDER_WAY = (1 << 20) / FrameParts.PART_BYTES;

    /** A window of the largest size and the largest transaction. */
    private static final long MOST_WAITING_BYTES = 128L << 20;

    private static final long CLOSE_MILLIS = 1_000;

    private final Session session;
    private final MessageProducer producer;
    private final long sender;
    private final Inbox inbox;
    private final long writeTimeOutNanos;
    private final Runnable atEnd;
    private final Thread thread;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private int underWay;
    private long lastTaken = System.nanoTime();
    private boolean sending;
    private boolean stopping;

    /**
     * Starts its thread.
     *
     * @param sender this link's number
     * @param inbox told when the link is found broken
     * @param atEnd closes the connection, on that thread: it may take a while when the other side is gone
     */
    PacedSender(
            String peer,
            Session session,
            MessageProducer producer,
            long sender,
            Inbox inbox,
            long writeTimeOutMillis,
            Runnable atEnd) {
        this.session = session;
        this.producer = producer;
        this.sender = sender;
        this.inbox = inbox;
        this.writeTimeOutNanos = TimeUnit.MILLISECONDS.toNanos(writeTimeOutMillis);
        this.atEnd = atEnd;
        this.thread = new Thread(this::run, "hot-backup link to " + peer);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void send(byte[] frame) throws LinkDownException {
        inbox.checkUp();
        if (!waiting.isEmpty() && waitingBytes + frame.length > MOST_WAITING_BYTES) {
            throw new LinkDownException("the other side does not take what is sent fast enough");
        }
        waiting.addLast(frame);
        waitingBytes += frame.length;
        notifyAll();
    }

    @Override
    public synchronized boolean isWriting() {
        return sending || !waiting.isEmpty() || underWay > 0;
    }

    private void run() {
        try {
            byte[] frame = next();
            while (frame != null) {
                FrameParts parts = new FrameParts(session, sender, frame);
                while (parts.hasNext()) {
                    awaitRoom();
                    producer.send(parts.next(), this);
                }
                frame = next();
            }
        } catch (JMSException e) {
            inbox.breakDown(Reasons.of(e));
        } catch (LinkDownException e) {
            inbox.breakDown(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            inbox.breakDown("sending was interrupted");
        } catch (RuntimeException e) {
            // the Artemis client says so when the connection goes down under a send
            inbox.breakDown(Reasons.of(e));
        } finally {
            atEnd.run();
        }
    }

    /**
     * The next frame, null when the link ends. What was sent before the link is closed still goes out, as far as there is
     * room for it: the last frame may be the one that says why.
     */
    private synchronized byte[] next() throws InterruptedException {
        sending = false;
        while (waiting.isEmpty() && !stopping && !inbox.isBroken()) {
            wait();
        }
        if (inbox.isBroken() || waiting.isEmpty()) {
            return null;
        }
        sending = true;
        byte[] frame = waiting.pollFirst();
        waitingBytes -= frame.length;
        return frame;
    }

    private synchronized void awaitRoom() throws InterruptedException, LinkDownException {
        while (underWay >= MOST_UNDER_WAY) {
            if (stopping) {
                throw new LinkDownException("the link is closed");
            }
            inbox.checkUp();
            long left = lastTaken + writeTimeOutNanos - System.nanoTime();
            if (left <= 0) {
                throw new LinkDownException(
                        MessageCode.WRITE_TIME_OUT.text(TimeUnit.NANOSECONDS.toSeconds(writeTimeOutNanos)));
            }
            TimeUnit.NANOSECONDS.timedWait(this, left + 1);
        }
        if (underWay == 0) {
            lastTaken = System.nanoTime();
        }
        underWay++;
    }

    @Override
    public synchronized void onCompletion(Message part) {
        underWay--;
        lastTaken = System.nanoTime();
        notifyAll();
    }

    @Override
    public synchronized void onException(Message part, Exception e) {
        inbox.breakDown(Reasons.of(e));
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        try {
            // a healthy connection is closed at once; of a dead one the thread takes leave by itself
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
