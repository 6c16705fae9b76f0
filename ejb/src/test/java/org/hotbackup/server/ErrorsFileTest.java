package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.model.DynamicArray;
import org.hotbackup.store.SystemItem;
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

    @Test
    @Tag("HB-123")
    void shouldTellWhoDidWhatUnderAnIdOfItsOwn() {
        FilesInMemory kept = new FilesInMemory();
        ErrorsFile errors = new ErrorsFile();
        errors.files = kept.files();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            SystemItem record = errors.recording("amy", recording -> {
                SystemItem made = recording.of(MessageCode.ENQUEUING_STOPPED, 17);
                kept.files().write(made.file(), made.id(), made.body());
                return made;
            });
            ids.add(record.id().toString());
            DynamicArray attributes = DynamicArray.of(record.body());
            assertThat(record.file()).isEqualTo(ErrorsFile.FILE);
            assertThat(attributes.extract(1)).isEqualTo(MessageCode.ENQUEUING_STOPPED.id());
            assertThat(attributes.extract(2)).isEqualTo("amy");
            assertThat(attributes.extract(13)).isEqualTo(MessageCode.ENQUEUING_STOPPED.text(17));
        }
        assertThat(ids).hasSize(3);
    }
}
