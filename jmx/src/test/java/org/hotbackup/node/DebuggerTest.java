package org.hotbackup.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.hotbackup.control.messages.MessageCode;
import org.hotbackup.control.messages.Refusal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebuggerTest {

    @ParameterizedTest
    @Tag("HB-131")
    @ValueSource(strings = {"", "%d", "127.0.0.1:%d", "localhost:%d"})
    void shouldListenOnLoopbackOnly(String text) {
        int port = Ports.free(Set.of());

        assertThat(Debugger.at(text.formatted(port)).jvmOption())
                .matches("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127\\.0\\.0\\.1:[0-9]+");
    }

    @ParameterizedTest
    @Tag("HB-131")
    @ValueSource(strings = {"*:5005", "0.0.0.0:5005", "192.0.2.1:5005", "[::]:5005", ":5005", "here", "-1"})
    void shouldRefuseEveryOtherAddress(String text) {
        assertThatThrownBy(() -> Debugger.at(text))
                .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(MessageCode.DEBUGGER_NOT_LOOPBACK));
    }

    @ParameterizedTest
    @Tag("HB-131")
    @ValueSource(strings = {"0", "65536"})
    void shouldRefuseANumberThatIsNoPort(String text) {
        assertThatThrownBy(() -> Debugger.at(text))
                .isInstanceOf(Refusal.class)
                .hasMessage(text + " is not a TCP port (debugger); give one from 1 to 65535 with --debug=PORT.");
    }

    @Test
    @Tag("HB-131")
    void shouldRefuseAPortThatSomebodyHas() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Debugger.at(Integer.toString(taken.getLocalPort())))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(MessageCode.PORT_IN_USE));
        }
    }
}
