package org.hotbackup.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.ItemSum;
import org.hotbackup.replication.BadFrameException.Fault;
import org.hotbackup.replication.Frame.Acknowledge;
import org.hotbackup.replication.Frame.Batch;
import org.hotbackup.replication.Frame.Checked;
import org.hotbackup.replication.Frame.Heartbeat;
import org.hotbackup.replication.Frame.HeartbeatReply;
import org.hotbackup.replication.Frame.Hello;
import org.hotbackup.replication.Frame.PositionReport;
import org.hotbackup.replication.Frame.Promoted;
import org.hotbackup.replication.Frame.Refuse;
import org.hotbackup.replication.Frame.StatisticsReply;
import org.hotbackup.replication.Frame.StatisticsRequest;
import org.hotbackup.replication.Frame.Totals;
import org.hotbackup.replication.Frame.Upstream;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.verify.CheckReport;
import org.hotbackup.verify.Difference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of every frame, kept: another version of the program must still understand them. */
class FrameCodecTest {

    private static final long CONVERSATION = 0x0102030405060708L;

    private static final String KEPT = "frames-3.txt";
    private static final String SHA256 = "00112233445566778899aabbccddeeff".repeat(2);

    private static final byte[] BATCH =
            FrameCodec.encode(CONVERSATION, new Batch(8, List.of(new LogEntry(12, 9, 1000, new byte[] {1, 2, 3}))));

    /** What the kept bytes mean. */
    private static Map<String, Frame> meanings() {
        Totals totals = new Totals(7, 1, 2);
        Map<String, Frame> frames = new LinkedHashMap<>();
        frames.put("Hello", new Hello("todev", "n1", "h1", 3));
        frames.put("PositionReport of a slave that never applied anything", new PositionReport("n2", Optional.empty()));
        frames.put("PositionReport", new PositionReport("n2", Optional.of(new Position("h1", 7, 9))));
        frames.put("Batch", new Batch(8, List.of(new LogEntry(12, 9, 1000, new byte[] {1, 2, 3}))));
        frames.put("Acknowledge", new Acknowledge(8, 12, totals));
        frames.put("Refuse", new Refuse("HB2042", "no"));
        frames.put("Heartbeat", new Heartbeat(8));
        frames.put("HeartbeatReply", new HeartbeatReply(8, 12, totals));
        frames.put("StatisticsRequest", new StatisticsRequest(3));
        frames.put("StatisticsReply", new StatisticsReply(3, "all well"));
        frames.put(
                "Checked",
                new Checked(new CheckReport(
                        5,
                        CheckReport.Finding.DIFFERENT,
                        List.of(
                                new Difference(ItemId.of("CH"), Optional.of(new ItemSum(7, SHA256)), Optional.empty()),
                                new Difference(
                                        ItemId.of("FR"),
                                        Optional.of(new ItemSum(0, SHA256)),
                                        Optional.of(new ItemSum(1, SHA256)))),
                        true)));
        frames.put("Upstream", new Upstream(List.of("n3", "n4")));
        frames.put("Promoted", new Promoted("n2", 4, new Position("h1", 7, 9)));
        return frames;
    }

    /** The kept bytes by their names. */
    private static Map<String, byte[]> kept() throws IOException {
        return kept(KEPT);
    }

    private static Map<String, byte[]> kept(String name) throws IOException {
        Map<String, byte[]> kept = new LinkedHashMap<>();
        try (InputStream file = FrameCodecTest.class.getResourceAsStream(name)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            for (String paragraph : text.replaceAll("(?m)^#.*\\R", "").strip().split("\\R\\R")) {
                String[] nameAndBytes = paragraph.split("\\R", 2);
                kept.put(nameAndBytes[0], HexFormat.of().parseHex(nameAndBytes[1].replaceAll("\\s", "")));
            }
        }
        return kept;
    }

    static Set<String> names() throws IOException {
        return kept().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldWriteAndReadTheKeptBytes(String name) throws IOException, BadFrameException {
        byte[] bytes = kept().get(name);
        Frame meant = meanings().get(name);

        assertThat(FrameCodec.encode(CONVERSATION, meant)).isEqualTo(bytes);
        assertThat(FrameCodec.decode(bytes))
                .usingRecursiveComparison()
                .isEqualTo(new FrameCodec.Received(CONVERSATION, meant));
    }

    @Test
    void shouldKeepTheBytesOfEveryTypeOfFrame() throws IOException {
        assertThat(kept()).hasSameSizeAs(meanings());
        assertThat(meanings().values().stream().<Class<?>>map(Frame::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Frame.class.getPermittedSubclasses());
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

    @ParameterizedTest
    @CsvSource({"frames-1.txt, 10", "frames-2.txt, 13"})
    void shouldTellTheFramesOfOlderVersionsFromNonsense(String older, int frames) throws IOException {
        assertThat(kept(older)).hasSize(frames).allSatisfy((name, bytes) -> assertThat(fault(bytes))
                .isEqualTo(Fault.UNKNOWN_VERSION));
    }

    @Test
    void shouldRefuseAFindingItDoesNotKnow() {
        byte[] checked =
                FrameCodec.encode(CONVERSATION, new Checked(CheckReport.of(1, CheckReport.Finding.NOT_SETTLED)));

        assertThat(fault(withChecksum(checked, FrameCodec.HEADER + 15, (byte) 5)))
                .isEqualTo(Fault.CONTENT);
    }

    /** Engine review, finding 16: PROTOCOL says how many differences a report has at most. */
    @Test
    void shouldRefuseAReportOfMoreDifferencesThanThereMayBe() throws BadFrameException {
        Difference one = new Difference(ItemId.of("CH"), Optional.of(new ItemSum(7, SHA256)), Optional.empty());
        List<Difference> most = Collections.nCopies(CheckReport.MOST_DIFFERENCES, one);
        Checked allowed = new Checked(new CheckReport(1, CheckReport.Finding.DIFFERENT, most, true));
        assertThat(FrameCodec.decode(FrameCodec.encode(CONVERSATION, allowed)).frame())
                .isEqualTo(allowed);

        List<Difference> tooMany = Collections.nCopies(CheckReport.MOST_DIFFERENCES + 1, one);
        Checked refused = new Checked(new CheckReport(1, CheckReport.Finding.DIFFERENT, tooMany, true));
        assertThat(fault(FrameCodec.encode(CONVERSATION, refused))).isEqualTo(Fault.CONTENT);
    }

    @Test
    void shouldRefuseAnEpochThatCannotBe() {
        byte[] hello = FrameCodec.encode(CONVERSATION, new Hello("", "", "", 1));

        assertThat(fault(withChecksum(hello, FrameCodec.HEADER + 12 + 7, (byte) 0)))
                .as("before the first one")
                .isEqualTo(Fault.CONTENT);
        assertThat(fault(withChecksum(hello, FrameCodec.HEADER + 12, (byte) 0x7F)))
                .as("so great that none can follow")
                .isEqualTo(Fault.CONTENT);
    }

    @Test
    void shouldRefuseATypeItDoesNotKnow() {
        assertThat(fault(withChecksum(BATCH, 3, (byte) 99))).isEqualTo(Fault.UNKNOWN_TYPE);
    }

    @Test
    void shouldRefuseABatchThatCountsMoreThanItHolds() {
        assertThat(fault(withChecksum(BATCH, FrameCodec.HEADER + 8, (byte) 0x7F)))
                .isEqualTo(Fault.LENGTH);
    }

    @Test
    void shouldRefuseNumbersThatCannotBe() {
        assertThat(fault(withChecksum(BATCH, FrameCodec.HEADER, (byte) 0x80)))
                .as("a negative transaction number")
                .isEqualTo(Fault.CONTENT);
        assertThat(fault(withChecksum(BATCH, FrameCodec.HEADER + 12 + 15, (byte) 12)))
                .as("an LSN that follows on itself")
                .isEqualTo(Fault.CONTENT);
    }

    /** A frame with one byte changed by somebody who can compute the checksum. */
    private static byte[] withChecksum(byte[] frame, int at, byte value) {
        byte[] changed = frame.clone();
        changed[at] = value;
        CRC32C crc = new CRC32C();
        crc.update(changed, 0, 16);
        crc.update(changed, FrameCodec.HEADER, changed.length - FrameCodec.HEADER);
        ByteBuffer.wrap(changed).putInt(16, (int) crc.getValue());
        return changed;
    }

    private static Fault fault(byte[] bytes) {
        return catchThrowableOfType(BadFrameException.class, () -> FrameCodec.decode(bytes))
                .fault();
    }
}
