package org.hotbackup.pipe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.Notices;
import org.hotbackup.replication.ServerMessages;
import org.hotbackup.tapesocket.TapeSource;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.QueueEmptiedException;
import org.hotbackup.txlog.QueueUnavailableException;
import org.hotbackup.txlog.TransactionLogQueue;
import org.hotbackup.txlog.tape.LogTapeBlocks;
import org.hotbackup.txlog.tape.LogTapeRecord;
import org.hotbackup.txlog.tape.LogTapeRecord.Entry;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;

/**
 * What an output server sends that is linked to the transaction logger (TS-001): the entries of its queue, as a log tape that ends when
 * the server is stopped. An entry leaves the queue when all its blocks are in the other pipe.
 *
 * <p>Blocks wait in a spool that is part of the process's memory, as {@link PipeReader}'s do, because what was sent and not acknowledged
 * must be sent again byte for byte. A process that is killed leaves whole blocks there and the LSN up to which they hold the log;
 * what is not among them is still in the queue. If it is killed between the two, an entry stands twice on the tape. For the
 * session's thread, but for {@link #finish}, {@link #isFinished} and {@link #awaitFinished}.
 */
public final class LogTapeSource implements TapeSource, AutoCloseable {

    private static final long QUEUE_AGAIN_MILLIS = 1_000;

    /** A block that is not full is sent after this time without another entry. */
    private static final long FLUSH_MILLIS = 50;

    private static final int FILEMARKS = 2;

    /** Opens the queue for its one reader. */
    @FunctionalInterface
    public interface Queue {
        /** From its first entry that is not acknowledged on. */
        TransactionLogQueue.Reader open() throws QueueUnavailableException;
    }

    /** The blocks up to the end hold the log up to an LSN. */
    private record Mark(long blocks, long lsn) {}

    private final TapePosition position;
    private final PipeSpool spool;
    private final LogTapeBlocks blocks;
    private final Queue queue;
    private final LongFunction<Origin> originAfter;
    private final Supplier<LocalDateTime> clock;
    private final Runnable wake;
    private final Notices notices;
    private final Deque<LogTapeRecord> records = new ArrayDeque<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private Optional<Origin> origin = Optional.empty();
    private TransactionLogQueue.Reader reader;
    private long openAt = Long.MIN_VALUE;
    private long flushAt = Long.MAX_VALUE;
    /** LSN of the last entry that was taken from the queue. */
    private long takenLsn;
    /** The entry that is put into blocks, and one that ends in the block that is filled; 0 for none. */
    private long begunLsn;

    private long endingLsn;
    private volatile boolean finishing;
    private volatile boolean finished;
    private final CountDownLatch over = new CountDownLatch(1);

    private LogTapeSource(
            TapePosition position,
            PipeSpool spool,
            Queue queue,
            LongFunction<Origin> originAfter,
            Supplier<LocalDateTime> clock,
            Runnable wake,
            ServerMessages messages) {
        this.position = position;
        this.spool = spool;
        this.blocks = new LogTapeBlocks(position.blockSize());
        this.queue = queue;
        this.originAfter = originAfter;
        this.clock = clock;
        this.wake = wake;
        this.notices = new Notices(messages);
        this.takenLsn = position.lsn();
        if (takenLsn > 0) {
            marks.add(new Mark(available(), takenLsn));
        }
    }

    /**
     * The log tape of a server; nothing is taken from its queue before {@link #fill}.
     *
     * @param files where its position and its spool are, a path without an ending
     * @param blockSize bytes of a block, of the tapes that begin from now on
     * @param keep whether it goes on with the tape that was under way; otherwise another one begins with what is not acknowledged
     * @param originAfter whose log it is, with the LSN that the next entry follows on
     * @param clock for labels
     * @param wake called when there is room again
     * @throws IOException if the files cannot be opened
     */
    public static LogTapeSource open(
            Path files,
            int blockSize,
            boolean keep,
            Queue queue,
            LongFunction<Origin> originAfter,
            Supplier<LocalDateTime> clock,
            Runnable wake,
            ServerMessages messages)
            throws IOException {
        TapePosition position = TapePosition.of(PipeFiles.position(files));
        PipeFiles.giveUp(position, keep, messages);
        if (position.tape() == 0 || position.bytes() == 0) {
            position.begin(blockSize);
        }
        PipeSpool spool = PipeSpool.ofBlocks(PipeFiles.spool(files), position.blockSize());
        return new LogTapeSource(position, spool, queue, originAfter, clock, wake, messages);
    }

    /**
     * Takes from the queue what there is room for.
     *
     * @param now a monotonic clock, milliseconds
     * @return when to call it again at the latest, by that clock
     */
    public long fill(long now) {
        if (ended()) {
            return Long.MAX_VALUE;
        }
        try {
            if (reader == null && now >= openAt) {
                reader = queue.open();
                notices.well();
            }
            if (finishing && origin.isEmpty() && takenLsn > 0 && position.bytes() > 0) {
                beginAnew();
            }
            while (room() > 0 && putNext()) {
                flushAt = now + FLUSH_MILLIS;
            }
        } catch (QueueEmptiedException e) {
            // as somebody asked for; what is missing then is seen at the next entry
            openAgain(now);
        } catch (QueueUnavailableException e) {
            notices.trouble(MessageCode.QUEUE_UNAVAILABLE, e.getMessage());
            openAgain(now);
        }
        return flush(now);
    }

    private void openAgain(long now) {
        closeReader();
        openAt = now + QUEUE_AGAIN_MILLIS;
    }

    /** Puts a record, a block or a part of one; false if there is nothing to put. */
    private boolean putNext() throws QueueUnavailableException {
        if (blocks.isFull() || !blocks.isBetweenRecords()) {
            putBlock();
        } else if (!records.isEmpty()) {
            begin(records.poll());
        } else {
            Optional<LogEntry> entry = finishing || reader == null ? Optional.empty() : nextEntry();
            entry.ifPresent(this::add);
            return entry.isPresent();
        }
        return true;
    }

    private Optional<LogEntry> nextEntry() throws QueueUnavailableException {
        Optional<LogEntry> entry = reader.poll();
        while (entry.isPresent() && entry.get().lsn() <= takenLsn) {
            // it is on the tape, and its acknowledgement did not come so far
            if (marks.isEmpty() && begunLsn == 0 && endingLsn == 0) {
                reader.acknowledge(entry.get().lsn());
            }
            entry = reader.poll();
        }
        return entry;
    }

    private void add(LogEntry entry) {
        Origin now = originAfter.apply(entry.previousLsn());
        if (position.bytes() == 0 && blocks.isEmpty()) {
            put(blocks.label(now, clock.get()));
        }
        if (origin.isEmpty() || !sameLog(origin.get(), now)) {
            records.add(now);
            origin = Optional.of(now);
        }
        takenLsn = entry.lsn();
        records.add(new Entry(entry));
    }

    /**
     * A process that was killed in the middle of an entry may have left the first half of it on the tape: what is begun anew behind
     * it says that this does not count. The entry is on the next tape.
     */
    private void beginAnew() {
        Origin now = originAfter.apply(takenLsn);
        origin = Optional.of(now);
        records.add(now);
    }

    private static boolean sameLog(Origin before, Origin now) {
        return before.history().equals(now.history()) && before.epoch() == now.epoch();
    }

    private void begin(LogTapeRecord record) {
        blocks.begin(record);
        begunLsn = record instanceof Entry entry ? entry.entry().lsn() : 0;
        seeWhetherItEnds();
    }

    private void seeWhetherItEnds() {
        if (begunLsn > 0 && blocks.isBetweenRecords()) {
            endingLsn = begunLsn;
            begunLsn = 0;
        }
    }

    private void putBlock() {
        long complete = endingLsn;
        endingLsn = 0;
        put(blocks.take(available()));
        if (complete > 0) {
            marks.add(new Mark(available(), complete));
            position.lsn(complete);
        }
        seeWhetherItEnds();
    }

    private void put(byte[] block) {
        spool.place(position.bytes(), block.length).put(block);
        position.done(block.length);
    }

    private long flush(long now) {
        boolean waits = !blocks.isEmpty() && blocks.isBetweenRecords() && records.isEmpty() && room() > 0;
        if (waits && (finishing || now >= flushAt)) {
            putBlock();
            waits = false;
        }
        if (finishing && blocks.isEmpty() && blocks.isBetweenRecords() && records.isEmpty()) {
            end();
        }
        return waits ? flushAt : reader == null ? openAt : Long.MAX_VALUE;
    }

    private void end() {
        if (position.bytes() == 0) {
            finished = true;
            over.countDown();
        } else if (room() >= FILEMARKS) {
            for (int i = 0; i < FILEMARKS; i++) {
                put(blocks.filemark());
            }
            position.end();
        }
    }

    /** How many blocks there is room for. */
    private long room() {
        return spool.capacity() / position.blockSize() - (available() - position.acknowledged());
    }

    /** Ends the tape with what was taken from the queue so far; another one does not begin. From any thread; wake the session then. */
    public void finish() {
        finishing = true;
    }

    /** Whether no tape is under way: all of the last one is in the other pipe. From any thread. */
    public boolean isFinished() {
        return finished;
    }

    /** Waits until that is so, or it is closed, but not longer than this; says whether it is so. From any thread. */
    public boolean awaitFinished(Duration patience) throws InterruptedException {
        return over.await(patience.toMillis(), TimeUnit.MILLISECONDS) && finished;
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
        return position.bytes() / position.blockSize();
    }

    @Override
    public long bytes() {
        return position.bytes();
    }

    @Override
    public boolean ended() {
        return position.ended();
    }

    @Override
    public ByteBuffer read(long first, int mostBytes) {
        long from = (first - 1) * blockSize();
        long whole = Math.max(1, mostBytes / blockSize()) * (long) blockSize();
        return spool.read(from, Math.min(bytes() - from, whole));
    }

    @Override
    public void acknowledged(long upTo) {
        position.acknowledged(upTo);
        long lsn = 0;
        while (!marks.isEmpty() && marks.peek().blocks() <= upTo) {
            lsn = marks.poll().lsn();
        }
        if (lsn > 0 && reader != null) {
            try {
                reader.acknowledge(lsn);
            } catch (QueueUnavailableException e) {
                // what it was told is found out when the queue is opened again
                closeReader();
            }
        }
        wake.run();
    }

    @Override
    public void nextTape() {
        long lsn = position.lsn();
        position.begin(position.blockSize());
        position.lsn(lsn);
        origin = Optional.empty();
        wake.run();
    }

    /** Takes nothing more out of the queue. What is in the spool stays there for the next start. */
    @Override
    public void close() {
        closeReader();
        over.countDown();
    }

    private void closeReader() {
        TransactionLogQueue.Reader closing = reader;
        reader = null;
        if (closing != null) {
            closing.close();
        }
    }
}
