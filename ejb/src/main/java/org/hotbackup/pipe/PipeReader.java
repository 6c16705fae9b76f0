package org.hotbackup.pipe;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.tapesocket.TapeSource;

/**
 * Reads an output server's pipe, on a thread of its own, into its {@link PipeSpool}. No byte is lost with a process that is killed: before a read it is noted how many bytes it takes and what stands in their
 * place, afterwards that they are there.
 *
 * <p>The pipe's end is what the kernel says it is: every program that had it open for writing has closed it. Until the first
 * byte of a tape the pipe is held open here as well, so that there is something to wait for.
 */
public final class PipeReader implements TapeSource, AutoCloseable {

    /** What was read is told after so many bytes, or before there is nothing more to read. */
    private static final int TELL_BYTES = 256 << 10;

    private static final long DEVICE_AGAIN_MILLIS = 1_000;

    private final NamedPipe pipe;
    private final TapePosition position;
    private final PipeKeeper keeper;
    private final PipeSpool spool;
    private final Runnable wake;
    private final ServerMessages messages;
    private HeldPipe held;
    private FileInputStream in;
    private final PipeThread thread = new PipeThread();
    private volatile boolean stopping;
    private volatile long bytes;
    private long toldBytes;
    private volatile boolean ended;

    private PipeReader(NamedPipe pipe, TapePosition position, PipeSpool spool, Runnable wake, ServerMessages messages) {
        this.pipe = pipe;
        this.position = position;
        this.keeper = new PipeKeeper(position);
        this.spool = spool;
        this.wake = wake;
        this.messages = messages;
        this.bytes = position.bytes();
        this.ended = position.ended();
    }

    /**
     * Opens the pipe of an output server; nothing is read before {@link #start}.
     *
     * @param files where its position and its spool are, a path without an ending
     * @param blockSize bytes of a block, of the tapes that begin from now on
     * @param keep whether it goes on with the tape that was under way; otherwise that is given up and the pipe cleared
     * @param wake called, on any thread, when there is something to send
     * @throws IOException if pipe or files cannot be opened
     */
    public static PipeReader open(
            Path files, NamedPipe pipe, int blockSize, boolean keep, Runnable wake, ServerMessages messages)
            throws IOException {
        TapePosition position = TapePosition.of(PipeFiles.position(files));
        PipeFiles.giveUp(position, keep, messages);
        if (position.tape() == 0 || position.bytes() + position.announced() == 0) {
            position.begin(blockSize);
        }
        PipeSpool spool = PipeSpool.ofBlocks(PipeFiles.spool(files), position.blockSize());
        if (!findOut(position, spool)) {
            messages.say(MessageCode.TAPE_CUT_BY_KILL, pipe.path());
            return open(files, pipe, blockSize, false, wake, messages);
        }
        PipeReader reader = new PipeReader(pipe, position, spool, wake, messages);
        try {
            reader.open(keep);
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /** Whether it is known what a read that a process was killed in took. */
    private static boolean findOut(TapePosition position, PipeSpool spool) {
        int announced = position.announced();
        PipeSpool.Read read = announced == 0
                ? PipeSpool.Read.NOTHING
                : PipeSpool.read(spool.place(position.bytes(), announced), position.mark());
        position.done(read == PipeSpool.Read.ALL ? announced : 0);
        return read != PipeSpool.Read.TORN;
    }

    private void open(boolean keep) throws IOException {
        if (pipe.isFifo()) {
            if (!keep) {
                // at once, and only then the keeper: a program that waited for us may write meanwhile, and that is not
                // to be cleared
                held = pipe.hold();
                PipeFiles.clear(pipe, held, keep, messages);
            }
            keeper.start(pipe, PipeKeeper.End.READING);
            held = keep ? pipe.hold() : held;
        }
        in = new FileInputStream(pipe.path().toFile());
    }

    /** Begins to read. */
    public void start(ThreadFactory threads, String name) {
        thread.start(threads, "tape-socket pipe of " + name, this::run);
    }

    private void run() {
        try {
            while (!stopping) {
                if (ended) {
                    await(() -> ended);
                } else if (room() == 0) {
                    await(() -> room() == 0);
                } else {
                    read();
                }
            }
        } catch (ClosedChannelException e) {
            // it is closed, as was asked for
        } catch (IOException e) {
            messages.say(MessageCode.PIPE_NOT_READ, pipe.path(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws IOException, InterruptedException {
        boolean begun = bytes > 0;
        if (!begun) {
            toldBytes = 0;
        }
        if (pipe.isFifo() && begun != (held == null)) {
            hold(!begun);
        }
        // a read of what is there takes just that; waiting for more, it takes one byte: so it is known how many it
        // takes
        int there = pipe.isFifo() ? in.available() : position.blockSize();
        if (there == 0) {
            tell();
        }
        int wanted = Math.max(1, Math.min(there, room()));
        ByteBuffer place = spool.place(bytes, wanted);
        long mark = ThreadLocalRandom.current().nextLong();
        PipeSpool.prepare(place, mark);
        position.announce(wanted, mark);
        int length = in.getChannel().read(place);
        position.done(Math.max(0, length));
        if (length > 0) {
            bytes = position.bytes();
            if (bytes - toldBytes >= TELL_BYTES || !pipe.isFifo() || room() == 0) {
                tell();
            }
        } else if (begun) {
            position.end();
            ended = true;
            wake.run();
        } else {
            awaitDevice();
        }
    }

    private void tell() {
        if (bytes / position.blockSize() > toldBytes / position.blockSize()) {
            wake.run();
        }
        toldBytes = bytes;
    }

    /** A device that has nothing may have something later, and cannot say so. */
    private synchronized void awaitDevice() throws InterruptedException {
        if (!stopping) {
            wait(DEVICE_AGAIN_MILLIS);
        }
    }

    /** Holding it, it never ends; so it is let go of with the first byte of a tape, whose writer has it open then. */
    private void hold(boolean now) throws IOException {
        if (now) {
            held = pipe.hold();
        } else {
            held.close();
            held = null;
        }
    }

    private int room() {
        return spool.room(bytes, bytes - Math.min(bytes, position.acknowledged() * position.blockSize()));
    }

    private synchronized void await(BooleanSupplier waiting) throws InterruptedException {
        while (!stopping && waiting.getAsBoolean()) {
            wait();
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
    public long acknowledged() {
        return position.acknowledged();
    }

    @Override
    public long available() {
        // in this order: what is whole now stays whole
        boolean all = ended;
        long whole = bytes / blockSize();
        return all ? (bytes + blockSize() - 1) / blockSize() : whole;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public ByteBuffer read(long first, int mostBytes) {
        long from = (first - 1) * blockSize();
        long there = Math.min(bytes, available() * blockSize()) - from;
        int whole = Math.max(1, mostBytes / blockSize()) * blockSize();
        return spool.read(from, Math.min(there, whole));
    }

    @Override
    public synchronized void acknowledged(long blocks) {
        position.acknowledged(blocks);
        notifyAll();
    }

    @Override
    public synchronized void nextTape() {
        position.begin(position.blockSize());
        bytes = 0;
        ended = false;
        notifyAll();
    }

    /**
     * Reads no more. The programs at the pipe can go on writing until it is full if a tape is under way, so that the next start
     * can go on with it.
     */
    @Override
    public void close() {
        stopping = true;
        synchronized (this) {
            notifyAll();
        }
        PipeFiles.close(in == null ? null : in.getChannel());
        thread.join();
        if (bytes == 0) {
            keeper.end();
        }
        PipeFiles.close(held);
    }
}
