package org.hotbackup.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("TS-002")
class PipesTest {

    @TempDir
    Path folder;

    private NamedPipe from;
    private NamedPipe to;

    @BeforeEach
    void makePipes() throws IOException, InterruptedException {
        from = Programs.mkfifo(folder.resolve("from"));
        to = Programs.mkfifo(folder.resolve("to"));
    }

    /** A keeper that a killed process left behind is not to outlive the test. */
    @AfterEach
    void forget() {
        PipeFiles.forget(folder.resolve("out"));
        PipeFiles.forget(folder.resolve("in"));
    }

    private Path tape(int bytes) throws IOException {
        byte[] tape = new byte[bytes];
        new Random(bytes).nextBytes(tape);
        return Files.write(folder.resolve("tape"), tape);
    }

    private Path arrived() {
        return folder.resolve("arrived");
    }

    private static void carry(CarriedByHand both, long tapes) {
        Awaiting.until(() -> {
            both.step();
            return both.tapes() >= tapes;
        });
    }

    @Test
    void shouldCarryTapesOfAnySizeWithTheirEnds() throws IOException, InterruptedException {
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, false)) {
            int tapes = 0;
            for (int bytes : List.of(1, 511, 512, 513, 70_000, 3_000_001)) {
                Path tape = tape(bytes);
                Process reader = Programs.reads(to, arrived());
                Programs.writes(tape, from, "bs=500");
                carry(both, ++tapes);
                assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertEqual(arrived(), tape);
            }
        }
    }

    @Test
    void shouldKeepATapeForAReaderThatComesLate() throws IOException, InterruptedException {
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, false)) {
            Path tape = tape(40_000);
            Programs.writes(tape, from, "bs=64k").waitFor();
            Awaiting.until(() -> {
                both.step();
                return both.writer.written() == 78;
            });
            assertThat(both.writer.ended()).isFalse();
            Process reader = Programs.reads(to, arrived());
            carry(both, 1);
            assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertEqual(arrived(), tape);
        }
    }

    /**
     * A reader that comes to the end of its tape only later would wait for ever, or take the next tape for the rest of its own, if
     * the pipe were open again by then: it is, when the last reader has let go of it.
     */
    @Test
    void shouldHangUpUntilAReaderThatComesLateHasSeenTheEnd() throws IOException, InterruptedException {
        Path goOn = folder.resolve("go");
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, false)) {
            Path tape = tape(10_000);
            Process reader = Programs.readsLate(to, arrived(), 10_000, goOn);
            Programs.writes(tape, from, "bs=64k");
            carry(both, 1);
            Path next = tape(20_000);
            Programs.writes(next, from, "bs=64k").waitFor();
            Awaiting.until(() -> {
                both.step();
                return both.writer.received() > 0;
            });
            Awaiting.during(() -> both.writer.written() == 0);
            Files.createFile(goOn);
            assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(arrived()).hasSize(10_000);

            Path second = folder.resolve("second");
            reader = Programs.reads(to, second);
            carry(both, 2);
            assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertEqual(second, next);
        }
    }

    @Test
    void shouldGoOnAfterAStopWhileAWriteWaitsForAReader() throws IOException, InterruptedException {
        Path tape = tape(3_000_000);
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, false)) {
            Programs.writes(tape, from, "bs=64k");
            long[] looks = {0, 0};
            Awaiting.until(() -> {
                both.step();
                boolean stands = both.reader.ended() && isWriting() && both.writer.written() == looks[1];
                looks[0] = stands ? looks[0] + 1 : 0;
                looks[1] = both.writer.written();
                return looks[0] > 20;
            });
        }
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, true)) {
            Process reader = Programs.reads(to, arrived());
            carry(both, 1);
            assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertEqual(arrived(), tape);
        }
    }

    private static boolean isWriting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("tape-socket pipe of in"))
                .anyMatch(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getMethodName().equals("write0")));
    }

    /**
     * The node is killed again and again while programs write at one pipe and read at the other. One kill in some hundreds lost bytes or
     * repeated them: in the middle of a read into pages that were not in memory yet, which took a part of what it had announced.
     */
    @Test
    void shouldLoseAndRepeatNothingHoweverOftenItIsKilled() throws IOException, InterruptedException {
        Path tape = tape(60_000_000);
        Random random = new Random(1);
        Process reader = Programs.reads(to, arrived());
        Process node = node("clear");
        Awaiting.until(() -> Files.exists(folder.resolve("in.position")));
        Programs.writes(tape, from, "bs=10k");
        int kills = 0;
        for (long next = random.nextInt(800_000); reader.isAlive(); next += random.nextInt(800_000)) {
            long most = next;
            Awaiting.until(() -> !reader.isAlive() || size(arrived()) >= most);
            if (reader.isAlive()) {
                node.destroyForcibly().waitFor();
                kills++;
                node = node("keep");
            }
        }
        assertEqual(arrived(), tape);
        assertThat(kills).isGreaterThan(80);
        assertThat(node.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void assertEqual(Path arrived, Path tape) throws IOException {
        assertThat(Files.mismatch(arrived, tape)).as("where they differ").isEqualTo(-1);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private Process node(String how) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CarriedByHand.class.getName(),
                        folder.toString(),
                        how)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("node.log").toFile())
                .start();
    }

    @Test
    void shouldGiveUpATapeThatIsNotToBeKept() throws IOException, InterruptedException {
        Path tape = tape(300_000);
        Process writer;
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, false)) {
            writer = Programs.writes(tape, from, "bs=64k");
            Awaiting.until(() -> both.reader.bytes() > 100_000);
        }
        assertThat(PipeFiles.position(folder.resolve("out"))).exists();
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, false)) {
            assertThat(both.reader.bytes()).isZero();
            Process reader = Programs.reads(to, arrived());
            writer.waitFor();
            Path anew = tape(1_000);
            Programs.writes(anew, from, "bs=1000");
            carry(both, 1);
            assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertEqual(arrived(), anew);
        }
    }

    /**
     * All of a tape is in the pipe, and nobody has taken it, when the server is started again: what it has acknowledged it must know
     * then, also of a last block that is short. The output server is not believed otherwise, and the tape stands for ever.
     */
    @Test
    void shouldKnowAllThatItAcknowledgedWhenItIsStartedAgainBeforeTheEndIsTaken()
            throws IOException, InterruptedException {
        Path tape = tape(40_000);
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, false)) {
            Programs.writes(tape, from, "bs=64k").waitFor();
            Awaiting.until(() -> {
                both.step();
                return both.writer.endReceived() && to.waiting() == 40_000;
            });
            both.step();
            assertThat(both.writer.ended()).isFalse();
        }
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, true)) {
            assertThat(both.reader.acknowledged()).isLessThanOrEqualTo(both.writer.received());
            Process reader = Programs.reads(to, arrived());
            carry(both, 1);
            assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertEqual(arrived(), tape);
        }
    }

    @Test
    void shouldHaveWrittenNothingBeforeItsFirstTape() throws IOException {
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, true)) {
            assertThat(both.writer.tape()).isZero();
            assertThat(both.writer.received()).isZero();
            assertThat(both.writer.written()).isZero();
        }
    }

    /** A program that waits for the next tape would take it for that one's end. */
    @Test
    void shouldNotEndAPipeAgainWhoseTapeEndedBeforeItWasKilled() throws IOException, InterruptedException {
        killedBehindATapeOf(1_000);
        Process reader = Programs.reads(to, arrived());
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, true)) {
            Path next = tape(20_000);
            Programs.writes(next, from, "bs=64k");
            carry(both, 1);
            assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertEqual(arrived(), next);
        }
    }

    /** It would wait for ever, or take the next tape for the rest of its own. */
    @Test
    void shouldHangUpAfterAKillUntilAReaderThatComesLateHasSeenTheEnd() throws IOException, InterruptedException {
        TapePosition position = killedBehindATapeOf(1_000);
        position.hangUp();
        Path goOn = folder.resolve("go");
        Process reader;
        try (HeldPipe program = to.hold()) {
            program.channel().write(ByteBuffer.allocate(1_000));
            reader = Programs.readsLate(to, arrived(), 1_000, goOn);
            Awaiting.until(() -> size(arrived()) == 1_000);
        }
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, true)) {
            Programs.writes(tape(20_000), from, "bs=64k").waitFor();
            Awaiting.until(() -> {
                both.step();
                return both.writer.received() > 0;
            });
            Awaiting.during(() -> both.writer.written() == 0);
            Files.createFile(goOn);
            assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(arrived()).hasSize(1_000);
            Awaiting.until(() -> {
                both.step();
                return both.writer.written() > 0;
            });
            assertThat(position.isHangingUp()).isFalse();
        }
    }

    /** What a killed process leaves that had carried a tape to its end. */
    private TapePosition killedBehindATapeOf(int bytes) throws IOException {
        TapePosition position = TapePosition.of(PipeFiles.position(folder.resolve("in")));
        position.clear(7, 512);
        position.done(bytes);
        position.end();
        new PipeKeeper(position).start(to, PipeKeeper.End.WRITING);
        return position;
    }

    /** Better no tape than one that misses bytes. */
    @Test
    void shouldGiveUpATapeOfWhichNobodyKnowsHowMuchWasTaken() throws IOException {
        TapePosition position = TapePosition.of(PipeFiles.position(folder.resolve("out")));
        position.clear(7, 512);
        position.done(1_000);
        PipeSpool spool = PipeSpool.open(PipeFiles.spool(folder.resolve("out")), 16 << 20);
        ByteBuffer place = spool.place(1_000, 20_000);
        PipeSpool.prepare(place, 5);
        position.announce(20_000, 5);
        place.put(new byte[8_192]);

        List<MessageCode> said = new ArrayList<>();
        try (PipeReader reader =
                PipeReader.open(folder.resolve("out"), from, 512, true, () -> {}, (code, values) -> said.add(code))) {
            assertThat(reader.bytes()).isZero();
            assertThat(reader.tape()).isNotEqualTo(7);
        }
        assertThat(said).containsExactly(MessageCode.TAPE_CUT_BY_KILL, MessageCode.TAPE_GIVEN_UP);
    }

    @Test
    void shouldDrainAPipeAndSayHowMuchWasInIt() throws IOException {
        try (HeldPipe program = from.hold()) {
            program.channel().write(ByteBuffer.allocate(1234));
            assertThat(from.waiting()).isEqualTo(1234);
            assertThat(from.drain()).isEqualTo(1234);
            assertThat(from.waiting()).isZero();
        }
    }

    /** There is nothing to keep between two tapes: who holds the pipes must not outlive the servers. */
    @Test
    void shouldLeaveNobodyAtItsPipesWhenNoTapeIsUnderWay() throws IOException, InterruptedException {
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, false)) {
            Process reader = Programs.reads(to, arrived());
            Programs.writes(tape(10_000), from, "bs=500");
            carry(both, 1);
            assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(keeper("out")).isEmpty();
        assertThat(keeper("in")).isEmpty();
    }

    @Test
    void shouldHoldThePipesOfATapeThatIsUnderWay() throws IOException {
        try (CarriedByHand both = new CarriedByHand(folder, from, to, 512, false)) {
            Programs.writes(tape(300_000), from, "bs=500");
            Awaiting.until(() -> {
                both.step();
                return both.writer.written() > 10;
            });
        }
        assertThat(keeper("out")).isPresent();
        assertThat(keeper("in")).isPresent();
    }

    /** Its time of day was another one when the clock of the machine had been set: it was not known again, and never ended. */
    @Test
    void shouldKnowAKeeperAgainWhateverTheClockSays() throws IOException {
        TapePosition position = TapePosition.of(PipeFiles.position(folder.resolve("out")));
        PipeKeeper keeper = new PipeKeeper(position);
        keeper.start(from, PipeKeeper.End.READING);
        String stat = Files.readString(Path.of("/proc", Long.toString(position.keeperPid()), "stat"));

        assertThat(position.keeperStarted())
                .as("ticks since the machine began")
                .isEqualTo(
                        Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]));
        assertThat(keeper("out")).isPresent();
        keeper.end();
        assertThat(keeper("out")).isEmpty();
    }

    private Optional<ProcessHandle> keeper(String server) throws IOException {
        return new PipeKeeper(TapePosition.of(PipeFiles.position(folder.resolve(server)))).running();
    }

    @Test
    void shouldKnowAPipeUnderAnyOfItsNames() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("from"));
        assertThat(NamedPipe.in(folder, "from").isAt(folder.resolve("../" + folder.getFileName() + "/from")))
                .isTrue();
        assertThat(from.isAt(link)).isTrue();
        assertThat(from.isAt(folder.resolve("to"))).isFalse();
        assertThat(from.isAt(folder.resolve("none"))).isFalse();
    }

    @Test
    void shouldTakeNothingButAPipe() throws IOException {
        assertThatThrownBy(() -> NamedPipe.at(folder.resolve("none")))
                .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(MessageCode.NO_PIPE));
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> NamedPipe.at(file))
                .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(MessageCode.NOT_A_PIPE));
        assertThat(NamedPipe.in(folder.resolve("pipes"), "own").isFifo()).isTrue();
    }
}
