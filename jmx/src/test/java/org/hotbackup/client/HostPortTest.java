package org.hotbackup.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @Test
    void shouldReadWhatUsersWrite() {
        assertThat(HostPort.in("standby:3002")).contains(new HostPort("standby", 3002));
        assertThat(HostPort.in("[::1]:65535")).contains(new HostPort("[::1]", 65_535));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "standby", ":3002", "standby:", "standby:0", "standby:65536", "standby:http", "::1", "a b:1"
            })
    void shouldTakeNothingElse(String text) {
        assertThat(HostPort.in(text)).isEmpty();
    }
}
