package org.hotbackup.txlog.tape;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.LocalDateTime;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;

/** A log tape in memory. */
public final class WrittenLogTape {

    /** Whose log it is, where a test does not say it. */
    public static final Origin ORIGIN = new Origin("pick0", "history-of-pick0", 1, "slog", 0);

    private final ByteArrayOutputStream image = new ByteArrayOutputStream();
    private final int blockSize;
    private LogTapeBlocks blocks;
    private long number;

    public WrittenLogTape(int blockSize, Origin origin) {
        this.blockSize = blockSize;
        blocks = new LogTapeBlocks(blockSize);
        write(blocks.label(origin, LocalDateTime.of(2026, 11, 22, 12, 0)));
        add(origin);
    }

    public WrittenLogTape(int blockSize) {
        this(blockSize, ORIGIN);
    }

    private void write(byte[] block) {
        image.writeBytes(block);
        number++;
    }

    public WrittenLogTape add(LogTapeRecord record) {
        if (blocks.isFull()) {
            flush();
        }
        blocks.begin(record);
        while (!blocks.isBetweenRecords()) {
            write(blocks.take(number));
        }
        return this;
    }

    /** An entry with a payload. */
    public WrittenLogTape add(long lsn, long previousLsn, byte... payload) {
        return add(new LogTapeRecord.Entry(new LogEntry(lsn, previousLsn, lsn * 1_000, payload)));
    }

    /** What is there so far, in whole blocks. */
    public WrittenLogTape flush() {
        if (!blocks.isEmpty()) {
            write(blocks.take(number));
        }
        return this;
    }

    /** As a writer that is killed in the middle of a record and begins again. */
    public WrittenLogTape beginAndForget(LogTapeRecord record) {
        flush();
        blocks.begin(record);
        write(blocks.take(number));
        blocks = new LogTapeBlocks(blockSize);
        return this;
    }

    public WrittenLogTape end() {
        flush();
        write(blocks.filemark());
        write(blocks.filemark());
        return this;
    }

    public byte[] image() {
        return image.toByteArray();
    }

    public InputStream stream() {
        return new ByteArrayInputStream(image());
    }

    public LogTapeReader reader() {
        return new LogTapeReader(stream());
    }
}
