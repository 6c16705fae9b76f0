package org.hotbackup.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hotbackup.model.FilePath;
import org.hotbackup.model.ItemId;
import org.hotbackup.model.Update;
import org.hotbackup.store.LogSettings;
import org.hotbackup.txlog.LogEntry;
import org.hotbackup.txlog.LogEntryCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueDisplayTest {

    private static final LogSettings DL = new LogSettings(true, false, true);
    private static final FilePath FILE = FilePath.data("sales", "orders");

    @Test
    @Tag("HB-080")
    @Tag("HB-081")
    @Tag("HB-083")
    void shouldShowAllLinesWhileATransactionIsUnderWay() {
        Optional<LogEntry> first = entry(new Update.ItemWritten(FILE, ItemId.of("4711"), new byte[0]));

        assertThat(new QueueDisplay(1_100, DL, 1041, 1039, first).text().lines())
                .containsExactly(
                        "3 frames in queue",
                        "DL files logged",
                        "File updates enqueued for all processes",
                        "Current transaction: 1041",
                        "Last ACK'ed transaction: 1039",
                        "Upd itm '4711' in 'sales,orders'");
    }

    @Test
    @Tag("HB-082")
    @Tag("SUB-15")
    void shouldLeaveOutWhatWasAcknowledgedLastIfEverythingWas() {
        assertThat(new QueueDisplay(0, DL, 1041, 1041, Optional.empty()).text().lines())
                .containsExactly("0 frames in queue", "DL files logged", "File updates enqueued for all processes");
    }

    @Test
    @Tag("HB-081")
    void shouldShowNoCurrentTransactionWhileNothingIsTransmitted() {
        Optional<LogEntry> first = entry(new Update.ItemDeleted(FILE, ItemId.of("4711")));

        assertThat(new QueueDisplay(10, DL, 7, 7, first).text().lines())
                .containsExactly(
                        "1 frames in queue",
                        "DL files logged",
                        "File updates enqueued for all processes",
                        "Last ACK'ed transaction: 7",
                        "Del itm '4711' in 'sales,orders'");
        assertThat(new QueueDisplay(10, DL, 0, 0, first).text()).doesNotContain("Current transaction");
    }

    /** After a restart of the node it said 0 until the slave had answered; before, 406. */
    @Test
    @Tag("HB-081")
    void shouldShowNoNumberThatItDoesNotKnow() {
        Optional<LogEntry> first = entry(new Update.ItemDeleted(FILE, ItemId.of("4711")));

        assertThat(new QueueDisplay(10, DL, 0, 0, first).text().lines())
                .containsExactly(
                        "1 frames in queue",
                        "DL files logged",
                        "File updates enqueued for all processes",
                        "Del itm '4711' in 'sales,orders'");
    }

    @ParameterizedTest
    @CsvSource({
        "true,  false, DL files logged,  File updates enqueued for all processes",
        "true,  true,  ALL files logged, File updates enqueued for all processes",
        "false, true,  ALL files logged, File updates no longer enqueued",
    })
    @Tag("HB-080")
    void shouldTellWhatIsLogged(boolean enqueuing, boolean allFiles, String files, String enqueued) {
        LogSettings settings = new LogSettings(enqueuing, allFiles, true);

        assertThat(new QueueDisplay(0, settings, 0, 0, Optional.empty()).text().lines())
                .containsExactly("0 frames in queue", files, enqueued);
    }

    private static Optional<LogEntry> entry(Update update) {
        return Optional.of(new LogEntry(9, 0, 0, LogEntryCodec.encode(List.of(update))));
    }
}
