package org.hotbackup.txlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.hotbackup.model.DPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "false, DL,  true",
        "false, D,   false",
        "true,  D,   true",
        "true,  DLX, false",
        "true,  DLY, false",
        "true,  DLT, false",
        "true,  dlt, false",
    })
    void shouldDecideInTheManualsOrder(boolean allFiles, String code, boolean logged) {
        assertThat(LoggingPolicy.logs(allFiles, DPointer.of(code, 1))).isEqualTo(logged);
    }
}
