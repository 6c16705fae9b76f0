package org.hotbackup.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.TransactionLogQueue;
import org.hotbackup.txlog.tape.LogTapeReader;
import org.hotbackup.txlog.tape.LogTapeRecord;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue of a linked server as a tape: no entry leaves the queue before its blocks are acknowledged, whatever happens. */
@Tag("TS-001")
@Tag("TS-008")
class LogTapeSourceTest {

    private static final int BLOCK = 512;

    @TempDir
    Path folder;

    private final FakeQueue queue = new FakeQueue();
    private long now;

    /** Entries that stay until they are acknowledged. */
    private static final class FakeQueue implements LogTapeSource.Queue {
        private final List<LogEntry> entries = new ArrayList<>();
        private long lastLsn;

        void add(int bytes) {
            entries.add(new LogEntry(lastLsn + 2, lastLsn, 1_000 + lastLsn, new byte[bytes]));
            lastLsn += 2;
        }

        @Override
        public TransactionLogQueue.Reader open() {
            return new TransactionLogQueue.Reader() {
                private long polled;

                @Override
                public Optional<LogEntry> poll() {
                    Optional<LogEntry> next = entries.stream()
                            .filter(entry -> entry.lsn() > polled)
                            .findFirst();
                    next.ifPresent(entry -> polled = entry.lsn());
                    return next;
                }

                @Override
                public void acknowledge(long upToLsn) {
                    entries.removeIf(entry -> entry.lsn() <= Math.min(upToLsn, polled));
                }

                @Override
                public void close() {
                    polled = Long.MAX_VALUE;
                }
            };
        }
    }

    private LogTapeSource open(boolean keep) throws IOException {
        return LogTapeSource.open(
                folder.resolve("slog"),
                BLOCK,
                keep,
                queue,
                previous -> new Origin("pick0", "history", 1, "slog", previous),
                () -> LocalDateTime.of(2026, 11, 22, 12, 0),
                () -> {},
                (code, values) -> {});
    }

    /** Fills as a server's thread does, until nothing changes by itself any more. */
    private void fill(LogTapeSource source) {
        source.fill(now);
        now += 100;
        source.fill(now);
    }

    private static void receive(LogTapeSource source, ByteArrayOutputStream to, long blocks) {
        long has = to.size() / BLOCK;
        while (has < blocks) {
            ByteBuffer there = source.read(has + 1, (int) Math.min(64 << 10, (blocks - has) * BLOCK));
            byte[] read = new byte[there.remaining()];
            there.get(read);
            to.writeBytes(read);
            has += read.length / BLOCK;
        }
    }

    private static List<Long> lsns(ByteArrayOutputStream tape) {
        LogTapeReader reader = new LogTapeReader(new ByteArrayInputStream(tape.toByteArray()));
        List<Long> lsns = new ArrayList<>();
        for (Optional<LogTapeRecord> record = reader.read(); record.isPresent(); record = reader.read()) {
            if (record.get() instanceof LogTapeRecord.Entry entry) {
                lsns.add(entry.entry().lsn());
            }
        }
        assertThat(reader.isWithinRecord()).isFalse();
        return lsns;
    }

    @Test
    void anEntryLeavesTheQueueWhenAllItsBlocksAreAcknowledged() throws IOException {
        queue.add(10);
        queue.add(2_000);
        LogTapeSource source = open(false);
        fill(source);
        assertThat(queue.entries).hasSize(2);
        // the label, and the block that the first entry ends in
        source.acknowledged(2);
        assertThat(queue.entries).hasSize(1);
        source.acknowledged(source.available() - 1);
        assertThat(queue.entries).hasSize(1);
        source.acknowledged(source.available());
        assertThat(queue.entries).isEmpty();
    }

    @Test
    void itEndsWithFilemarksWhenItsServerIsStopped() throws IOException {
        queue.add(10);
        LogTapeSource source = open(false);
        fill(source);
        ByteArrayOutputStream tape = new ByteArrayOutputStream();
        source.finish();
        queue.add(10);
        fill(source);
        assertThat(source.ended()).isTrue();
        assertThat(source.isFinished()).isFalse();
        receive(source, tape, source.available());
        source.acknowledged(source.available());
        source.nextTape();
        fill(source);
        assertThat(source.isFinished()).isTrue();
        assertThat(source.bytes()).isZero();
        assertThat(lsns(tape)).containsExactly(2L);
        assertThat(queue.entries).hasSize(1);
        assertThat(tape.toByteArray()).endsWith(new byte[100]);
        LogTapeReader reader = new LogTapeReader(new ByteArrayInputStream(tape.toByteArray()));
        while (reader.read().isPresent()) {
            assertThat(reader.ended()).isFalse();
        }
        assertThat(reader.ended()).isTrue();
    }

    @Test
    void anIdleServerHasNoTape() throws IOException {
        LogTapeSource source = open(false);
        source.finish();
        fill(source);
        assertThat(source.isFinished()).isTrue();
        assertThat(source.available()).isZero();
    }

    /** A disk that is full ends a process that writes to memory which stands for a hole in a file. */
    @Test
    void itHasAllItsSpaceFromTheBeginning() throws IOException, InterruptedException {
        LogTapeSource source = open(false);
        assertThat(Programs.space(PipeFiles.spool(folder.resolve("slog")))).isGreaterThanOrEqualTo(16 << 20);
        assertThat(Programs.space(PipeFiles.position(folder.resolve("slog")))).isPositive();
        source.close();
    }

    @Test
    void whatIsGivenUpBeginsAnewWithWhatIsNotAcknowledged() throws IOException {
        queue.add(10);
        queue.add(10);
        queue.add(10);
        LogTapeSource source = open(false);
        source.fill(now);
        fill(source);
        long tape = source.tape();
        LogTapeSource again = open(false);
        assertThat(again.tape()).isNotEqualTo(tape);
        fill(again);
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        receive(again, image, again.available());
        assertThat(lsns(image)).containsExactly(2L, 4L, 6L);
    }

    /** More than the spool holds, entries larger than it, kills at any time: every entry, in order, nothing but repeats added. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void nothingIsLostByKills(int seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream tape = new ByteArrayOutputStream();
        LogTapeSource source = open(false);
        int added = 0;
        while (added < 400 || source.acknowledged() < source.available() || !queue.entries.isEmpty()) {
            if (added < 400) {
                added++;
                queue.add(added == 100 ? 17 << 20 : random.nextInt(random.nextInt(20) == 0 ? 100_000 : 3_000));
            }
            source.fill(now++);
            if (added >= 400) {
                fill(source);
            }
            if (random.nextInt(12) == 0) {
                // killed: nothing is closed, and what was in memory is gone
                source = open(true);
            }
            long arrived = tape.size() / BLOCK;
            long more = arrived + random.nextInt((int) Math.min(20_000, source.available() - arrived) + 1);
            receive(source, tape, added >= 400 ? source.available() : more);
            source.acknowledged(Math.max(source.acknowledged(), tape.size() / BLOCK - random.nextInt(3)));
            if (added >= 400) {
                source.acknowledged(tape.size() / BLOCK);
            }
        }
        List<Long> lsns = lsns(tape);
        assertThat(lsns.stream().distinct()).hasSize(400);
        assertThat(lsns).isSorted();
    }
}
