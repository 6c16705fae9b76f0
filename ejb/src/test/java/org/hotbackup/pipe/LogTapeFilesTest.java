package org.hotbackup.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.tape.LogTapeCheck;
import org.hotbackup.tape.TapeReport;
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

/** {@code startlog}: the log on tapes of the node itself, one behind the other. */
@Tag("TS-001")
@Tag("TLOG-5")
class LogTapeFilesTest {

    private static final int BLOCK = 512;

    @TempDir
    Path folder;

    private final List<LogEntry> queued = new ArrayList<>();
    private final List<MessageCode> said = new ArrayList<>();
    private long lastLsn;
    private long now;

    private void add(int bytes) {
        queued.add(new LogEntry(++lastLsn, lastLsn - 1, 1_000 + lastLsn, new byte[bytes]));
    }

    private TransactionLogQueue.Reader reader() {
        return new TransactionLogQueue.Reader() {
            private long polled;

            @Override
            public Optional<LogEntry> poll() {
                Optional<LogEntry> next =
                        queued.stream().filter(entry -> entry.lsn() > polled).findFirst();
                next.ifPresent(entry -> polled = entry.lsn());
                return next;
            }

            @Override
            public void acknowledge(long upToLsn) {
                queued.removeIf(entry -> entry.lsn() <= upToLsn);
            }

            @Override
            public void close() {
                polled = Long.MAX_VALUE;
            }
        };
    }

    private LogTapeSource source(boolean keep) throws IOException {
        return LogTapeSource.open(
                folder.resolve("startlog"),
                BLOCK,
                keep,
                this::reader,
                previous -> new Origin("prod", "history", 1, "startlog", previous),
                () -> LocalDateTime.of(2026, 11, 22, 12, 0),
                () -> {},
                (code, values) -> said.add(code));
    }

    private LogTapeFiles files(LogTapeSource source, long reserve) {
        return new LogTapeFiles(
                folder.resolve("tapes").resolve("log"), reserve, source, (code, values) -> said.add(code));
    }

    private void run(LogTapeSource source, LogTapeFiles files) {
        for (int i = 0; i < 4; i++) {
            source.fill(now);
            files.step(now);
            now += 100;
        }
    }

    private List<Long> lsns(int number) throws IOException {
        List<Long> lsns = new ArrayList<>();
        try (InputStream tape = Files.newInputStream(folder.resolve("tapes").resolve("log." + number))) {
            LogTapeReader reader = new LogTapeReader(tape);
            for (Optional<LogTapeRecord> record = reader.read(); record.isPresent(); record = reader.read()) {
                if (record.get() instanceof LogTapeRecord.Entry entry) {
                    lsns.add(entry.entry().lsn());
                }
            }
            assertThat(reader.isWithinRecord()).isFalse();
        }
        return lsns;
    }

    @Test
    void anEntryLeavesTheQueueWhenItIsOnTheTapeAndEachEndBeginsAnotherTape() throws IOException {
        LogTapeSource source = source(false);
        LogTapeFiles files = files(source, 0);
        add(10);
        add(5_000);
        run(source, files);
        assertThat(queued).isEmpty();
        source.finish();
        run(source, files);
        assertThat(source.isFinished()).isTrue();
        files.close();

        LogTapeSource second = source(false);
        LogTapeFiles more = files(second, 0);
        add(10);
        run(second, more);
        more.close();
        assertThat(lsns(1)).containsExactly(1L, 2L);
        assertThat(lsns(2)).containsExactly(3L);
        assertThat(said).containsOnlyOnce(MessageCode.LOG_TAPE_WRITTEN);
    }

    @Test
    void aKilledNodeGoesOnWithItsTape() throws IOException {
        LogTapeSource source = source(false);
        LogTapeFiles files = files(source, 0);
        add(3_000);
        run(source, files);
        // what was written and not acknowledged is written again
        Files.write(folder.resolve("tapes").resolve("log.1"), new byte[BLOCK + 7], StandardOpenOption.APPEND);
        LogTapeSource again = source(true);
        LogTapeFiles more = files(again, 0);
        add(10);
        run(again, more);
        more.close();
        assertThat(lsns(1)).containsExactly(1L, 2L);
        assertThat(Files.exists(folder.resolve("tapes").resolve("log.2"))).isFalse();
    }

    @Test
    void aNodeThatIsKilledBehindItsTapeStillSaysWhichOneIsWritten() throws IOException {
        LogTapeSource source = source(false);
        LogTapeFiles files = files(source, 0);
        add(3_000);
        run(source, files);
        source.finish();
        source.fill(now);
        source.acknowledged(source.available());
        LogTapeSource again = source(true);
        List<Object> said = new ArrayList<>();
        new LogTapeFiles(
                        folder.resolve("tapes").resolve("log"),
                        0,
                        again,
                        (code, values) -> said.addAll(List.of(code, values[0])))
                .step(now);
        assertThat(said)
                .containsExactly(
                        MessageCode.LOG_TAPE_WRITTEN, folder.resolve("tapes").resolve("log.1"));
        assertThat(again.bytes()).isZero();
    }

    @Test
    void aFullDiskIsWaitedForAndNothingLeavesTheQueue() throws IOException {
        LogTapeSource source = source(false);
        LogTapeFiles full = files(source, Long.MAX_VALUE);
        add(3_000);
        run(source, full);
        now += 10_000;
        run(source, full);
        assertThat(queued).hasSize(1);
        assertThat(said).containsOnlyOnce(MessageCode.LOG_TAPE_NOT_WRITTEN);
        assertThat(folder.resolve("tapes")).isEmptyDirectory();
        full.close();
        LogTapeFiles files = files(source, 0);
        run(source, files);
        files.close();
        assertThat(queued).isEmpty();
        assertThat(said).contains(MessageCode.LOG_TAPE_ON_FILE);
    }

    /** It left a piece of the tape under its name and began the same tape under the next one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK, BLOCK + 7, 4 * BLOCK})
    void aNodeThatIsKilledBeforeAnythingIsAcknowledgedGoesOnWithItsFile(int written) throws IOException {
        LogTapeSource killed = source(false);
        add(3_000);
        killed.fill(now);
        byte[] begun = new byte[written];
        killed.read(1, written + BLOCK).get(begun);
        Path tapes = Files.createDirectories(folder.resolve("tapes"));
        Files.write(tapes.resolve("log.1"), begun);
        LogTapeSource again = source(true);
        LogTapeFiles files = files(again, 0);
        add(10);
        run(again, files);
        files.close();
        assertThat(lsns(1)).containsExactly(1L, 2L);
        assertThat(tapes.resolve("log.2")).doesNotExist();
    }

    /** Half of an entry stood before its filemarks, and tape verify said that it has no end; three hundred kills found it. */
    @Test
    void aTapeThatEndsBehindAKillInTheMiddleOfAnEntryIsWhole() throws IOException {
        LogTapeSource killed = source(false);
        LogTapeFiles files = files(killed, 0);
        add(10);
        run(killed, files);
        // more than there is room for
        add(17 << 20);
        killed.fill(now);
        LogTapeSource again = source(true);
        again.finish();
        run(again, files(again, 0));
        assertThat(again.isFinished()).isTrue();
        assertThat(queued).hasSize(1);
        assertThat(lsns(1)).containsExactly(1L);
        try (InputStream tape = Files.newInputStream(folder.resolve("tapes").resolve("log.1"))) {
            assertThat(LogTapeCheck.of(tape)).get().satisfies(report -> assertThat(report.outcome())
                    .as(report.message())
                    .isEqualTo(TapeReport.Outcome.WHOLE));
        }
    }

    @Test
    void aFileOfAnotherTapeIsLeftAsItIs() throws IOException {
        LogTapeSource other = source(false);
        LogTapeFiles first = files(other, 0);
        add(3_000);
        run(other, first);
        first.close();
        byte[] before = Files.readAllBytes(folder.resolve("tapes").resolve("log.1"));
        LogTapeSource source = source(false);
        LogTapeFiles files = files(source, 0);
        add(10);
        run(source, files);
        files.close();
        assertThat(folder.resolve("tapes").resolve("log.1")).hasBinaryContent(before);
        assertThat(lsns(2)).containsExactly(2L);
    }

    @Test
    void aTapeThatIsGoneIsSaid() throws IOException {
        LogTapeSource source = source(false);
        LogTapeFiles files = files(source, 0);
        add(3_000);
        run(source, files);
        files.close();
        Files.delete(folder.resolve("tapes").resolve("log.1"));
        add(10);
        run(source, files(source, 0));
        assertThat(queued).hasSize(1);
        assertThat(said).contains(MessageCode.LOG_TAPE_NOT_WRITTEN);
    }
}
