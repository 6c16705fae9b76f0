package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hotbackup.replication.BadFrameException.Fault;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.HeartbeatReply;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.replication.Frame.StatisticsReply;
import org.hotbackup.replication.Frame.StatisticsRequest;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.txlog.LogEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of every frame, kept: another version of the program must still understand them. */
class FrameCodecTest {

    private static final long CONVERSATION = 0x0102030405060708L;

    private static final Map<Frame, String> GOLDEN = new LinkedHashMap<>();

    static {
        GOLDEN.put(
                new Hello("todev", "n1", "h1"),
                "4842 01 01 0102030405060708 00000015 51851856 00000005746f646576000000026e31000000026831");
        GOLDEN.put(
                new PositionReport("n2", Optional.empty()),
                "4842 01 02 0102030405060708 0000001b 1b1072f4 000000026e32000000000000000000000000000000000000000000");
        GOLDEN.put(
                new PositionReport("n2", Optional.of(new Position("h1", 7, 9))),
                "4842 01 02 0102030405060708 0000001d 821aab86 000000026e320100000002683100000000000000070000000000000009");
        GOLDEN.put(
                new Acknowledge(8, 12, new Totals(7, 1)),
                "4842 01 04 0102030405060708 00000020 7716d90b 0000000000000008000000000000000c00000000000000070000000000000001");
        GOLDEN.put(
                new Refuse("HB2042", "no"),
                "4842 01 05 0102030405060708 00000010 4d2db4e1 00000006484232303432000000026e6f");
        GOLDEN.put(new Heartbeat(8), "4842 01 06 0102030405060708 00000008 84d6d390 0000000000000008");
        GOLDEN.put(
                new HeartbeatReply(8, 12, new Totals(7, 1)),
                "4842 01 07 0102030405060708 00000020 c4a6b4d8 0000000000000008000000000000000c00000000000000070000000000000001");
        GOLDEN.put(new StatisticsRequest(3), "4842 01 08 0102030405060708 00000008 5b319bad 0000000000000003");
        GOLDEN.put(
                new StatisticsReply(3, "all well"),
                "4842 01 09 0102030405060708 00000014 6daa7685 000000000000000300000008616c6c2077656c6c");
    }

    private static final byte[] BATCH =
            FrameCodec.encode(CONVERSATION, new Batch(8, List.of(new LogEntry(12, 9, 1000, new byte[] {1, 2, 3}))));

    static Stream<Map.Entry<Frame, String>> golden() {
        return GOLDEN.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void shouldWriteAndReadTheKeptBytes(Map.Entry<Frame, String> kept) throws BadFrameException {
        byte[] bytes = HexFormat.of().parseHex(kept.getValue().replace(" ", ""));

        assertThat(FrameCodec.encode(CONVERSATION, kept.getKey())).isEqualTo(bytes);
        assertThat(FrameCodec.decode(bytes)).isEqualTo(new FrameCodec.Received(CONVERSATION, kept.getKey()));
    }

    @Test
    void shouldWriteAndReadTheKeptBytesOfABatch() throws BadFrameException {
        assertThat(BATCH)
                .isEqualTo(HexFormat.of()
                        .parseHex(
                                "4842 01 03 0102030405060708 0000002b 70e13308 000000000000000800000001000000000000000c000000000000000900000000000003e800000003010203"
                                        .replace(" ", "")));

        Batch batch = (Batch) FrameCodec.decode(BATCH).frame();

        assertThat(batch.firstTransaction()).isEqualTo(8);
        assertThat(batch.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.lsn()).isEqualTo(12);
            assertThat(entry.previousLsn()).isEqualTo(9);
            assertThat(entry.committedAtMillis()).isEqualTo(1000);
            assertThat(entry.payload()).containsExactly(1, 2, 3);
        });
    }

    @Test
    void shouldRefuseAFrameWithAnyBitFlipped() {
        for (int bit = 0; bit < 8 * BATCH.length; bit++) {
            byte[] broken = BATCH.clone();
            broken[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(catchThrowableOfType(BadFrameException.class, () -> FrameCodec.decode(broken)))
                    .as("bit %d", bit)
                    .isNotNull();
        }
    }

    @Test
    void shouldRefuseAFrameThatWasCutOrIsTooLong() {
        IntStream.range(0, BATCH.length).forEach(length -> assertThat(fault(Arrays.copyOf(BATCH, length)))
                .as("%d bytes", length)
                .isEqualTo(Fault.LENGTH));
        assertThat(fault(Arrays.copyOf(BATCH, BATCH.length + 1))).isEqualTo(Fault.LENGTH);
        assertThat(fault(new byte[100])).isEqualTo(Fault.NOT_A_FRAME);
    }

    @Test
    void shouldTellAnotherVersionFromNonsense() {
        byte[] next = BATCH.clone();
        next[2]++;

        assertThat(fault(next)).isEqualTo(Fault.UNKNOWN_VERSION);
    }

    private static Fault fault(byte[] bytes) {
        return catchThrowableOfType(BadFrameException.class, () -> FrameCodec.decode(bytes))
                .fault();
    }
}
