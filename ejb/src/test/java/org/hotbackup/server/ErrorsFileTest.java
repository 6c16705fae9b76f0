package org.hotbackup.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
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
}
