package org.hotbackup.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Test;

class BodiesTest {

    @Test
    void shouldReadABodyUpToItsLimit() {
        assertThat(Bodies.read(bytes(10), 10)).hasSize(10);
        assertThatThrownBy(() -> Bodies.read(bytes(11), 10))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.REQUEST_TOO_LARGE));
    }

    @Test
    void shouldRefuseABodyThatEndsTooEarly() {
        assertThat(Bodies.readExactly(bytes(10), 10)).hasSize(10);
        assertThatThrownBy(() -> Bodies.readExactly(bytes(9), 10)).isInstanceOf(Refusal.class);
    }

    @Test
    void shouldStopReadingBeyondItsLimit() throws IOException {
        try (InputStream limited = Bodies.limited(bytes(100), 10)) {
            assertThat(limited.read(new byte[10])).isEqualTo(10);
            assertThatThrownBy(limited::read).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void shouldGiveWhatTheWorkGives() {
        assertThat(Bodies.<String>inMemory(100L << 20, () -> "done")).isEqualTo("done");
        assertThat(Bodies.<String>inMemory(100L << 20, () -> "again")).isEqualTo("again");
    }

    private static InputStream bytes(int length) {
        return new ByteArrayInputStream(new byte[length]);
    }
}
