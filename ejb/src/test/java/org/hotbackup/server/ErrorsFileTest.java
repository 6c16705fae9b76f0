package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hotbackup.control.OperationReceipt;
import org.hotbackup.control.messages.MessageCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ErrorsFileTest {

    @Test
    void shouldMakeIdsOfInternalDateInternalTimeAndALetter() {
        String moment = ErrorsFile.moment(LocalDateTime.of(1968, 1, 1, 0, 1, 5));

        assertThat(moment).isEqualTo("100065");
        assertThat(ErrorsFile.id(moment, 0)).hasToString("100065a");
        assertThat(ErrorsFile.id(moment, 25)).hasToString("100065z");
        assertThat(ErrorsFile.id(moment, 26)).hasToString("100065za");
        assertThat(ErrorsFile.moment(LocalDateTime.of(2026, 11, 21, 23, 59, 59)))
                .hasSize(10)
                .endsWith("86399");
    }

    /** A switch that took effect was said to have failed, because it could not be recorded (R24). */
    @Test
    @Tag("HB-123")
    void shouldSayThatSomethingIsDoneThoughItCannotBeRecorded() {
        FilesInMemory kept = new FilesInMemory();
        ErrorsFile errors = new ErrorsFile();
        errors.files = kept.files();
        Logger logger = Logger.getLogger(ErrorsFile.class.getName());
        logger.setLevel(Level.OFF);
        kept.full(true);
        OperationReceipt unrecorded = errors.recordDone("amy", MessageCode.ENQUEUING_STOPPED, 17);
        kept.full(false);
        OperationReceipt recorded = errors.recordDone("amy", MessageCode.ENQUEUING_STOPPED, 17);
        logger.setLevel(null);

        assertThat(unrecorded.outcome()).isEqualTo(OperationReceipt.Outcome.DONE);
        assertThat(unrecorded.messageId()).isEqualTo(MessageCode.ENQUEUING_STOPPED.id());
        assertThat(unrecorded.message())
                .startsWith(MessageCode.ENQUEUING_STOPPED.text(17))
                .contains("could not be recorded in dm,errors", "free some space");
        assertThat(recorded).isEqualTo(OperationReceipt.done(MessageCode.ENQUEUING_STOPPED, 17));
        assertThat(kept.ids(ErrorsFile.FILE)).hasSize(1);
    }
}
