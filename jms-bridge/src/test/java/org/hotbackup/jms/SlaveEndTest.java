package org.hotbackup.jms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SlaveEndTest {

    @Test
    @Tag("HB-147")
    void shouldNameThePortThatCannotBeHad() {
        assertThat(SlaveEnd.whyNot(2000, new BindException("Address already in use")))
                .startsWith("BIND: TCP port 2000 cannot be listened on: Address already in use");
        assertThat(SlaveEnd.whyNot(2000, new UnknownHostException("nowhere")))
                .startsWith("BIND: ")
                .contains("hotbackup.link.bind");
    }

    @Test
    @Tag("HB-152")
    void shouldSayThatTheSystemGivesNoSocket() {
        assertThat(SlaveEnd.whyNot(2000, new SocketException("Too many open files")))
                .isEqualTo("socket creation failed: Too many open files");
    }
}
