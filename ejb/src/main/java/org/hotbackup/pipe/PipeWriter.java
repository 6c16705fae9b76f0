package org.hotbackup.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.tapesocket.TapeSink;

/**
 * Writes an input server's pipe, on a thread of its own. No byte is written twice because a process was killed: a write takes
 * all or nothing, since there is room for it or it is one of the small ones that the kernel never divides; and it sets the pipe's
 * time of modification to a mark before, which the kernel replaces with the write. With a small one it waits for a reader.
 *
 * <p>The pipe is held open, here and by a {@link PipeKeeper}, but for a moment between two tapes: readers may come and go, and none
 * sees an end before the tape has one.
 */
public final class PipeWriter implements TapeSink, AutoCloseable {

    /** And not more than half of a pipe, so that the reader reads the one half while the other one is written. */
    private static final int MOST_AT_ONCE = 256 << 10;

    /** PIPE_BUF: so many bytes are written all together or not at all, also if that has to wait for room. */
    private static final int NEVER_DIVIDED = 4 << 10;

    /** What was written is told after so many bytes, or so much time, or before there is nothing to write or no room. */
    private static final int TELL_BYTES = 256 << 10;

    private static final long TELL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long FIRST_MARK_MILLIS = 86_400_000;
    private static final long MARKS = 1_000_000_000;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long BETWEEN_TAPES_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A reader that still has the pipe open then has seen the end, and does something else. */
    private static final long LONGEST_BETWEEN_TAPES_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final NamedPipe pipe;
    private final TapePosition position;
    private final PipeKeeper keeper;
    private final Runnable wake;
    private final ServerMessages messages;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private final PipeThread thread = new PipeThread();
    private volatile HeldPipe held;
    private final BasicFileAttributeView times;
    private boolean marks = true;
    private long mark = FIRST_MARK_MILLIS;
    private PipePages pages = new PipePages(NamedPipe.CAPACITY);
    private int mostAtOnce;
    private int untold;
    private long toldAt;
    private volatile boolean stopping;
    private volatile long received;
    private volatile long receivedBytes;
    private volatile long writtenBytes;
    private volatile boolean endReceived;
    private volatile boolean ended;

    private PipeWriter(NamedPipe pipe, TapePosition position, Runnable wake, ServerMessages messages) {
        this.pipe = pipe;
        this.position = position;
        this.keeper = new PipeKeeper(position);
        this.wake = wake;
        this.messages = messages;
        this.times = Files.getFileAttributeView(pipe.path(), BasicFileAttributeView.class);
    }

    /**
     * The pipe of an input server; nothing is written before {@link #start}.
     *
     * @param files where its position is, a path without an ending
     * @param keep whether it goes on with the tape that was under way; otherwise that is given up and the pipe cleared
     * @param wake called, on any thread, when something was written
     * @throws IOException if pipe or files cannot be opened
     */
    public static PipeWriter open(Path files, NamedPipe pipe, boolean keep, Runnable wake, ServerMessages messages)
            throws IOException {
        TapePosition position = TapePosition.of(PipeFiles.position(files));
        PipeFiles.giveUp(position, keep, messages);
        PipeWriter writer = new PipeWriter(pipe, position, wake, messages);
        try {
            writer.findOut();
            if (!position.isHangingUp()) {
                writer.open();
            }
            if (pipe.isFifo()) {
                PipeFiles.clear(pipe, writer.held, keep, messages);
            }
            return writer;
        } catch (IOException e) {
            writer.close();
            throw e;
        }
    }

    /** Whether a write that a process was killed in was done: then the mark is gone. */
    private void findOut() throws IOException {
        int announced = position.announced();
        if (announced > 0) {
            boolean marked = modified() == position.mark();
            position.done(marked ? 0 : announced);
        }
        if (position.isHangingUp()) {
            // it was killed between this and that
            keeper.end();
        }
        ended = position.ended();
        endReceived = ended;
        writtenBytes = position.bytes();
        int size = Math.max(1, position.blockSize());
        received = ended ? (writtenBytes + size - 1) / size : writtenBytes / size;
        receivedBytes = ended ? writtenBytes : received * size;
    }

    private long modified() throws IOException {
        return Files.getLastModifiedTime(pipe.path()).toMillis();
    }

    /** Begins to write. */
    public void start(ThreadFactory threads, String name) {
        thread.start(threads, "tape-socket pipe of " + name, this::run);
    }

    private void run() {
        try {
            if (position.isHangingUp()) {
                hangUp();
            }
            while (!stopping) {
                ByteBuffer next = next();
                if (next != null) {
                    write(next);
                } else if (endReceived && !ended) {
                    finish();
                }
            }
        } catch (ClosedChannelException e) {
            // it is closed, as was asked for
        } catch (IOException e) {
            if (!stopping) {
                messages.say(MessageCode.PIPE_NOT_WRITTEN, pipe.path(), e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is to be written next; nothing if the end is, or nothing any more. */
    private synchronized ByteBuffer next() throws InterruptedException {
        while (!stopping && waiting.isEmpty() && (!endReceived || ended)) {
            wait();
        }
        return stopping ? null : waiting.peek();
    }

    private void write(ByteBuffer next) throws IOException {
        int room = room();
        if (room < NEVER_DIVIDED) {
            tell();
        }
        int length = Math.min(next.remaining(), Math.min(mostAtOnce, Math.max(NEVER_DIVIDED, room)));
        mark();
        position.announce(length, mark);
        ByteBuffer part = next.duplicate().limit(next.position() + length);
        while (part.hasRemaining()) {
            held.channel().write(part);
        }
        position.done(length);
        pages.wrote(length);
        checkMark();
        synchronized (this) {
            next.position(next.position() + length);
            if (!next.hasRemaining()) {
                waiting.poll();
            }
            writtenBytes = position.bytes();
        }
        untold += length;
        if (untold >= TELL_BYTES || writtenBytes == receivedBytes || System.nanoTime() - toldAt >= TELL_NANOS) {
            tell();
        }
    }

    private void tell() {
        if (untold > 0) {
            untold = 0;
            toldAt = System.nanoTime();
            wake.run();
        }
    }

    private void mark() {
        mark = FIRST_MARK_MILLIS + (mark + 1) % MARKS;
        if (marks && pipe.isFifo()) {
            try {
                FileTime time = FileTime.fromMillis(mark);
                times.setTimes(time, time, null);
            } catch (IOException e) {
                withoutMarks();
            }
        }
    }

    /** The first one of a tape shows whether the file system does what is needed of it. */
    private void checkMark() throws IOException {
        if (marks && writtenBytes == 0 && pipe.isFifo() && modified() == mark) {
            withoutMarks();
        }
    }

    private void withoutMarks() {
        marks = false;
        messages.say(MessageCode.PIPE_WITHOUT_TIMES, pipe.path());
    }

    /** How much can be written without waiting for a reader. */
    private int room() throws IOException {
        return pipe.isFifo() ? pages.room(held.waiting()) : NamedPipe.CAPACITY;
    }

    private void open() throws IOException {
        if (pipe.isFifo()) {
            keeper.start(pipe, PipeKeeper.End.WRITING);
        }
        held = pipe.hold();
        int capacity = pipe.isFifo() ? keeper.capacity() : NamedPipe.CAPACITY;
        pages = new PipePages(capacity);
        mostAtOnce = Math.min(MOST_AT_ONCE, capacity / 2);
    }

    /**
     * Only when the reader has taken everything: what is in a pipe that nobody has open is gone. The kernel tells nobody that a pipe is
     * empty, so it is looked at again and again.
     */
    private void finish() throws IOException {
        if (pipe.isFifo() && held.waiting() > 0) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            return;
        }
        position.hangUp();
        position.end();
        keeper.end();
        held.close();
        ended = true;
        wake.run();
        hangUp();
    }

    /** Nobody here holds the pipe until its end is seen. */
    private void hangUp() throws IOException {
        awaitThatItIsSeen();
        if (!stopping) {
            position.hungUp();
            open();
        }
    }

    /**
     * A reader that came to its end only after the pipe is open again would wait for the next tape; so who can be seen to have it open is
     * waited for, and who cannot, because another user runs it, has a moment.
     */
    private void awaitThatItIsSeen() {
        long begun = System.nanoTime();
        LockSupport.parkNanos(BETWEEN_TAPES_NANOS);
        while (!stopping && pipe.isFifo() && pipe.isOpen() && System.nanoTime() - begun < LONGEST_BETWEEN_TAPES_NANOS) {
            LockSupport.parkNanos(BETWEEN_TAPES_NANOS);
        }
    }

    @Override
    public long tape() {
        return position.tape();
    }

    @Override
    public int blockSize() {
        return position.blockSize();
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public long receivedBytes() {
        return receivedBytes;
    }

    /**
     * A last block that is short counts when the tape has ended: how far it is written is kept in bytes, and whoever starts again before
     * that cannot tell it from the beginning of a whole one, so it must be sent again.
     */
    @Override
    public synchronized long written() {
        return ended ? received : writtenBytes / Math.max(1, blockSize());
    }

    @Override
    public boolean endReceived() {
        return endReceived;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public synchronized void begin(long tape, int blockSize) {
        position.clear(tape, blockSize);
        waiting.clear();
        received = 0;
        receivedBytes = 0;
        writtenBytes = 0;
        endReceived = false;
        ended = false;
    }

    @Override
    public synchronized void add(ByteBuffer data) {
        int length = data.remaining();
        // a block of which a former process wrote a part comes again, whole
        int known = (int) Math.max(0, Math.min(length, writtenBytes - receivedBytes));
        if (known < length) {
            waiting.add(data.slice(data.position() + known, length - known));
        }
        receivedBytes += length;
        received += (length + blockSize() - 1) / blockSize();
        notifyAll();
    }

    @Override
    public synchronized void end() {
        endReceived = true;
        notifyAll();
    }

    /**
     * Writes no more. A program that reads goes on waiting if a tape is under way, so that the next start can go on with it.
     */
    @Override
    public void close() {
        stopping = true;
        synchronized (this) {
            notifyAll();
        }
        // ends a write that waits; the mark tells whether it was done
        PipeFiles.close(held);
        thread.join();
        if (writtenBytes == 0 || ended) {
            keeper.end();
        }
        PipeFiles.close(held);
    }
}
