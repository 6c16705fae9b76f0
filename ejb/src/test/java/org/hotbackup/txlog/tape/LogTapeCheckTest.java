package org.hotbackup.txlog.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import org.hotbackup.tape.LogTapeCheck;
import org.hotbackup.tape.LogTapeReport;
import org.hotbackup.tape.TapeReport.Outcome;
import org.hotbackup.txlog.LogEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code tape verify} knows a log tape: it was said of a whole one that writing it was broken off. */
@Tag("TLOG-1")
class LogTapeCheckTest {

    private static WrittenLogTape tape() {
        return new WrittenLogTape(512)
                .add(3, 0, new byte[700])
                .add(4, 3, new byte[10])
                .beginAndForget(new LogTapeRecord.Entry(new LogEntry(7, 4, 1, new byte[900])))
                .add(7, 4, new byte[900])
                .add(7, 4, new byte[900])
                .add(9, 7, new byte[2_000]);
    }

    private static LogTapeReport check(byte... image) {
        return LogTapeCheck.of(new ByteArrayInputStream(image)).orElseThrow();
    }

    @Test
    void shouldSayWhatIsOnAWholeTape() {
        LogTapeReport report = check(tape().end().image());
        assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.WHOLE);
        assertThat(report.entries()).isEqualTo(4);
        assertThat(report.firstLsn()).isEqualTo(3);
        assertThat(report.lastLsn()).isEqualTo(9);
        assertThat(report.firstCommittedAtMillis()).isEqualTo(3_000);
        assertThat(report.lastCommittedAtMillis()).isEqualTo(9_000);
        assertThat(report.message())
                .contains("whole", "TLOG ", "entries 4", "LSN 3 to 9", "1970-01-01T00:00:03Z to 1970-01-01T00:00:09Z");
    }

    @Test
    void shouldSayWhenItHasNoEnd() {
        byte[] image = tape().flush().image();
        assertThat(check(image).outcome()).isEqualTo(Outcome.UNMARKED);
        LogTapeReport cut = check(Arrays.copyOf(image, 3 * 512));
        assertThat(cut.outcome()).isEqualTo(Outcome.UNMARKED);
        assertThat(cut.message()).contains("no end", "entries 2, LSN 3 to 4");
    }

    @Test
    void shouldNameTheBlockThatIsBroken() {
        byte[] image = tape().end().image();
        image[2 * 512 + 100] ^= 1;
        LogTapeReport report = check(image);
        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.message()).startsWith("Block 2 of the log tape is broken");
    }

    @Test
    void shouldSayWhatIsMissing() {
        LogTapeReport report = check(tape().add(12, 11, new byte[10]).end().image());
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(report.message()).contains("LSN 12 follows on LSN 11", "up to LSN 9");
    }

    @Test
    void shouldLeaveOtherTapesAlone() {
        assertThat(LogTapeCheck.of(new ByteArrayInputStream(new byte[0]))).isEmpty();
        assertThat(LogTapeCheck.of(new ByteArrayInputStream(new byte[5_120]))).isEmpty();
    }
}
