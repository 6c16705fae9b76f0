package org.hotbackup.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.ApplyBlockedException;
import org.hotbackup.replication.LogTapeReplay;
import org.hotbackup.replication.LogTapeReplay.Progress;
import org.hotbackup.replication.LogTapeReplay.Range;
import org.hotbackup.replication.StoreUnavailableException;
import org.hotbackup.tapesocket.TapeSink;
import org.hotbackup.txlog.tape.LogTapeReader;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;

/**
 * Where the log goes that arrives at an input server which is linked to the transaction logger (TS-001): it is applied, on a thread of
 * its own, as {@code tlog-restore} applies a tape. A block is acknowledged when all that it holds is applied, or kept in a file: both
 * outlive the machine. What was applied and not acknowledged comes again and is skipped.
 *
 * <p>What does not follow on the image is refused until it does, and tried again every two seconds.
 */
public final class LogTapeSink implements TapeSink, AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(LogTapeSink.class.getName());

    /** As much is read before something is acknowledged; less than an output server has out. */
    private static final long MOST_UNKEPT = 1 << 20;

    private static final long AGAIN_MILLIS = 2_000;
    private static final long BLOCKED_AGAIN_MILLIS = 500;

    private final KeptLog kept;
    private final Applier applier;
    private final Consumer<Origin> admits;
    private final Runnable wake;
    private final PipeThread thread = new PipeThread();
    private volatile Arriving arriving;
    /** The fault of ours that was logged last and has not gone well since; changed by the sink's thread. */
    private String logged = "";

    private volatile boolean stopping;
    private volatile String trouble = "";
    private volatile Optional<Refusal> objection = Optional.empty();
    private volatile Totals totals = new Totals(0, 0, 0, 0, 0);

    /**
     * What it did since it was opened.
     *
     * @param applied entries
     * @param skipped entries that were in the image before
     * @param lost entries of the applied ones that are in lost+found
     * @param lsn of the last entry that is in the image, 0 if nothing arrived
     * @param committedAtMillis when that was committed, epoch milliseconds; 0 if it is not known
     */
    public record Totals(long applied, long skipped, long lost, long lsn, long committedAtMillis) {

        private Totals plus(Progress progress) {
            boolean news = progress.lsn() > 0;
            return new Totals(
                    applied + progress.applied(),
                    skipped + progress.skipped(),
                    lost + progress.lost(),
                    news ? progress.lsn() : lsn,
                    progress.committedAtMillis() > 0 ? progress.committedAtMillis() : committedAtMillis);
        }
    }

    /** A tape that arrives: blocks on the session's thread, what becomes of them on that of the sink. */
    private static final class Arriving implements LogTapeReplay.Feed {
        private final long tape;
        private final int blockSize;
        private final ArrivedBlocks blocks = new ArrivedBlocks();
        /** Changed by the session's thread. */
        private volatile long received;

        /** Changed by the sink's thread, as whether it ended. */
        private volatile long written;

        private volatile boolean ended;

        /** Where what was objected to last stands; for the sink's thread alone. */
        private long objectedBlock;

        private Arriving(long tape, int blockSize) {
            this.tape = tape;
            this.blockSize = blockSize;
        }

        @Override
        public boolean hasBlock() {
            return blocks.available() > 0 && blocks.unkept() < MOST_UNKEPT;
        }

        @Override
        public boolean mayWait() {
            return blocks.available() > 0 ? blocks.unkept() < MOST_UNKEPT : blocks.unkept() == 0;
        }
    }

    private LogTapeSink(KeptLog kept, Applier applier, Consumer<Origin> admits, Runnable wake) {
        this.kept = kept;
        this.applier = applier;
        this.admits = admits;
        this.wake = wake;
        this.arriving = new Arriving(kept.tape(), kept.blockSize());
        arriving.received = kept.blocks();
        arriving.written = kept.blocks();
        arriving.ended = kept.ended();
    }

    /**
     * The log that arrives at a server; nothing is applied before {@link #start}.
     *
     * @param files where it keeps how far it is, a path without an ending
     * @param admits refuses a log that this image must not get
     * @param wake called, on any thread, when there is something to acknowledge or to refuse
     * @throws IOException if the file cannot be opened
     */
    public static LogTapeSink open(Path files, Applier applier, Consumer<Origin> admits, Runnable wake)
            throws IOException {
        return new LogTapeSink(KeptLog.of(PipeFiles.kept(files)), applier, admits, wake);
    }

    /** Begins to apply. */
    public void start(ThreadFactory threads, String name) {
        thread.start(threads, "tape-socket log of " + name, this::run);
    }

    private void run() {
        try {
            while (!stopping) {
                Arriving now = next();
                if (now != null && !apply(now)) {
                    await(AGAIN_MILLIS, now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Arriving next() throws InterruptedException {
        while (!stopping && (arriving.tape == 0 || arriving.ended)) {
            wait();
        }
        return stopping ? null : arriving;
    }

    /** Until it is time to try again, another tape came or the server stops. */
    private synchronized void await(long millis, Arriving now) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        while (!stopping && arriving == now && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
    }

    /**
     * Applies a tape up to its end.
     *
     * @return false if it has to be tried again
     */
    private boolean apply(Arriving now) throws InterruptedException {
        try {
            if (kept.tape() != now.tape) {
                kept.begin(now.tape, now.blockSize);
            }
            now.blocks.again();
            LogTapeReader reader = reader(now);
            apply(now, reader);
            if (reader.isOver() && !now.blocks.isClosed()) {
                end(now);
            }
            return true;
        } catch (Refusal e) {
            return again(now, e);
        } catch (IOException e) {
            return again(now, new Refusal(MessageCode.LOG_NOT_KEPT, e.getMessage()));
        } catch (StoreUnavailableException e) {
            LOGGER.log(Level.FINE, e, () -> "the store does not take the log that arrives");
            return again(now, new Refusal(MessageCode.LOG_STORE_AWAY, e.getMessage()));
        } catch (RuntimeException e) {
            logOnce(e);
            return again(
                    now, new Refusal(MessageCode.INTERNAL_ERROR, e.getClass().getSimpleName()));
        }
    }

    private LogTapeReader reader(Arriving now) {
        return now.written == 0
                ? new LogTapeReader(now.blocks, now.blockSize)
                : new LogTapeReader(now.blocks, now.blockSize, now.written - 1, kept.goOn());
    }

    private void apply(Arriving now, LogTapeReader reader) throws IOException, InterruptedException {
        LogTapeReplay replay = new LogTapeReplay(reader, now, applier, Range.ALL, admits);
        Totals before = totals;
        boolean more = true;
        while (more && !now.blocks.isClosed()) {
            try {
                more = replay.step();
                totals = before.plus(replay.progress());
                keep(now, reader);
                trouble = "";
            } catch (ApplyBlockedException e) {
                trouble = e.getMessage();
                await(BLOCKED_AGAIN_MILLIS, now);
            } catch (Refusal e) {
                now.objectedBlock = reader.block();
                if (replay.progress().applied() > 0) {
                    totals = before.plus(replay.progress());
                }
                throw e;
            }
        }
    }

    private void keep(Arriving now, LogTapeReader reader) throws IOException {
        if (now.blocks.unkept() > 0) {
            long blocks = reader.block() + 1;
            kept.keep(blocks, reader.rest(), reader.restBegan());
            logged = "";
            now.blocks.kept();
            now.written = blocks;
            if (reader.block() >= now.objectedBlock) {
                objection = Optional.empty();
            }
            wake.run();
        }
    }

    /** Behind the filemark nothing follows but another one. */
    private void end(Arriving now) throws IOException {
        now.blocks.skip(Long.MAX_VALUE);
        if (!now.blocks.isClosed()) {
            kept.end(now.received);
            now.blocks.kept();
            now.written = now.received;
            now.ended = true;
            objection = Optional.empty();
            wake.run();
        }
    }

    /** It is tried again every two seconds, and what is the same as before, with nothing applied meanwhile, is no news. */
    private void logOnce(RuntimeException e) {
        if (!e.toString().equals(logged)) {
            logged = e.toString();
            LOGGER.log(Level.SEVERE, e, () -> "the log that arrives cannot be applied and is tried again");
        }
    }

    private boolean again(Arriving now, Refusal e) {
        if (now.blocks.isClosed()) {
            return true;
        }
        objection = Optional.of(e);
        wake.run();
        return false;
    }

    @Override
    public long tape() {
        return arriving.tape;
    }

    @Override
    public int blockSize() {
        return arriving.blockSize;
    }

    @Override
    public long received() {
        return arriving.received;
    }

    @Override
    public long receivedBytes() {
        return arriving.received * arriving.blockSize;
    }

    @Override
    public long written() {
        return arriving.written;
    }

    @Override
    public boolean endReceived() {
        return arriving.ended || arriving.blocks.isEnded();
    }

    @Override
    public boolean ended() {
        return arriving.ended;
    }

    /** Its log goes on: what the next one begins with shows whether anything is missing. */
    @Override
    public boolean mayBreakOff() {
        return true;
    }

    @Override
    public Optional<Refusal> objection() {
        return objection;
    }

    @Override
    public synchronized void begin(long tape, int blockSize) {
        arriving.blocks.close();
        arriving = new Arriving(tape, blockSize);
        objection = Optional.empty();
        notifyAll();
    }

    @Override
    public void add(ByteBuffer data) {
        Arriving now = arriving;
        now.received += data.remaining() / now.blockSize;
        now.blocks.add(data.slice());
    }

    @Override
    public void end() {
        arriving.blocks.end();
    }

    /** What it did since it was opened. From any thread. */
    public Totals totals() {
        return totals;
    }

    /** What it waits for before it can apply what arrived, a clause; empty if for nothing. From any thread. */
    public String trouble() {
        return trouble;
    }

    /** Applies no more; what arrived and is not acknowledged comes again. */
    @Override
    public void close() {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        arriving.blocks.close();
        thread.join();
    }
}
