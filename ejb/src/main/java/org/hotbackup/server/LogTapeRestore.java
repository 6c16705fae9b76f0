package org.hotbackup.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.pipe.TapeStream;
import org.hotbackup.replication.Applier;
import org.hotbackup.replication.ApplyBlockedException;
import org.hotbackup.replication.LogTapeReplay;
import org.hotbackup.replication.LogTapeReplay.Progress;
import org.hotbackup.replication.LogTapeReplay.Range;
import org.hotbackup.replication.StoreUnavailableException;
import org.hotbackup.txlog.tape.LogTapeReader;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;

/** One {@code tlog-restore}, on a thread of its own. What others ask is for any thread. */
public final class LogTapeRestore implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(LogTapeRestore.class.getName());

    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int BUFFER = 64 << 10;

    private final Path tape;
    private final Applier applier;
    private final Range range;
    private final Consumer<Origin> admits;
    private final Consumer<OperationReceipt> over;
    private final long startedAtMillis = System.currentTimeMillis();
    private volatile boolean cancelled;
    private volatile InputStream in;
    private volatile LogTapeReplay replay;
    private volatile String trouble = "";
    private volatile Optional<OperationReceipt> result = Optional.empty();

    /**
     * One that has not begun.
     *
     * @param admits refuses a log that this image must not get
     * @param over told what came of it
     */
    LogTapeRestore(Path tape, Applier applier, Range range, Consumer<Origin> admits, Consumer<OperationReceipt> over) {
        this.tape = tape;
        this.applier = applier;
        this.range = range;
        this.admits = admits;
        this.over = over;
    }

    @Override
    public void run() {
        OperationReceipt receipt;
        try {
            receipt = OperationReceipt.of(this::restore);
        } catch (StoreUnavailableException e) {
            LOGGER.log(Level.FINE, e, () -> "the store does not take the log from " + tape);
            receipt = refused(new Refusal(MessageCode.LOG_TAPE_STORE_AWAY, e.getMessage()));
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, e, () -> "tlog-restore from " + tape + " failed");
            receipt =
                    refused(new Refusal(MessageCode.INTERNAL_ERROR, e.getClass().getSimpleName()));
        }
        trouble = "";
        result = Optional.of(receipt);
        over.accept(receipt);
    }

    private OperationReceipt restore() {
        try (InputStream raw = TapeStream.open(tape)) {
            in = raw;
            if (cancelled) {
                return cancelled();
            }
            InputStream opened = unpacked(new BufferedInputStream(raw, BUFFER));
            LogTapeReader reader = new LogTapeReader(opened);
            int block = reader.blockSize();
            replay = new LogTapeReplay(reader, () -> hasBlock(opened, block), applier, range, admits);
            boolean more = true;
            while (more && !cancelled) {
                more = step();
            }
            return more ? cancelled() : done();
        } catch (Refusal e) {
            return cancelled ? cancelled() : refused(e);
        } catch (IOException e) {
            return cancelled
                    ? cancelled()
                    : refused(new Refusal(MessageCode.LOG_TAPE_NOT_OPENED, tape, e.getMessage()));
        }
    }

    /** A tape that went through gzip on its way is read like one that did not; no tape begins like that otherwise. */
    static InputStream unpacked(InputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() | in.read() << 8;
        in.reset();
        return magic == GZIPInputStream.GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(in), BUFFER) : in;
    }

    private static boolean hasBlock(InputStream opened, int block) {
        try {
            return opened.available() >= block;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean step() {
        try {
            boolean more = replay.step();
            trouble = "";
            return more;
        } catch (ApplyBlockedException e) {
            trouble = e.getMessage();
            LockSupport.parkNanos(AGAIN_NANOS);
            return true;
        }
    }

    private OperationReceipt cancelled() {
        Progress progress = progress();
        return OperationReceipt.done(MessageCode.LOG_TAPE_CANCELLED, progress.applied(), image(progress));
    }

    private OperationReceipt refused(Refusal e) {
        Progress progress = progress();
        return progress.applied() == 0
                ? OperationReceipt.refused(e)
                : new OperationReceipt(
                        OperationReceipt.Outcome.REFUSED,
                        e.code().id(),
                        e.getMessage() + " " + MessageCode.LOG_TAPE_STANDS.text(progress.applied(), image(progress)));
    }

    private OperationReceipt done() {
        Progress progress = progress();
        boolean reached = replay.ending() == LogTapeReplay.Ending.BOUND
                || range.to().isEmpty() && range.untilMillis().isEmpty();
        boolean toItsLast = range.to().isPresent() && range.to().getAsLong() == progress.lsn();
        MessageCode code = replay.ending() == LogTapeReplay.Ending.CUT
                ? MessageCode.LOG_TAPE_CUT
                : reached || toItsLast ? MessageCode.LOG_TAPE_APPLIED : MessageCode.LOG_TAPE_SHORT;
        return OperationReceipt.done(code, progress.applied(), progress.skipped(), progress.lost(), image(progress));
    }

    /** Where the image is, for people. */
    private static String image(Progress progress) {
        return progress.committedAtMillis() == 0
                ? "LSN " + progress.lsn()
                : "LSN " + progress.lsn() + ", committed at " + Instant.ofEpochMilli(progress.committedAtMillis());
    }

    /** Ends it after what is applied at this moment. */
    void cancel() {
        cancelled = true;
        InputStream closing = in;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a log tape could not be closed properly", e);
        }
    }

    /** Where the tape is. */
    public Path tape() {
        return tape;
    }

    /** When it began, epoch milliseconds. */
    public long startedAtMillis() {
        return startedAtMillis;
    }

    /** Whether somebody cancelled it. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** What came of it; empty as long as it goes on. */
    public Optional<OperationReceipt> result() {
        return result;
    }

    /** What it waits for, a clause; empty if for nothing but its tape. */
    public String trouble() {
        return trouble;
    }

    /** How far it is, for people. */
    public String text() {
        Progress progress = progress();
        return MessageCode.LOG_TAPE_GOES_ON.text(
                progress.applied(), progress.skipped(), progress.block(), image(progress));
    }

    private Progress progress() {
        LogTapeReplay now = replay;
        return now == null ? new Progress(0, 0, 0, 0, 0, 0) : now.progress();
    }
}
