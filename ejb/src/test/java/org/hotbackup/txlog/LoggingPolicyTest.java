package org.hotbackup.txlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.hotbackup.model.DPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "true,  false, true,  DL,  true",
        "true,  false, true,  D,   false",
        "true,  true,  true,  D,   true",
        "true,  true,  true,  DLX, false",
        "true,  true,  true,  DLY, false",
        "true,  true,  true,  DLT, false",
        "true,  true,  true,  dlt, false",
        "false, true,  true,  DL,  false",
        "true,  true,  false, DL,  false",
    })
    void shouldDecideInTheManualsOrder(
            boolean enqueuing, boolean allFiles, boolean servers, String code, boolean logged) {
        LoggingPolicy policy = new LoggingPolicy(enqueuing, allFiles, servers);

        assertThat(policy.logs(DPointer.of(code, 1))).isEqualTo(logged);
    }
}
