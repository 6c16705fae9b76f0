package org.hotbackup.control.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageCodeTest {

    @Test
    void shouldNotSpeakOfOneByteAsOfSeveral() {
        assertThat(MessageCode.BYTES_WRITTEN.text(1, "a")).startsWith("1 byte written");
        assertThat(MessageCode.BYTES_WRITTEN.text(11, "a")).startsWith("11 bytes written");
        assertThat(MessageCode.BYTES_WRITTEN.text(0, "1 bytes")).startsWith("0 bytes written to 1 bytes");
    }
}
