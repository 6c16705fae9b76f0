package org.hotbackup.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.rmi.ConnectException;
import org.junit.jupiter.api.Test;

class FailedCallTest {

    /** Users once read "nested exception is:" with the line break behind it. */
    @Test
    void shouldSayThePlainReasonWhereRmiNestsOne() {
        IOException e = new ConnectException(
                "Connection refused to host: 127.0.0.1", new java.net.ConnectException("Connection refused"));

        assertThat(FailedCall.refusal(e)).hasMessage("The connection to the node was lost: Connection refused.");
        assertThat(FailedCall.of(FailedCall.refusal(e)).sentence())
                .isEqualTo("The connection to the node was lost: Connection refused.");
    }
}
