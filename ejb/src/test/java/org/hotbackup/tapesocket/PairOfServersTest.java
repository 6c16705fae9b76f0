package org.hotbackup.tapesocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.replication.ServerStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PairOfServersTest {

    private static byte[] tape(long seed, int bytes) {
        byte[] tape = new byte[bytes];
        new Random(seed).nextBytes(tape);
        return tape;
    }

    private static PairOfServers started(int blockSize) {
        PairOfServers pair = new PairOfServers(1, blockSize);
        pair.startInput();
        pair.startOutput();
        return pair;
    }

    @Test
    @Tag("TS-002")
    void whatAProgramWritesArrivesByteForByte() {
        PairOfServers pair = started(512);
        byte[] tape = tape(1, 1_000_000);
        pair.source.program(tape);
        pair.settle();
        assertThat(pair.sink.tapes).containsExactly(tape);
        assertThat(pair.outSays).contains(MessageCode.TAPE_BEGINS.id(), MessageCode.TAPE_CARRIED.id());
        assertThat(pair.inSays).contains(MessageCode.TAPE_BEGINS.id(), MessageCode.TAPE_CARRIED.id());
    }

    @Test
    @Tag("TS-002")
    void severalTapesArriveEachWithItsOwnEnd() {
        PairOfServers pair = started(512);
        List<byte[]> tapes = List.of(tape(1, 1), tape(2, 512), tape(3, 513), tape(4, 300_000));
        tapes.forEach(pair.source::program);
        pair.settle();
        assertThat(pair.sink.tapes).hasSameSizeAs(tapes);
        checkPrefix(0, pair, tapes);
    }

    @Test
    @Tag("TS-002")
    void aBrokenNetworkIsNoEndOfTape() {
        PairOfServers pair = started(512);
        byte[] tape = tape(1, 100_000);
        pair.source.program(tape);
        pair.tick(10);
        pair.source.read(60_000);
        pair.tick(10);
        pair.tick(10);
        pair.sink.write(10_000);
        pair.networkDown = true;
        pair.cut();
        for (int i = 0; i < 1_000; i++) {
            pair.tick(1_000);
            pair.sink.write(Integer.MAX_VALUE);
        }
        assertThat(pair.sink.ended()).isFalse();
        assertThat(pair.input().figures().status()).isEqualTo(ServerStatus.WAIT_INCOMING_CALL);
        assertThat(pair.output().figures().status()).isEqualTo(ServerStatus.WAIT_RESPONSE_TO_CALL);
        pair.settle();
        assertThat(pair.sink.tapes).containsExactly(tape);
        assertThat(pair.outSays).contains(MessageCode.TAPE_GOES_ON.id());
    }

    /** Seeded: cuts, kills of both, slow pipes, several tapes; after each step what is in the pipe is a prefix. */
    @Test
    @Tag("TS-002")
    void whateverBreaksTheBytesArriveInOrderAndOnce() {
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            int blockSize = List.of(20, 512, 8192, 16384).get(random.nextInt(4));
            PairOfServers pair = new PairOfServers(seed, blockSize);
            List<byte[]> tapes = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                tapes.add(tape(seed * 10 + i, 1 + random.nextInt(200_000)));
            }
            tapes.forEach(pair.source::program);
            for (int step = 0; step < 300; step++) {
                disturb(pair, random);
                pair.source.read(random.nextInt(20_000));
                pair.tick(random.nextInt(50) == 0 ? 15_000 : random.nextInt(200));
                pair.sink.write(random.nextInt(20_000));
                checkPrefix(seed, pair, tapes);
            }
            if (!pair.inputRuns()) {
                pair.startInput();
            }
            if (!pair.outputRuns()) {
                pair.startOutput();
            }
            pair.settle();
            assertThat(pair.sink.tapes).as("seed " + seed).hasSameSizeAs(tapes);
            checkPrefix(seed, pair, tapes);
        }
    }

    private static void disturb(PairOfServers pair, Random random) {
        switch (random.nextInt(25)) {
            case 0 -> pair.cut();
            case 1 -> pair.networkDown = !pair.networkDown;
            case 2 -> pair.killInput();
            case 3 -> pair.killOutput();
            case 4, 5, 6, 7 -> {
                if (!pair.inputRuns()) {
                    pair.startInput();
                }
            }
            case 8, 9, 10, 11 -> {
                if (!pair.outputRuns()) {
                    pair.startOutput();
                }
            }
            default -> {
                // nothing happens most of the time
            }
        }
    }

    private static void checkPrefix(long seed, PairOfServers pair, List<byte[]> tapes) {
        int ended = pair.sink.tapes.size();
        for (int i = 0; i < ended; i++) {
            assertThat(Arrays.equals(pair.sink.tapes.get(i), tapes.get(i)))
                    .as("seed " + seed)
                    .isTrue();
        }
        byte[] now = pair.sink.pipe();
        if (now.length > 0) {
            assertThat(Arrays.mismatch(tapes.get(ended), now))
                    .as("seed " + seed)
                    .isIn(-1, now.length);
        }
    }

    @Test
    @Tag("TS-002")
    void aShutdownStopsBothOnceTheTapeIsOver() {
        PairOfServers pair = started(512);
        byte[] tape = tape(1, 50_000);
        pair.source.program(tape);
        pair.tick(10);
        pair.source.read(20_000);
        pair.output().shutdown();
        for (int i = 0; i < 20; i++) {
            pair.tick(100);
        }
        assertThat(pair.outOver).isFalse();
        pair.settle();
        for (int i = 0; i < 5; i++) {
            pair.tick(100);
        }
        assertThat(pair.sink.tapes).containsExactly(tape);
        assertThat(pair.outOver).isTrue();
        assertThat(pair.inOver).isTrue();
    }

    @Test
    @Tag("TS-002")
    void theClocksAreComparedAtTheStartUnlessTheyShallNotBe() {
        PairOfServers pair = started(512);
        pair.tick(10);
        pair.tick(10);
        pair.tick(10);
        assertThat(pair.output().figures().clock())
                .matches("50\\d\\d ms ahead, to \\d+ ms|49\\d\\d ms ahead, to \\d+ ms");
        assertThat(pair.outSays).contains(MessageCode.CLOCKS_DIFFER.id());

        PairOfServers without = new PairOfServers(1, 512);
        without.startInput();
        without.startOutput().withoutClock();
        without.tick(10);
        without.tick(10);
        without.tick(10);
        assertThat(without.output().figures().status()).isEqualTo(ServerStatus.IDLE);
        assertThat(without.output().figures().clock()).isEmpty();
    }

    @Test
    @Tag("TS-002")
    void theOutputServerGivesUpAfterItsCallAttempts() {
        PairOfServers pair = new PairOfServers(1, 512).callAttempts(3);
        pair.startOutput();
        for (int i = 0; i < 100; i++) {
            pair.tick(500);
        }
        assertThat(pair.outOver).isTrue();
        assertThat(pair.outSays).containsOnlyOnce(MessageCode.TAPE_GIVES_UP.id());
    }

    @Test
    @Tag("TS-002")
    void aTapeThatWasGivenUpAtOneEndOnlyIsRefusedUntilTheOtherGivesItUpToo() {
        PairOfServers pair = started(512);
        pair.source.program(tape(1, 100_000));
        pair.tick(10);
        pair.source.read(60_000);
        pair.tick(10);
        pair.tick(10);
        pair.sink.write(30_000);
        pair.tick(10);
        pair.killOutput();
        pair.source.clear();
        byte[] anew = tape(2, 70_000);
        pair.source.program(anew);
        pair.startOutput();
        for (int i = 0; i < 50; i++) {
            pair.tick(1_000);
        }
        assertThat(pair.output().refusal())
                .hasValueSatisfying(said -> assertThat(said).contains("blocks of another tape, which did not end"));
        pair.killInput();
        pair.sink.forgetTape();
        pair.startInput();
        pair.settle();
        assertThat(pair.sink.tapes).containsExactly(anew);
        assertThat(pair.output().refusal()).isEmpty();
    }

    @Test
    @Tag("TS-002")
    void aTapeOfWhichTheBeginningIsGoneIsRefused() {
        PairOfServers pair = started(512);
        pair.source.program(tape(1, 100_000));
        pair.tick(10);
        pair.source.read(60_000);
        pair.tick(10);
        pair.tick(10);
        pair.sink.write(30_000);
        pair.tick(200);
        pair.tick(200);
        pair.killInput();
        pair.sink.forgetTape();
        pair.startInput();
        for (int i = 0; i < 50; i++) {
            pair.tick(1_000);
        }
        assertThat(pair.sink.received()).isZero();
        assertThat(pair.output().refusal())
                .hasValueSatisfying(said -> assertThat(said).contains("has nothing of it"));
    }

    @Test
    @Tag("TS-002")
    void anotherOutputServerIsTurnedAwayWhileOneIsServed() {
        PairOfServers pair = started(512);
        pair.tick(10);
        pair.tick(10);
        pair.says(999, new TapeFrame.Hello("other", PairOfServers.OUT, 99, 512, 1, 0));
        pair.input().step(pair.now);
        assertThat(pair.answers(999))
                .singleElement()
                .isInstanceOfSatisfying(TapeFrame.Refuse.class, refuse -> assertThat(refuse.messageId())
                        .isEqualTo(MessageCode.TAPE_BUSY.id()));
        assertThat(pair.output().refusal()).isEmpty();
    }

    @Test
    @Tag("TS-002")
    void whoChecksIsToldWhoIsThereWithoutAConversation() {
        PairOfServers pair = started(512);
        pair.tick(10);
        pair.says(999, new TapeFrame.Check());
        pair.input().step(pair.now);
        assertThat(pair.answers(999))
                .singleElement()
                .isInstanceOfSatisfying(TapeFrame.CheckReply.class, reply -> assertThat(reply.text())
                        .startsWith("Input server srest of node " + PairOfServers.IN));
    }
}
