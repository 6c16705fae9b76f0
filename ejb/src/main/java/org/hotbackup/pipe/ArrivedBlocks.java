package org.hotbackup.pipe;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The blocks of a tape that arrived and are neither applied nor kept, as a stream which waits for more of them: one thread adds, another
 * one reads. What was read may be read again until it is kept.
 */
final class ArrivedBlocks extends InputStream {

    private final Deque<ByteBuffer> ahead = new ArrayDeque<>();
    private final Deque<ByteBuffer> behind = new ArrayDeque<>();
    private long aheadBytes;
    private long behindBytes;
    private boolean ended;
    private boolean closed;

    /** Whole blocks, which nobody changes any more. */
    synchronized void add(ByteBuffer blocks) {
        ahead.add(blocks);
        aheadBytes += blocks.remaining();
        notifyAll();
    }

    /** No more will come. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Whether no more will come. */
    synchronized boolean isEnded() {
        return ended;
    }

    /** Nobody wants them any more: who reads comes to an end. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Bytes that were read and not kept. */
    synchronized long unkept() {
        return behindBytes;
    }

    /** What was read is not read again. */
    synchronized void kept() {
        behind.clear();
        behindBytes = 0;
    }

    /** What was read and not kept is read again. */
    synchronized void again() {
        while (!behind.isEmpty()) {
            ahead.addFirst(behind.removeLast());
        }
        aheadBytes += behindBytes;
        behindBytes = 0;
    }

    @Override
    public synchronized int available() {
        return (int) Math.min(Integer.MAX_VALUE, aheadBytes);
    }

    @Override
    public int read() throws InterruptedIOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] to, int from, int most) throws InterruptedIOException {
        while (ahead.isEmpty() && !ended && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(e.getMessage());
            }
        }
        if (closed || ahead.isEmpty()) {
            return -1;
        }
        ByteBuffer next = ahead.peek();
        int length = Math.min(most, next.remaining());
        behind.add(next.slice(next.position(), length));
        next.get(to, from, length);
        if (!next.hasRemaining()) {
            ahead.remove();
        }
        aheadBytes -= length;
        behindBytes += length;
        return length;
    }
}
