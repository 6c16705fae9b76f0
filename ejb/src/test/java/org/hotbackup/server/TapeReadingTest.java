package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.OperationReceipt.Outcome;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.settings.TapeDeviceDefinition;
import org.hotbackup.device.StopSign;
import org.hotbackup.device.TapeDrive;
import org.hotbackup.model.ItemId;
import org.hotbackup.saves.TapeWork;
import org.hotbackup.tape.DumpWriter;
import org.hotbackup.tape.TapeBroken;
import org.hotbackup.tape.TapeCheck;
import org.hotbackup.tape.TapeReader;
import org.hotbackup.tape.TapeReport;
import org.hotbackup.txlog.tape.WrittenLogTape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code t-chk} knows a log tape as {@code tape verify} does: it was said of a whole one that it was broken off. */
@Tag("TS-001")
@Tag("TLOG-1")
class TapeReadingTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 22, 12, 0);

    @TempDir
    Path home;

    private final TapeWork work = new TapeWork();

    private static WrittenLogTape tape() {
        return new WrittenLogTape(512).add(3, 0, new byte[700]).add(4, 3, new byte[10]);
    }

    private TapeDrive drive() {
        return TapeDrive.attach(TapeDeviceDefinition.parse("t t 500 f").get(0), home, 0, 0);
    }

    private OperationReceipt check(byte... image) throws IOException {
        Files.write(home.resolve("t"), image);
        TapeReading reading = new TapeReading(work);
        drive().read(new StopSign(), reading, percent -> {}, TapeReader::readAll);
        return reading.receipt();
    }

    @Test
    void shouldSayThatALogTapeIsWhole() throws IOException {
        OperationReceipt receipt = check(tape().end().image());

        assertThat(receipt.outcome()).as(receipt.message()).isEqualTo(Outcome.DONE);
        assertThat(receipt.messageId()).isEqualTo(MessageCode.LOG_TAPE_WHOLE.id());
        assertThat(receipt.message()).contains("entries 2, LSN 3 to 4");
        assertThat(work.noteCount()).isZero();
    }

    @Test
    void shouldSayThatALogTapeWasCut() throws IOException {
        byte[] image = tape().flush().image();

        assertThat(check(image).messageId()).isEqualTo(MessageCode.LOG_TAPE_WITHOUT_END.id());
        assertThat(check(Arrays.copyOf(image, 2 * 512 + 100)).messageId()).isEqualTo(MessageCode.TAPE_BLOCK_CUT.id());
    }

    @Test
    void shouldNameTheBlockOfALogTapeThatIsBroken() throws IOException {
        byte[] image = tape().end().image();
        image[2 * 512 + 100] ^= 1;

        OperationReceipt receipt = check(image);

        assertThat(receipt.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(receipt.message()).startsWith("Block 2 of the log tape is broken");
    }

    /** More than two hundred notes were said of it, and that it can be read to its end. */
    @Test
    void shouldSayInOneSentenceThatTheLabelOfALogTapeIsMissing() throws IOException {
        byte[] image = tape().end().image();
        byte[] without = Arrays.copyOfRange(image, 512, image.length);

        OperationReceipt receipt = check(without);

        assertThat(receipt.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(receipt.message()).startsWith("Block 0 of the log tape is broken: the label");
        assertThat(work.noteCount()).isZero();
        assertVerifySaysTheSame(receipt, without);
    }

    private static void assertVerifySaysTheSame(OperationReceipt receipt, byte[] image) {
        TapeReport verify = TapeCheck.of(
                (number, needed) -> number == 1 ? Optional.of(new ByteArrayInputStream(image)) : Optional.empty(),
                Optional.empty());
        assertThat(verify.message()).isEqualTo(receipt.message());
        assertThat(verify.outcome().isGood()).isEqualTo(receipt.outcome() == Outcome.DONE);
    }

    /** Whole, without one of its blocks, and with one of them twice: verify said that these are good. */
    @Test
    void shouldJudgeAsVerifyDoes() throws IOException {
        drive().write(new StopSign(), TIME, tape -> {
            DumpWriter dump = new DumpWriter(tape, "A", TIME);
            for (int i = 0; i < 100; i++) {
                dump.item(ItemId.of("item" + i), new byte[100]);
            }
            dump.end();
        });
        byte[] image = Files.readAllBytes(home.resolve("t"));

        assertVerifySaysTheSame(check(image), image);
        for (int lost = 0; lost < image.length / 512; lost++) {
            byte[] without = Arrays.copyOf(image, image.length - 512);
            System.arraycopy(image, (lost + 1) * 512, without, lost * 512, without.length - lost * 512);
            byte[] twice = Arrays.copyOf(image, image.length + 512);
            System.arraycopy(image, lost * 512, twice, (lost + 1) * 512, image.length - lost * 512);
            for (byte[] damaged : List.of(without, twice)) {
                try {
                    assertVerifySaysTheSame(check(damaged), damaged);
                } catch (TapeBroken e) {
                    assertVerifySaysTheSame(OperationReceipt.refused(e), damaged);
                }
            }
        }
    }

    @Test
    void shouldKnowALogBehindADump() throws IOException {
        TapeDrive drive = drive();
        drive.write(new StopSign(), TIME, tape -> {
            DumpWriter dump = new DumpWriter(tape, "A", TIME);
            dump.item(ItemId.of("A"), new byte[] {'1'});
            dump.end();
        });
        byte[] before = Files.readAllBytes(home.resolve("t"));
        byte[] log = tape().end().image();
        byte[] both = Arrays.copyOf(before, before.length - 512 + log.length);
        System.arraycopy(log, 0, both, before.length - 512, log.length);

        OperationReceipt receipt = check(both);

        assertThat(receipt.messageId()).as(receipt.message()).isEqualTo(MessageCode.TAPE_WHOLE.id());
        assertThat(work.lines()).anyMatch(line -> line.contains("entries 2, LSN 3 to 4"));
    }
}
