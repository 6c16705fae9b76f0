package org.hotbackup.tape;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;

/**
 * Reads a tape with the transaction log on it (docs/adr/0019) to its end, keeps nothing, and reports what there is. Checksums,
 * numbers of blocks and the chain of LSNs tell whether all of it is there; what was updated is not looked at.
 */
public final class LogTapeCheck {

    /** What of a record is kept: the entry's LSNs and its time, of an origin the LSN before it. */
    private static final int HEAD = LogTapeLayout.RECORD_HEADER + 3 * Long.BYTES;

    private final Supplier<Optional<TapeBlock>> reader;
    private final String label;
    private final long first;
    private final byte[] head = new byte[HEAD];
    private CRC32C checksum = new CRC32C();
    private long taken;
    private long block;
    private long blocks;
    private long position = -1;
    private long entries;
    private long firstLsn;
    private long firstMillis;
    private long lastMillis;

    private LogTapeCheck(Supplier<Optional<TapeBlock>> reader, TapeLabel label, long first) {
        this.reader = reader;
        this.label = label.text().strip();
        this.first = first;
        this.block = first;
    }

    /** Checks a tape; empty if it is no log tape. */
    public static Optional<LogTapeReport> of(InputStream image) {
        try {
            BlockReader reader = BlockReader.ofImage(image, 1);
            return reader.read()
                    .flatMap(TapeLabel::in)
                    .filter(LogTapeLayout::isLog)
                    .map(label -> new LogTapeCheck(reader::read, label, 0).report());
        } catch (TapeBroken e) {
            return Optional.empty();
        }
    }

    /** What a tape is that begins in the middle of a log tape; empty if this is no block of one. */
    static Optional<LogTapeReport> withoutLabel(TapeBlock first) {
        if (!LogTapeLayout.isWhole(first)) {
            return Optional.empty();
        }
        MessageCode code = MessageCode.LOG_TAPE_DAMAGED;
        String why = "the label that has to stand before it is missing, as may be blocks behind that";
        return Optional.of(new LogTapeReport(
                TapeReport.Outcome.BROKEN, code.id(), code.text(first.number(), why), "", 0, 0, 0, 0, 0, 0));
    }

    /**
     * Checks one that stands on a tape with other tape files.
     *
     * @param reader gives what stands behind the label, block by block; empty where the tape ends without a filemark
     * @param first the number of the label's block
     */
    static LogTapeReport of(Supplier<Optional<TapeBlock>> reader, TapeLabel label, long first) {
        return new LogTapeCheck(reader, label, first).report();
    }

    private LogTapeReport report() {
        try {
            boolean ended = readAll();
            return ended
                    ? report(TapeReport.Outcome.WHOLE, MessageCode.LOG_TAPE_WHOLE)
                    : report(TapeReport.Outcome.UNMARKED, MessageCode.LOG_TAPE_WITHOUT_END);
        } catch (TapeBroken e) {
            return report(TapeReport.Outcome.BROKEN, e.code(), e.getMessage());
        } catch (Refusal e) {
            boolean gap = e.code() == MessageCode.LOG_TAPE_LACKS;
            return report(gap ? TapeReport.Outcome.INCOMPLETE : TapeReport.Outcome.BROKEN, e.code(), e.getMessage());
        }
    }

    private LogTapeReport report(TapeReport.Outcome outcome, MessageCode code) {
        String range = entries == 0
                ? "none"
                : "LSN " + firstLsn + " to " + position + ", committed " + Instant.ofEpochMilli(firstMillis) + " to "
                        + Instant.ofEpochMilli(lastMillis);
        return report(outcome, code, code.text(label, entries, range, blocks));
    }

    private LogTapeReport report(TapeReport.Outcome outcome, MessageCode code, String message) {
        long lastLsn = entries == 0 ? 0 : position;
        return new LogTapeReport(
                outcome, code.id(), message, label, firstLsn, lastLsn, firstMillis, lastMillis, entries, blocks);
    }

    /** Whether a filemark ends it. */
    private boolean readAll() {
        Optional<TapeBlock> next = reader.get();
        while (next.isPresent() && next.get().kind() != TapeBlock.Kind.FILEMARK) {
            read(next.get());
            blocks++;
            next = reader.get();
        }
        return next.isPresent() && taken == 0;
    }

    private void read(TapeBlock next) {
        long expected = block + 1 - first;
        block = next.number();
        LogTapeLayout.Block read = LogTapeLayout.read(next, expected);
        if (read.continues() && taken == 0) {
            throw LogTapeLayout.damaged(block, "it goes on with a record that has no beginning");
        } else if (!read.continues()) {
            // its writer was killed in the middle of a record, and wrote it again
            begin();
        }
        take(read.records());
    }

    private void begin() {
        taken = 0;
        checksum = new CRC32C();
    }

    private void take(ByteBuffer records) {
        while (records.hasRemaining()) {
            if (taken < LogTapeLayout.RECORD_HEADER) {
                head[(int) taken++] = records.get();
            } else {
                long rest = LogTapeLayout.RECORD_HEADER + length() - taken;
                ByteBuffer part = records.slice(records.position(), (int) Math.min(rest, records.remaining()));
                for (int i = 0; i < part.limit() && taken + i < HEAD; i++) {
                    head[(int) taken + i] = part.get(i);
                }
                checksum.update(part.duplicate());
                taken += part.limit();
                records.position(records.position() + part.limit());
            }
            if (taken >= LogTapeLayout.RECORD_HEADER && taken == LogTapeLayout.RECORD_HEADER + length()) {
                whole();
                begin();
            }
        }
    }

    private long length() {
        return ByteBuffer.wrap(head).getInt(LogTapeLayout.LENGTH_AT) & 0xFFFFFFFFL;
    }

    private void whole() {
        ByteBuffer record = ByteBuffer.wrap(head);
        if (record.getInt(LogTapeLayout.RECORD_CHECKSUM_AT) != (int) checksum.getValue()) {
            throw LogTapeLayout.damaged(block, "the checksum of a record is wrong");
        }
        byte kind = record.get(0);
        if (kind == LogTapeLayout.ORIGIN && taken >= LogTapeLayout.RECORD_HEADER + Long.BYTES) {
            position = position < 0 ? record.getLong(LogTapeLayout.RECORD_HEADER) : position;
        } else if (kind == LogTapeLayout.ENTRY && taken >= HEAD && position >= 0) {
            entry(
                    record.getLong(LogTapeLayout.RECORD_HEADER),
                    record.getLong(LogTapeLayout.RECORD_HEADER + Long.BYTES),
                    record.getLong(LogTapeLayout.RECORD_HEADER + 2 * Long.BYTES));
        } else {
            throw LogTapeLayout.damaged(block, "a record of kind " + (kind & 0xFF) + ", which is not known here");
        }
    }

    private void entry(long lsn, long previousLsn, long committedAtMillis) {
        if (lsn <= position) {
            return; // its writer was killed before it noted that it had written it
        } else if (previousLsn > position) {
            throw new Refusal(MessageCode.LOG_TAPE_LACKS, block, lsn, previousLsn, position);
        }
        if (entries == 0) {
            firstLsn = lsn;
            firstMillis = committedAtMillis;
        }
        entries++;
        position = lsn;
        lastMillis = committedAtMillis;
    }
}
