package org.hotbackup.server;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.hotbackup.replication.Link;
import org.hotbackup.replication.LinkDownException;
import org.hotbackup.tapesocket.BadTapeFrameException;
import org.hotbackup.tapesocket.TapeFrame;
import org.hotbackup.tapesocket.TapeFrameCodec;

/** Asks an input server who it is, on a connection of its own (TS-004, check). */
final class TapeCheck {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(4);

    /** Calls the input server. */
    @FunctionalInterface
    interface Caller {
        /** Waits for the connection. */
        Link call(Runnable wake) throws LinkDownException;
    }

    private TapeCheck() {}

    /**
     * What it says of itself.
     *
     * @throws LinkDownException if it does not answer
     */
    static String ask(Caller caller) throws LinkDownException {
        Semaphore woken = new Semaphore(0);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try (Link link = caller.call(woken::release)) {
            long conversation = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
            link.send(TapeFrameCodec.encode(conversation, new TapeFrame.Check()));
            while (System.nanoTime() < deadline) {
                Optional<byte[]> frame = link.poll();
                if (frame.isPresent()) {
                    TapeFrameCodec.Received received = TapeFrameCodec.decode(frame.get());
                    if (received.conversation() == conversation
                            && received.frame() instanceof TapeFrame.CheckReply reply) {
                        return reply.text();
                    }
                } else if (!woken.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    break;
                }
            }
        } catch (BadTapeFrameException e) {
            throw new LinkDownException("what answers is no input server of this version: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new LinkDownException("it does not answer");
    }
}
