package org.hotbackup.txlog.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hotbackup.control.messages.Refusal;
import org.hotbackup.tape.BlockReader;
import org.hotbackup.tape.TapeBlock;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.tape.LogTapeRecord.Entry;
import org.hotbackup.txlog.tape.LogTapeRecord.Origin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transaction log as a tape: what is written is read, and what is broken is told with its block. */
@Tag("TLOG-1")
class LogTapeTest {

    @ParameterizedTest
    @ValueSource(ints = {80, 512, 4096, 65535})
    void everyEntryComesBackWhateverTheSizesAre(int blockSize) {
        Random random = new Random(blockSize);
        WrittenLogTape tape = new WrittenLogTape(blockSize);
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] payload = new byte[i % 20 == 7 ? 70_000 : random.nextInt(3 * Math.min(blockSize, 1_000))];
            random.nextBytes(payload);
            payloads.add(payload);
            tape.add(10L * i + 3, 10L * i - 7 < 0 ? 0 : 10L * i - 7, payload);
            if (i % 7 == 0) {
                tape.flush();
            }
        }
        LogTapeReader reader = tape.end().reader();
        assertThat(reader.read()).contains(WrittenLogTape.ORIGIN);
        for (int i = 0; i < 60; i++) {
            LogEntry entry = entry(reader.read());
            assertThat(entry.lsn()).isEqualTo(10L * i + 3);
            assertThat(entry.committedAtMillis()).isEqualTo(entry.lsn() * 1_000);
            assertThat(entry.payload()).isEqualTo(payloads.get(i));
        }
        assertThat(reader.read()).isEmpty();
        assertThat(reader.ended()).isTrue();
        assertThat(reader.isWithinRecord()).isFalse();
    }

    private static LogEntry entry(Optional<LogTapeRecord> record) {
        assertThat(record).containsInstanceOf(Entry.class);
        return ((Entry) record.get()).entry();
    }

    @Test
    void itsLabelSaysWhoseLogItIsAndItEndsWithTwoFilemarks() {
        Origin origin = new Origin("pick0", "h", 3, "slog", 41);
        WrittenLogTape tape =
                new WrittenLogTape(512, origin).add(42, 41, (byte) 1).end();
        assertThat(tape.reader().label()).isEqualTo("TLOG pick0 EPOCH 3 LSN 42");
        BlockReader blocks = BlockReader.ofImage(tape.stream(), 1);
        List<TapeBlock.Kind> kinds = new ArrayList<>();
        for (Optional<TapeBlock> block = blocks.read(); block.isPresent(); block = blocks.read()) {
            kinds.add(block.get().kind());
        }
        assertThat(kinds)
                .containsExactly(
                        TapeBlock.Kind.DATA, TapeBlock.Kind.DATA, TapeBlock.Kind.FILEMARK, TapeBlock.Kind.FILEMARK);
    }

    @Test
    void aLongNodeNameIsWholeInTheRecordBehindTheLabel() {
        Origin origin = new Origin("n".repeat(300), "h", Long.MAX_VALUE, "slog", Long.MAX_VALUE - 1);
        LogTapeReader reader = new WrittenLogTape(80, origin).end().reader();
        assertThat(reader.label()).startsWith("TLOG ");
        assertThat(reader.read()).contains(origin);
    }

    /** A writer that was killed in the middle of an entry writes it again, and the half of it is dropped. */
    @Test
    void aRecordThatItsWriterBeganAgainIsReadOnce() {
        byte[] payload = new byte[3_000];
        Entry entry = new Entry(new LogEntry(8, 5, 1, payload));
        LogTapeReader reader = new WrittenLogTape(512)
                .add(5, 0, (byte) 1)
                .beginAndForget(entry)
                .add(entry)
                .end()
                .reader();
        reader.read();
        assertThat(entry(reader.read()).lsn()).isEqualTo(5);
        assertThat(entry(reader.read()).payload()).hasSize(3_000);
        assertThat(reader.read()).isEmpty();
    }

    @Test
    void aTapeThatIsCutBehindABlockEndsWithoutAFilemarkAndNothingIsInvented() {
        byte[] whole = new WrittenLogTape(512)
                .add(5, 0, new byte[100])
                .add(6, 5, new byte[2_000])
                .end()
                .image();
        LogTapeReader reader = new LogTapeReader(new ByteArrayInputStream(Arrays.copyOf(whole, 3 * 512)));
        reader.read();
        assertThat(entry(reader.read()).lsn()).isEqualTo(5);
        assertThat(reader.read()).isEmpty();
        assertThat(reader.ended()).isFalse();
        assertThat(reader.isWithinRecord()).isTrue();
    }

    /** Every byte that means something, which the link field does not: no change of it passes, and each is told with the block it stands in. */
    @Test
    void noChangedByteIsBelieved() {
        byte[] whole = new WrittenLogTape(512)
                .add(5, 0, new byte[600])
                .add(6, 5, new byte[600])
                .flush()
                .image();
        for (int i = 512 + 12; i < whole.length; i++) {
            byte[] broken = whole.clone();
            broken[i] ^= 0x20;
            int block = i / 512;
            int changed = i;
            LogTapeReader reader = new LogTapeReader(new ByteArrayInputStream(broken));
            if (i % 512 < 12 || isFilling(whole, i)) {
                continue;
            }
            assertThatThrownBy(() -> readAll(reader))
                    .as("byte %s", changed)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("Block " + block + " of the log tape is broken");
        }
    }

    /** Behind the records of the last block. */
    private static boolean isFilling(byte[] image, int at) {
        int block = at / 512 * 512 + 12;
        int used = (image[block + 4] & 0xFF) << 8 | image[block + 5] & 0xFF;
        return at >= block + 18 + used;
    }

    private static int readAll(LogTapeReader reader) {
        int records = 0;
        while (reader.read().isPresent()) {
            records++;
        }
        return records;
    }

    @Test
    void aBlockThatIsMissingOrTwiceThereIsToldByItsNumber() {
        byte[] whole = new WrittenLogTape(512).add(5, 0, new byte[3_000]).end().image();
        byte[] without = new byte[whole.length - 512];
        System.arraycopy(whole, 0, without, 0, 3 * 512);
        System.arraycopy(whole, 4 * 512, without, 3 * 512, whole.length - 4 * 512);
        assertThatThrownBy(() -> readAll(new LogTapeReader(new ByteArrayInputStream(without))))
                .hasMessageContaining("Block 3 of the log tape is broken: it is block 4 of the tape");
    }

    @Test
    void somethingElseIsNoLogTape() {
        byte[] floppy = new byte[1024];
        assertThatThrownBy(() -> new LogTapeReader(new ByteArrayInputStream(floppy)))
                .hasMessageContaining("no log tape");
        assertThatThrownBy(() -> new LogTapeReader(new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> new LogTapeReader(new ByteArrayInputStream("hello, world".getBytes())))
                .isInstanceOf(Refusal.class);
    }

    /** Whatever is there: a sentence or records, but no other failure, and memory within what the image has. */
    @Test
    void brokenImagesAreRefusedInASentence() {
        Random random = new Random(5);
        byte[] whole = new WrittenLogTape(512)
                .add(5, 0, new byte[600])
                .add(6, 5, new byte[1_600])
                .end()
                .image();
        for (int round = 0; round < 3_000; round++) {
            byte[] broken = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int i = random.nextInt(4); i >= 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(readAll(new LogTapeReader(new ByteArrayInputStream(broken))))
                        .isLessThanOrEqualTo(3);
            } catch (Refusal e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
