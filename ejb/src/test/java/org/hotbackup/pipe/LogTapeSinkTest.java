package org.hotbackup.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.replication.AppliedImage;
import org.hotbackup.replication.Position;
import org.hotbackup.replication.StoreUnavailableException;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.tape.LogTapeRecord;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;
import org.hotbackup.txlog.tape.WrittenLogTape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that arrives is applied once and in order, and what is acknowledged is applied or kept, whatever happens. */
@Tag("TS-001")
@Tag("TS-008")
@Tag("TLOG-4")
class LogTapeSinkTest {

    private static final int BLOCK = 512;
    private static final long TAPE = 7;
    private static final String HISTORY = WrittenLogTape.ORIGIN.history();

    /** As many as the test has time for; each goes on with what is kept of an entry of some megabytes. */
    private static final int MOST_KILLS = 300;

    @TempDir
    Path folder;

    private final AppliedImage image = new AppliedImage();
    private final List<LogTapeSink> opened = new ArrayList<>();

    private LogTapeSink open() throws IOException {
        LogTapeSink sink = LogTapeSink.open(folder.resolve("login"), image, origin -> {}, () -> {});
        sink.start(Thread::new, "login");
        opened.add(sink);
        return sink;
    }

    @AfterEach
    void close() {
        opened.forEach(LogTapeSink::close);
    }

    /** As an output server does: what follows on those that arrived. */
    private static void send(LogTapeSink sink, byte[] tape, long upTo) {
        long from = sink.received();
        if (upTo > from) {
            sink.add(ByteBuffer.wrap(tape, (int) from * BLOCK, (int) (upTo - from) * BLOCK));
        }
    }

    private static void sendAll(LogTapeSink sink, byte[] tape) {
        send(sink, tape, tape.length / BLOCK);
        sink.end();
    }

    private static WrittenLogTape tape() {
        return new WrittenLogTape(BLOCK).add(3, 0, new byte[700]).add(4, 3, new byte[10]);
    }

    @Test
    void whatArrivesIsAppliedAndThenAcknowledged() throws IOException {
        LogTapeSink sink = open();
        byte[] tape = tape().end().image();
        sink.begin(TAPE, BLOCK);
        image.blocked = 2;
        sendAll(sink, tape);
        Awaiting.until(() -> !sink.trouble().isEmpty());
        assertThat(sink.written()).isZero();
        Awaiting.until(sink::ended);
        assertThat(sink.written()).isEqualTo(tape.length / BLOCK);
        assertThat(image.applied).containsExactly(3L, 4L);
        assertThat(sink.totals()).isEqualTo(new LogTapeSink.Totals(2, 0, 0, 4, 4_000));
        assertThat(sink.trouble()).isEmpty();
    }

    @Test
    void anIdleLineLeavesNothingUnacknowledged() throws IOException {
        LogTapeSink sink = open();
        byte[] tape = tape().flush().image();
        sink.begin(TAPE, BLOCK);
        send(sink, tape, 2);
        // the label and half of an entry: not applied, and kept
        Awaiting.until(() -> sink.written() == 2);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(PipeFiles.kept(folder.resolve("login")))))
                .isEqualTo("rw-------");
        assertThat(image.applied).isEmpty();
        send(sink, tape, tape.length / BLOCK);
        Awaiting.until(() -> sink.written() == sink.received());
        assertThat(image.applied).containsExactly(3L, 4L);
        assertThat(sink.ended()).isFalse();
    }

    @Test
    void aServerThatIsStartedAgainGoesOnInTheMiddleOfAnEntry() throws IOException {
        LogTapeSink first = open();
        byte[] tape = tape().end().image();
        first.begin(TAPE, BLOCK);
        send(first, tape, 2);
        Awaiting.until(() -> first.written() == 2);
        first.close();
        LogTapeSink second = open();
        assertThat(second.tape()).isEqualTo(TAPE);
        assertThat(second.received()).isEqualTo(2);
        sendAll(second, tape);
        Awaiting.until(second::ended);
        assertThat(image.applied).containsExactly(3L, 4L);
        LogTapeSink third = open();
        assertThat(third.ended()).isTrue();
        assertThat(third.written()).isEqualTo(tape.length / BLOCK);
    }

    @Test
    void whatDoesNotFollowIsRefusedUntilItDoes() throws IOException {
        LogTapeSink sink = open();
        byte[] tape = tape().add(30, 21, (byte) 1).end().image();
        sink.begin(TAPE, BLOCK);
        sendAll(sink, tape);
        Awaiting.until(() -> sink.objection().isPresent());
        assertThat(sink.objection())
                .get()
                .extracting(Refusal::code, Refusal::getMessage)
                .satisfies(refusal -> assertThat(refusal.get(0)).isEqualTo(MessageCode.LOG_TAPE_GAP))
                .satisfies(refusal ->
                        assertThat(refusal.get(1)).asString().contains("LSN 30 follows on LSN 21", "ends at LSN 4"));
        assertThat(image.applied).containsExactly(3L, 4L);
        assertThat(sink.written()).isLessThan(tape.length / BLOCK);
        // a save was restored meanwhile
        image.position = Optional.of(new Position(HISTORY, 2, 21));
        Awaiting.until(sink::ended);
        assertThat(sink.objection()).isEmpty();
        assertThat(image.applied).containsExactly(3L, 4L, 30L);
    }

    /** A stack trace stood in the node's log every two seconds, and the refusal named a class. */
    @Test
    void aStoreThatIsAwayIsSaidInOneSentenceAndWaitedFor() throws IOException {
        List<LogRecord> logged = logged(() -> {
            image.failure = Optional.of(new StoreUnavailableException("its position could not be read", null));
            sendAllAndFailTwice();
        });
        assertThat(logged).isEmpty();
        assertThat(opened.get(0).objection().map(Refusal::getMessage))
                .contains(MessageCode.LOG_STORE_AWAY.text("its position could not be read"));
        assertGoesOn();
    }

    @Test
    void aFaultOfOursIsLoggedOnceAndTriedAgain() throws IOException {
        List<LogRecord> logged = logged(() -> {
            image.failure = Optional.of(new IllegalStateException("nobody knows"));
            sendAllAndFailTwice();
        });
        assertThat(logged).singleElement().satisfies(record -> assertThat(record.getThrown())
                .hasMessage("nobody knows"));
        assertThat(opened.get(0).objection().map(Refusal::code)).contains(MessageCode.INTERNAL_ERROR);
        assertGoesOn();
    }

    private void sendAllAndFailTwice() throws IOException {
        LogTapeSink sink = open();
        sink.begin(TAPE, BLOCK);
        sendAll(sink, tape().end().image());
        Awaiting.until(() -> image.failures > 1 && sink.objection().isPresent());
    }

    private void assertGoesOn() {
        LogTapeSink sink = opened.get(0);
        image.failure = Optional.empty();
        Awaiting.until(sink::ended);
        assertThat(sink.objection()).isEmpty();
        assertThat(image.applied).containsExactly(3L, 4L);
    }

    /** What does it. */
    private interface Work {
        void run() throws IOException;
    }

    /** What the node's log got meanwhile, that is shown where nobody asks for more. */
    private static List<LogRecord> logged(Work work) throws IOException {
        List<LogRecord> records = Collections.synchronizedList(new ArrayList<>());
        Logger logger = Logger.getLogger(LogTapeSink.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {
                // nothing is buffered
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            work.run();
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
        return records;
    }

    @Test
    void anotherTapeGoesOnWhereOneBrokeOff() throws IOException {
        LogTapeSink sink = open();
        byte[] broken = tape().beginAndForget(new LogTapeRecord.Entry(new LogEntry(9, 4, 1, new byte[900])))
                .image();
        sink.begin(TAPE, BLOCK);
        send(sink, broken, broken.length / BLOCK);
        Awaiting.until(() -> sink.written() == sink.received());
        assertThat(sink.mayBreakOff()).isTrue();
        sink.begin(TAPE + 1, BLOCK);
        assertThat(sink.received()).isZero();
        byte[] next = new WrittenLogTape(BLOCK, new Origin("pick0", HISTORY, 1, "slog", 4))
                .add(9, 4, new byte[900])
                .end()
                .image();
        sendAll(sink, next);
        Awaiting.until(sink::ended);
        assertThat(image.applied).containsExactly(3L, 4L, 9L);
    }

    @Test
    void whatCouldNotBeKeptOfATapeIsForgivenWhateverWasObjectedToInTheOneBefore() throws IOException {
        LogTapeSink sink = open();
        sink.begin(TAPE, BLOCK);
        sendAll(sink, tape().add(30, 21, (byte) 1).end().image());
        Awaiting.until(() -> sink.objection().isPresent());
        Path inTheWay = Files.createDirectory(folder.resolve("login.kept.new"));
        sink.begin(TAPE + 1, BLOCK);
        byte[] next = new WrittenLogTape(BLOCK, new Origin("pick0", HISTORY, 1, "slog", 4))
                .add(9, 4, new byte[900])
                .end()
                .image();
        send(sink, next, 2);
        Awaiting.until(() -> sink.objection().isPresent());
        assertThat(sink.objection().map(Refusal::code)).contains(MessageCode.LOG_NOT_KEPT);
        Files.delete(inTheWay);
        Awaiting.until(() -> sink.objection().isEmpty());
        sendAll(sink, next);
        Awaiting.until(sink::ended);
        assertThat(image.applied).containsExactly(3L, 4L, 9L);
    }

    @Test
    void theLogOfAnotherHistoryIsRefused() throws IOException {
        image.position = Optional.of(new Position("another", 1, 77));
        LogTapeSink sink = open();
        sink.begin(TAPE, BLOCK);
        sendAll(sink, tape().end().image());
        Awaiting.until(() -> sink.objection().isPresent());
        assertThat(sink.objection().map(Refusal::code)).contains(MessageCode.LOG_TAPE_OTHER_HISTORY);
        assertThat(image.applied).isEmpty();
        assertThat(sink.written()).isZero();
    }

    @Test
    void whatIsTornIsAsIfItHadNotBeenKept() throws IOException {
        LogTapeSink first = open();
        byte[] tape = new WrittenLogTape(BLOCK).add(3, 0, new byte[5_000]).end().image();
        first.begin(TAPE, BLOCK);
        send(first, tape, 3);
        Awaiting.until(() -> first.written() == 3);
        send(first, tape, 6);
        Awaiting.until(() -> first.written() == 6);
        first.close();
        Path kept = PipeFiles.kept(folder.resolve("login"));
        byte[] whole = Files.readAllBytes(kept);
        Files.write(kept, Arrays.copyOf(whole, whole.length - 1), StandardOpenOption.TRUNCATE_EXISTING);
        LogTapeSink second = open();
        assertThat(second.received()).isEqualTo(3);
        sendAll(second, tape);
        Awaiting.until(second::ended);
        assertThat(image.applied).containsExactly(3L);
    }

    /** Entries of all sizes, one larger than an output server has out; kills at any time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void nothingIsLostOrAppliedTwiceByKills(int seed) throws IOException {
        Random random = new Random(seed);
        WrittenLogTape written = new WrittenLogTape(BLOCK);
        for (long lsn = 1; lsn <= 200; lsn++) {
            int bytes = lsn == 100 ? 6 << 20 : random.nextInt(random.nextInt(20) == 0 ? 100_000 : 3_000);
            written.add(lsn, lsn - 1, new byte[bytes]);
        }
        byte[] tape = written.end().image();
        long all = tape.length / BLOCK;
        LogTapeSink sink = open();
        sink.begin(TAPE, BLOCK);
        int kills = 0;
        while (!sink.ended()) {
            assertThat(sink.objection()).isEmpty();
            long out = sink.written() + (4 << 20) / BLOCK;
            send(sink, tape, Math.min(Math.min(all, out), sink.received() + 1 + random.nextInt(600)));
            if (sink.received() == all && !sink.endReceived()) {
                sink.end();
            }
            if (kills < MOST_KILLS && random.nextInt(30) == 0) {
                long acknowledged = sink.written();
                sink.close();
                opened.remove(sink);
                kills++;
                sink = open();
                assertThat(sink.received()).isGreaterThanOrEqualTo(acknowledged);
                if (sink.tape() != TAPE) {
                    // killed before anything of it was kept
                    sink.begin(TAPE, BLOCK);
                }
            }
            Thread.yield();
        }
        assertThat(kills).isPositive();
        assertThat(image.applied)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
    }
}
